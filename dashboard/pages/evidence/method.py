"""Method: what the words mean and how claims are judged, from the tables that rules use."""

from dashboard.page import Group, Page
from dashboard.parts.audits import show_audit
from dashboard.parts.layout import get_edition, make_badge, show, show_head, show_section
from dashboard.reads.audits import read_last_audit
from dashboard.reads.evidence import read_probes
from dashboard.reads.published import Row
from dashboard.wording.markup import make_facts, make_table, tag
from dashboard.wording.outcome_marks import MARKS
from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.outcomes import BASIS_LABELS, Basis
from kb.domain.units import name_unit
from kb.rules.discovery import find_rules

_BASES = {
    Basis.MEASURED_HERE: "We ran the test on the released weights. The page shows the engine "
    "(the software that runs the model), the hardware, the number format and the files' "
    "fingerprints, and every raw answer is kept.",
    Basis.READ_FROM_RELEASE: "The release itself says so, in a licence, a configuration file or "
    "the headers of the weights. Anyone can look it up.",
    Basis.REPORTED_BY_OTHERS: "A third party published the result. We name it and link to the "
    "document, but have not repeated the test.",
    Basis.COMPUTED: "We computed it from a published architecture; nobody ran it.",
    Basis.STATED_BY_VENDOR: "The vendor's own word on its own model, in another of its documents. "
    "It is shown, and is no independent evidence.",
    Basis.NONE: "There is no evidence on record.",
}
_INTERVALS = (
    "A mean score from a few dozen questions is uncertain, so every measured score comes with a "
    "95% interval. The interval stays valid whenever we stop asking. If it includes the claimed "
    "value, the verdict is 'not settled'. Missing data is never recorded as zero."
)
_LIMITS = (
    "Most verdicts that rest on evidence rest on results that others have published; each such "
    "verdict says so and names the publisher.",
    "Our own measurements were made on the hardware shown, often on quantised (compressed) copies "
    "of small models. Another engine or number format can give other results.",
    "Our questions are easier than real work on long texts. Passing does not prove that a model "
    "understands a long text; failing shows that it does not.",
    "We plot the ratio of claimed to found only where both have the same unit. For ratings, whose "
    "scale does not start at zero, and for scores, where guessing already earns something, the "
    "ratio understates the difference.",
    "People and programs find the claims. A claim that nobody recorded is not here.",
)


def show_page() -> None:
    """Lay out the method."""
    standfirst = "Every claim has a source and a verdict, and anyone can check both."
    show_head("Method", "How a claim is judged", standfirst)
    _show_outcomes()
    _show_bases()
    audit = read_last_audit(get_edition())
    if audit is not None:
        show_audit(audit)
    probes = read_probes(get_edition())
    _show_probes(probes)
    _show_prose("What the intervals mean", _INTERVALS)
    _show_rules()
    _show_types(probes)
    show_section("Limits")
    show(tag("ul", *(tag("li", limit) for limit in _LIMITS), css="ac-prose"))


def _show_outcomes() -> None:
    show_section("The eight verdicts")
    rows = ((make_badge(mark.outcome.value), mark.meaning) for mark in MARKS)
    show(make_table(("Outcome", "What it means"), rows))


def _show_bases() -> None:
    show_section(
        "What a verdict can rest on", "Each verdict names the strongest evidence on record."
    )
    show(make_facts((words.capitalize(), _BASES[basis]) for basis, words in BASIS_LABELS.items()))


def _show_prose(title: str, *paragraphs: str) -> None:
    show_section(title)
    show(tag("div", *(tag("p", paragraph) for paragraph in paragraphs), css="ac-prose"))


def _show_rules() -> None:
    show_section("The rules", "We try them in this order, and the first that applies decides.")
    ordered = enumerate(find_rules(), start=1)
    rows = ((place, tag("code", rule.label), rule.plain) for place, rule in ordered)
    show(make_table(("", "Rule and version", "In plain words"), rows))


def _show_probes(probes: list[Row]) -> None:
    show_section(
        "How claims are tested", "We use these tests, which we call probes, in this order."
    )
    for probe in probes:
        name = tag("small", f" {probe['name']}, version {probe['version']}")
        paragraphs = (tag("p", words) for words in probe["about"].split("\n\n"))
        show(tag("h3", probe["label"], name), tag("div", *paragraphs, css="ac-prose"))


def _show_types(probes: list[Row]) -> None:
    show_section("Types of claim")
    rows = (
        (kind.label, kind.asks, name_unit(kind.unit), ", ".join(_list_tests(kind.name, probes)))
        for kind in CLAIM_TYPES
    )
    show(make_table(("Type", "Question", "Unit", "Probes"), rows))


def _list_tests(claim_type: str, probes: list[Row]) -> list[str]:
    """The probes that can test a type of claim."""
    return [probe["name"] for probe in probes if claim_type in probe["claim_types"].split(", ")]


PAGE = Page("Method", "method", show_page, Group.EVIDENCE, order=20)
