"""Method: what the words mean and how claims are judged, from the tables that the rules use."""

from dashboard.page import Group, Page
from dashboard.parts.layout import make_badge, show, show_head, show_section
from dashboard.wording.markup import make_facts, make_table, tag
from dashboard.wording.outcome_marks import MARKS
from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.outcomes import BASIS_LABELS, Basis
from kb.rules.discovery import find_rules

_BASES = {
    Basis.MEASURED_HERE: "We served the released weights and asked them ourselves. Engine, "
    "machine, number format and digests are shown; every raw answer is kept.",
    Basis.READ_FROM_RELEASE: "It stands in what was released: a licence, a configuration, the "
    "headers of the weights. Anyone can look it up.",
    Basis.REPORTED_BY_OTHERS: "Somebody else measured it, who is named with the document that "
    "says so. We repeat it, we did not repeat the test.",
    Basis.NONE: "Nothing on record bears on the claim.",
}
_CONTEXT = (
    "A claim about context length is two claims, and both are tested. First, the longest prompt "
    "that the served weights accept on the stated hardware. Second, the longest prompt at which "
    "they still use what they read. A model may accept far more text than it can use.",
    "For the second, thirteen kinds of questions are asked about texts that we make ourselves: "
    "finding facts, following a value from name to name, counting words, answering a question "
    "among distractors. They come in rounds of one each, at lengths that double up to the claim, "
    "and the mean score is drawn against the length. A fourteenth kind, where question and text "
    "share no words, is shown apart.",
    "Two rules say where the useful length ends, and both are always shown. The absolute one asks "
    "for a mean of 85.6% at a length and at all shorter ones, the threshold that RULER set for its "
    "own thirteen tasks; ours are made after them and are not the same, so results are not to be "
    "mixed. The relative one asks for 85% of the model's own score on the shortest texts, after "
    "NoLiMa. A model that misses the absolute threshold on the shortest texts already is not up to "
    "the tasks at any length; then its own score decides.",
)
_SEQUENCES = (
    "Asking every question five hundred times at every length takes billions of words for one "
    "model. We ask until the answer is clear: after each round a bet is placed, in effect, that "
    "the score lies above the threshold, and another that it lies below; a fair game makes nobody "
    "rich, so a bet that has grown twentyfold or more is evidence. This holds however often one "
    "looks, and the stated chance of being wrong is for the whole ladder of lengths and both "
    "rules together.",
    "Lengths that were skipped because a longer one passed are looked at briefly, and asked in "
    "full if that look is bad. When the budget is spent before the answer is clear, the verdict "
    "is too close to call. A cheaper mode, the ratio test, decides sooner but may go either way "
    "for scores within two points of the threshold; results name the mode.",
)
_INTERVALS = (
    "A mean score out of a few dozen questions is uncertain. Every one comes with its 95% "
    "interval, the range that the true score plausibly lies in, whenever the asking stopped. "
    "Where the interval straddles the claim the verdict is too close to call. No data is never "
    "written as zero."
)
_LIMITS = (
    "Most verdicts rest on what others report; each says so, and by whom.",
    "What is measured here is measured on the machine that is shown, often on quantised copies "
    "of small models. Another engine or number format can differ.",
    "Such questions are easier than real work on a long text: passing does not show that long "
    "texts are understood, failing shows that they are not.",
    "A ratio of claimed to found is drawn only where both figures are in the same unit. For "
    "scores and ratings, which do not start at zero, it understates the difference.",
    "Claims are found by people and by extractors; what nobody recorded is not here.",
)


def show_page() -> None:
    """Lay out the method."""
    standfirst = "Each claim keeps its source, is tested, and gets a verdict that anyone can check."
    show_head("Method", "How a claim is judged", standfirst)
    _show_outcomes()
    _show_bases()
    _show_prose("How context length is tested", *_CONTEXT)
    _show_prose("Why so few questions are enough", *_SEQUENCES)
    _show_prose("What an interval is", _INTERVALS)
    _show_rules()
    _show_types()
    show_section("Limits")
    show(tag("ul", *(tag("li", limit) for limit in _LIMITS), css="ac-prose"))


def _show_outcomes() -> None:
    show_section("The eight outcomes")
    rows = ((make_badge(mark.outcome.value), mark.meaning) for mark in MARKS)
    show(make_table(("Outcome", "What it means"), rows))


def _show_bases() -> None:
    show_section("What a verdict can rest on", "The strongest that is on record is named.")
    show(make_facts((words.capitalize(), _BASES[basis]) for basis, words in BASIS_LABELS.items()))


def _show_prose(title: str, *paragraphs: str) -> None:
    show_section(title)
    show(tag("div", *(tag("p", paragraph) for paragraph in paragraphs), css="ac-prose"))


def _show_rules() -> None:
    show_section("The rules", "Tried in this order; the first that has something to say decides.")
    ordered = enumerate(find_rules(), start=1)
    rows = ((place, tag("code", rule.label), rule.plain) for place, rule in ordered)
    show(make_table(("", "Rule and version", "In plain words"), rows))


def _show_types() -> None:
    show_section("The types of claims")
    rows = (
        (kind.label, kind.asks, kind.unit or "", ", ".join(kind.probes)) for kind in CLAIM_TYPES
    )
    show(make_table(("Type", "The question", "Unit", "Tests"), rows))


PAGE = Page("Method", "method", show_page, Group.EVIDENCE, order=20)
