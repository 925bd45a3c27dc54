"""GGUF → a safetensors folder that vLLM serves; run as a program, so that its memory goes with it.

`python -m verifiers.serving.conversion SOURCE.gguf FOLDER` writes into an existing empty folder.
"""

import json
import sys
from pathlib import Path

from kb.models.weight_headers import read_weight_facts
from kb.models.weight_headers.facts import WeightFacts, read_header_bytes


def convert_gguf(source: Path, folder: Path) -> None:
    """Dequantise `source` to float32 safetensors in `folder`, tokenizer and template included."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    name = {"gguf_file": source.name, "local_files_only": True, "trust_remote_code": False}
    model = AutoModelForCausalLM.from_pretrained(
        source.parent,
        dtype=torch.float32,
        quantization_config=GgufConfig(dequantize=True),
        **name,
    )
    model.save_pretrained(folder, safe_serialization=True)
    AutoTokenizer.from_pretrained(source.parent, **name).save_pretrained(folder)
    restore_bos(folder, read_weight_facts(read_header_bytes(source)))


def restore_bos(folder: Path, facts: WeightFacts) -> None:
    """Make the saved tokenizer put BOS in front where the GGUF file says that it should.

    The conversion forgets `tokenizer.ggml.add_bos_token`, and some models babble without it.
    """
    if not facts.add_bos_token or facts.bos_token_id is None:
        return
    from tokenizers import Tokenizer
    from tokenizers.processors import TemplateProcessing

    path = folder / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path))
    token = tokenizer.id_to_token(facts.bos_token_id)
    tokenizer.post_processor = TemplateProcessing(
        single=f"{token} $A", special_tokens=[(token, facts.bos_token_id)]
    )
    tokenizer.save(str(path))
    config = folder / "tokenizer_config.json"
    settings = json.loads(config.read_text())
    settings["add_bos_token"] = True
    config.write_text(json.dumps(settings, indent=2))


if __name__ == "__main__":
    convert_gguf(Path(sys.argv[1]), Path(sys.argv[2]))
