"""A document's text → the claims that stand in it, with an account of what was left out."""

import re

from pydantic import ValidationError

from kb.domain.drafts import SourceKind
from kb.domain.encoding import Encoder
from kb.domain.found import Extraction, FoundClaim
from kb.reading.claims import make_claims
from kb.reading.keys.front_matter_values import find_front_matter_values
from kb.reading.keys.key_values import read_key_value, read_line
from kb.reading.keys.object_values import find_values
from kb.reading.keys.owners import choose_owner, find_owners, settle_prices
from kb.reading.labels.open_labels import settle_open_labels
from kb.reading.prose.prose import read_prose
from kb.reading.raw_claims import RawClaim, RawClaims
from kb.reading.subjects.scene import Scene
from kb.reading.subjects.subject import find_own_names, find_subject
from kb.reading.tables.tables import read_table
from kb.reading.vocabulary.licence_names import find_title, make_licence_name
from kb.text.blocks import Block, Heading, Paragraph, TableBlock, Value
from kb.text.html_blocks import parse_html
from kb.text.markdown_blocks import parse_markdown
from kb.text.marked_text import make_plain

# What is left of a licence's title when these are gone is the model's own name.
_NOT_THE_NAME = re.compile(
    r"\b(?:open[- ]?rail|rail|community|model|licen[sc]e|terms|responsible|version|v\d)",
    re.IGNORECASE,
)
MAX_CHARACTERS = 5_000_000


def read_text(
    text: str,
    *,
    kind: SourceKind | None = None,
    vendor: str | None = None,
    about: str | None = None,
    name: str = "",
    encoder: Encoder | None = None,
) -> Extraction:
    """Return the claims in `text`; text[claim.start:claim.end] is each claim's quote.

    `about` names the model, where that is known; `name` is a file name or an address, which gives
    the format. Text beyond MAX_CHARACTERS is not read, and the account says so.
    """
    out = RawClaims()
    if len(text) > MAX_CHARACTERS:
        out.leave_out(f"{len(text):,} characters", f"only the first {MAX_CHARACTERS:,} are read")
        text = text[:MAX_CHARACTERS]
    blocks = parse_blocks(text, name)
    title = find_title(text) if _is_licence(text, kind, name) else None
    own = find_own_names(blocks, about)
    scene = Scene(own, find_subject(blocks, about, own, title[0] if title else None))
    if title is not None:
        _read_title(text, title, scene, out)
    _read_blocks(settle_prices(blocks), scene, out, is_licence=title is not None)
    settle_open_labels(out, encoder)
    return _make_extraction(text, out, scene, about)


def parse_blocks(text: str, name: str = "") -> list[Block]:
    """Return what the document is made of; the format is told by its name, else by its start."""
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix in ("json", "jsonl", "ts", "js", "tsx", "py", "toml") or start.startswith(
        ("{", "[{")
    ):
        return list(find_values(text))
    if suffix in ("html", "htm", "xhtml") or start.startswith(("<!doctype html", "<html", "<?xml")):
        return parse_html(text)
    values, end = find_front_matter_values(text, whole=suffix in ("yaml", "yml"))
    return [*values, *([] if suffix in ("yaml", "yml") else parse_markdown(text, end))]


def _is_licence(text: str, kind: SourceKind | None, name: str) -> bool:
    if kind not in (None, SourceKind.VENDOR_PAGE):  # a page may be anything, a licence too
        return kind is SourceKind.LICENSE
    if re.search(r"licen[sc]e|terms|copying", name.rsplit("/", 1)[-1], re.IGNORECASE):
        return True
    title = find_title(text)
    opens = title is not None and len(text[: title[1]].split()) <= 12 and "|" not in title[0]
    return opens and not re.search(r"\.(?:html?|json|ya?ml|ts)$", name)


def _read_title(text: str, title: tuple[str, int, int], scene: Scene, out: RawClaims) -> None:
    words, start, end = title
    subject = scene.document or _NOT_THE_NAME.split(words)[0].strip(" ,:-") or words
    plain = make_plain(text, start, end)
    out.claims.append(
        RawClaim(
            "license",
            plain,
            0,
            len(plain.text),
            claimed_text=make_licence_name(words),
            subjects=(subject,),
            locator="title",
        )
    )


def _read_blocks(blocks: list[Block], scene: Scene, out: RawClaims, *, is_licence: bool) -> None:
    heading = ""
    owners = find_owners(blocks, lambda name: bool(scene.find(name)))
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text.text[:120]
            scene.learn(scene.find(heading))
            kept = scene.section if block.level > 2 else None
            scene.section = scene.find_heading(heading) or kept
            scene.last = ()
        elif isinstance(block, Paragraph):
            where = f"under {heading!r}" if heading else "text"
            if is_licence:
                _read_legal_text(block, scene, out, where)
            elif not read_line(block, scene, out, where):
                read_prose(block.text, scene, out, where)
        elif isinstance(block, TableBlock):
            read_table(block, scene, out, heading)
        elif isinstance(block, Value):
            if owners:
                scene.section, scene.last = choose_owner(block, owners), ()
            read_key_value(block, scene, out)


def _read_legal_text(block: Paragraph, scene: Scene, out: RawClaims, where: str) -> None:
    """Read a licence's own text; the licences that it names are clauses and models for them."""
    inner = RawClaims()
    read_prose(block.text, scene, inner, where)
    out.claims += [
        claim for claim in inner.claims if claim.claim_type in ("params_total", "params_active")
    ]
    out.excluded += inner.excluded


def _make_extraction(text: str, out: RawClaims, scene: Scene, about: str | None) -> Extraction:
    claims: list[FoundClaim] = []
    failed: list[tuple[str, str]] = []
    excluded = list(out.excluded)
    for result in make_claims(text, out.claims, scene, excluded):
        try:
            claims.append(FoundClaim.model_validate(result))
        except ValidationError as error:
            failed.append((str(result.get("quote"))[:160], str(error.errors()[0]["msg"])[:200]))
    return Extraction(claims=claims, excluded=excluded, failed=failed)
