"""vLLM offline: prompts in as lines of JSON, seconds out. Run by the Python that has vLLM.

`python -m benchmarks.support.offline_engine FOLDER DTYPE WINDOW`; a line
is a list of [token ids, most
tokens to answer].
"""

import json
import sys
import time

MARK = "@@"  # lines of ours; the engine's own processes print to the same place


def main(folder: str, dtype: str, window_tokens: int) -> None:
    """Answer each line's prompts at once, greedily; print how long it took."""
    from vllm import LLM, SamplingParams

    answers = sys.stdout
    sys.stdout = sys.stderr
    engine = LLM(
        model=folder, dtype=dtype, max_model_len=window_tokens, enforce_eager=True, seed=0,
        disable_log_stats=True,
    )  # fmt: skip
    engine.generate({"prompt_token_ids": [1] * 500}, SamplingParams(max_tokens=8), use_tqdm=False)
    print(MARK, "ready", file=answers, flush=True)
    for line in sys.stdin:
        given = json.loads(line)
        prompts = [{"prompt_token_ids": prompt} for prompt, _ in given]
        settings = [SamplingParams(temperature=0, max_tokens=most) for _, most in given]
        began = time.perf_counter()
        engine.generate(prompts, settings, use_tqdm=False)
        print(MARK, time.perf_counter() - began, file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
