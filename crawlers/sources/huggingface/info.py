"""Read the model info of the Hub, `/api/models/<id>`: downloads, likes, licence, release.

The fields are documented at huggingface.co/docs/huggingface_hub/package_reference/hf_api
(ModelInfo): `downloads` counts the last 30 days, `gated` is false, "auto" or "manual",
`safetensors` holds the numbers of parameters by number format, as the Hub counted them.
"""

import re
from typing import Any

from kb.domain.found import Extraction, FoundRelease, ReadDocument
from kb.reading.gathering import Gathering
from kb.text.dates import read_http_date
from kb.text.trees import Kind, Node, parse_json
from kb.text.trees.node import read_integer

MAX_SHARDS = 500
_COUNTS = (("downloads", "downloads_30_days", "downloads"), ("likes", "likes", "likes"))
# model.safetensors, model-00001-of-00002.safetensors; Mistral's repositories add the same weights
# once more as consolidated.safetensors.
_WEIGHTS = re.compile(r"(model(-\d{5}-of-\d{5})?|consolidated)\.safetensors")


class UnexpectedAnswerError(ValueError):
    """The Hub's answer is not as documented."""


def read_info(document: ReadDocument) -> Extraction:
    """Return what a model info says; the release itself is left to the weights' headers.

    Raises UnexpectedAnswerError when it names no model, TreeError when it is not JSON.
    """
    info = parse_json(document.text)
    found = Gathering(document.text)
    release = make_release(info)
    moved = _find_new_name(document, release)
    as_of = read_http_date(document.headers)
    for key, metric, unit in _COUNTS:
        _add_count(found, info.get(key), metric, unit, {"as_of": as_of, **moved})
    _add_license(found, info, moved)
    gated = info.words("gated")
    node = info.get("gated")
    if gated and node is not None:
        found.claim(
            node,
            "availability",
            f"on the Hub behind a form ({gated} approval)",
            locator="model info",
            **moved,
        )
    if not list_weights(info) or is_gated(info):
        found.releases.append(release)
    return found.as_extraction()


def _find_new_name(document: ReadDocument, release: FoundRelease) -> dict[str, str]:
    """Whose model it is by what the Hub answers, where another owner or name was asked for.

    The Hub redirects a repository that was renamed, as THUDM's to zai-org's.
    """
    asked = (document.vendor or "").lower(), (document.about or "").lower()
    if asked == (release.vendor.lower(), release.model_name.lower()):
        return {}
    return {"subject": release.model_name, "vendor": release.vendor}


def _add_count(
    found: Gathering, node: Node | None, metric: str, unit: str, more: dict[str, Any]
) -> None:
    count = read_integer(node)
    if node is None or node.text == "null":
        return
    if count is None or count < 0:
        found.fail(node, "not a count")
        return
    found.result(node, metric, float(count), unit=unit, locator="model info", **more)


def _add_license(found: Gathering, info: Node, moved: dict[str, str]) -> None:
    tags = info.get("tags")
    for tag in tags.entries if tags else ():
        name = tag.text.removeprefix("license:")
        if name == tag.text or tag.kind is not Kind.TEXT:
            continue
        if name == "other":
            found.exclude(tag, "a licence of its own, named elsewhere")
        else:
            found.claim(tag, "license", name, locator="model info, tags", **moved)


def make_release(info: Node) -> FoundRelease:
    """Return the release that a model info describes, with what the Hub says of it.

    Raises UnexpectedAnswerError when it names no repository.
    """
    repository = info.words("id") or info.words("modelId")
    if repository is None or repository.count("/") != 1:
        raise UnexpectedAnswerError("the model info names no repository")
    owner, name = repository.split("/")
    counts = _read_counts(info)
    total = read_integer(info.get("safetensors", "total"))
    base = info.get("cardData", "base_model")
    facts: dict[str, Any] = {
        "hub_params_total": total,
        "hub_params_by_dtype": counts or None,
        "base_model": base and (base.strings() or info.words("cardData", "base_model")),
        "architecture": info.words("config", "model_type"),
    }
    return FoundRelease(
        model_name=name,
        vendor=owner,
        repository=repository,
        revision=info.words("sha"),
        format="safetensors" if info.get("safetensors", "total") else None,
        precision=max(counts, key=lambda dtype: counts[dtype], default=None),
        facts={key: value for key, value in facts.items() if value is not None},
    )


def _read_counts(info: Node) -> dict[str, int]:
    members = info.get("safetensors", "parameters")
    pairs = (
        (name, read_integer(node)) for name, node in (members.members if members else {}).items()
    )
    return {name: count for name, count in pairs if count is not None and len(name) < 40}


def is_gated(info: Node) -> bool:
    """Whether the files are behind a form, so that they cannot be fetched without an account."""
    return info.words("gated") is not None


def list_files(info: Node) -> list[str]:
    """Return the names of the files of the repository."""
    siblings = info.get("siblings")
    names = (sibling.words("rfilename") for sibling in (siblings.entries if siblings else ()))
    return [name for name in names if name and ".." not in name]


def list_weights(info: Node) -> list[str]:
    """Return the names of the safetensors files at the top level that make up one model.

    A repository may hold the same weights twice, as `model*` and as `consolidated*`.
    """
    files = sorted(name for name in list_files(info) if _WEIGHTS.fullmatch(name))
    models = [name for name in files if name.startswith("model")]
    sharded = [name for name in models if "-of-" in name]
    return sharded or models or files
