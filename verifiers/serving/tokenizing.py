"""The release's own tokenizer and chat template: text → the exact token ids to send."""

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_EMPTY_CHAT = [{"role": "user", "content": "\x00"}]


@dataclass(frozen=True)
class PromptTokenizer:
    """Turns an instruction and the beginning of an answer into token ids."""

    tokenizer: Any
    add_bos: bool

    def encode_plain(self, text: str) -> tuple[int, ...]:
        """Token ids of a text that the model is to continue, with BOS in front if it wants one."""
        ids = self.encode_more(text)
        return (self.tokenizer.bos_token_id, *ids) if self.add_bos else ids

    def encode_more(self, text: str) -> tuple[int, ...]:
        """Token ids of a continuation, with nothing put in front."""
        return tuple(self.tokenizer(text, add_special_tokens=False).input_ids)

    def encode_prompt(self, instruction: str, answer_prefix: str) -> tuple[int, ...]:
        """Token ids of an instruction, through the chat template if there is one."""
        if not self.has_template:
            return self.encode_plain(f"{instruction}\n{answer_prefix}")
        chat = [{"role": "user", "content": instruction}]
        text = self.tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        return self.encode_more(text + answer_prefix)

    @property
    def has_template(self) -> bool:
        """Whether the release has a chat template."""
        return bool(self.tokenizer.chat_template)

    @property
    def template(self) -> str | None:
        """The chat template, if there is one."""
        return self.tokenizer.chat_template or None

    @property
    def template_sha256(self) -> str | None:
        """Digest of the chat template."""
        return hashlib.sha256(self.template.encode()).hexdigest() if self.template else None

    def adds_bos_by_itself(self) -> bool:
        """Whether the tokenizer, left to itself, puts BOS in front."""
        ids = self.tokenizer("a").input_ids
        return bool(ids) and ids[0] == self.tokenizer.bos_token_id


def load_tokenizer(folder: Path, add_bos: bool | None) -> PromptTokenizer:
    """Load the tokenizer in `folder`; `add_bos` None means: as it does by itself."""
    from transformers import AutoTokenizer  # heavy, and only needed here

    logging.getLogger("transformers").setLevel(logging.ERROR)
    tokenizer = AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )
    loaded = PromptTokenizer(tokenizer, False)
    return PromptTokenizer(tokenizer, loaded.adds_bos_by_itself() if add_bos is None else add_bos)
