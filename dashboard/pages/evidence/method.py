"""Method: what the words mean and how claims are judged, from the tables that rules use."""

from dashboard.page import Group, Page
from dashboard.parts.layout import make_badge, show, show_head, show_section
from dashboard.wording.markup import make_facts, make_table, tag
from dashboard.wording.outcome_marks import MARKS
from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.outcomes import BASIS_LABELS, Basis
from kb.domain.units import name_unit
from kb.rules.discovery import find_rules

_BASES = {
    Basis.MEASURED_HERE: "We ran the test on the released weights. The page shows the engine, "
    "hardware, number format and digests, and every raw answer is kept.",
    Basis.READ_FROM_RELEASE: "The release itself says so, in a licence, a configuration file or "
    "the headers of the weights. Anyone can look it up.",
    Basis.REPORTED_BY_OTHERS: "A third party published the result. We name it and link to the "
    "document, but have not repeated the test.",
    Basis.NONE: "There is no evidence on record.",
}
_CONTEXT = (
    "A claim about context length is really two claims, and we test both. The context limit is the "
    "longest prompt that the engine accepts on the stated hardware. The effective context is the "
    "longest prompt at which the model still answers well enough. A model may accept far more text "
    "than it can use.",
    "To find the effective context, we ask thirteen kinds of question about texts that we "
    "generate: find a fact, follow a value from name to name, count words, answer a question "
    "hidden among distractors. One round asks one question of each kind. Prompt lengths double up "
    "to the claimed length, and we plot the mean score at each. A fourteenth kind, the "
    "non-lexical needle, has no words in common with the text it asks about; we report it "
    "separately.",
    "Two rules say where the effective context ends, and we always show both. The fixed score is "
    "a mean of 85.6% at a length and at every shorter one. That is the threshold that the RULER "
    "benchmark set for its own thirteen tasks; ours are modelled on them but not the same, so the "
    "results are not interchangeable. The other rule, after the NoLiMa benchmark, compares a model "
    "with its own score: it requires 85% of the score on the shortest texts. If a model misses the "
    "fixed score even on the shortest texts, the tasks are too hard for it at any length, and only "
    "its own score decides.",
)
_SEQUENCES = (
    "Asking every question five hundred times at every length would take billions of tokens for "
    "one model. Instead, we stop as soon as the answer is clear. After each round we place two "
    "imaginary bets: one that the true score is above the threshold, one that it is below. In a "
    "fair game nobody gets rich, so a bet that has grown twentyfold is strong evidence. We may "
    "check as often as we like, and the stated error rate covers the whole series of lengths and "
    "both rules.",
    "If a long prompt passes, we skip the shorter ones, apart from one round of questions at "
    "each; if that round goes badly, we test the length in full. If the token budget runs out "
    "before the answer is clear, the verdict is 'too close to call'. A cheaper mode, the "
    "sequential probability ratio test, decides sooner but can go either way when the score is "
    "within two points of the threshold. Each result names the mode that produced it.",
)
_INTERVALS = (
    "A mean score from a few dozen questions is uncertain, so every measured score comes with a "
    "95% interval. The interval stays valid whenever we stop asking. If it includes the claimed "
    "value, the verdict is 'too close to call'. Missing data is never recorded as zero."
)
_LIMITS = (
    "Most verdicts rest on results that others have published; each of them says so and names "
    "them.",
    "Our own measurements were made on the hardware shown, often on quantised copies of small "
    "models. Another engine or number format can give other results.",
    "Our questions are easier than real work on long texts. Passing does not prove that a model "
    "understands a long text; failing shows that it does not.",
    "We plot the ratio of claimed to found only where both have the same unit. For scores and "
    "ratings, whose scales do not start at zero, the ratio understates the difference.",
    "People and programs find the claims. A claim that nobody recorded is not here.",
)


def show_page() -> None:
    """Lay out the method."""
    standfirst = "Every claim has a source and a verdict, and anyone can check both."
    show_head("Method", "How a claim is judged", standfirst)
    _show_outcomes()
    _show_bases()
    _show_prose("How context length is tested", *_CONTEXT)
    _show_prose("Why so few questions are enough", *_SEQUENCES)
    _show_prose("What the intervals mean", _INTERVALS)
    _show_rules()
    _show_types()
    show_section("Limits")
    show(tag("ul", *(tag("li", limit) for limit in _LIMITS), css="ac-prose"))


def _show_outcomes() -> None:
    show_section("The eight outcomes")
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


def _show_types() -> None:
    show_section("Types of claim")
    rows = ((kind.label, kind.asks, name_unit(kind.unit)) for kind in CLAIM_TYPES)
    show(make_table(("Type", "Question", "Unit"), rows))


PAGE = Page("Method", "method", show_page, Group.EVIDENCE, order=20)
