"""The rule about comparisons that name no leaderboard: what is on record of both models."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.evidence_words import write_by, write_figure
from kb.rules.ratings.board_comparison import decide, find_missing
from kb.rules.ratings.pair_words import say_pairs
from kb.rules.ratings.pairs import Pair, find_pairs, list_evidence
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import join_names

_MOST_ALONE = 2


def judge_comparison(case: Case) -> Finding | None:
    """By the test that the claim names; the vendor's own figures leave it open, others untested."""
    if case.claim.claim_type != "benchmark_comparison" or not case.rival_evidence:
        return None
    pairs = find_pairs(case)
    named = case.claim.conditions.benchmark
    meant = tuple(pair for pair in pairs if named == pair.own.conditions.benchmark)
    of_others = tuple(pair for pair in meant if not pair.own.is_vendors_word)
    if named is not None and of_others:
        facts = find_missing(case, of_others) | {"is_named": True}
        return Finding(decide(case, of_others), list_evidence(of_others), facts=facts)
    if not pairs:
        return None
    told, missing = list_evidence(pairs) + _find_alone(case, pairs), find_missing(case, pairs)
    if named is None or meant:
        return Finding(Outcome.INCONCLUSIVE, told, facts=missing)
    return Finding(Outcome.UNTESTED, told, facts=missing, rests_on=Basis.NONE)


def _find_alone(case: Case, pairs: tuple[Pair, ...]) -> tuple[Evidence, ...]:
    """Results of the model on other boards, where no rival's is on record."""
    shared = {pair.own.metric for pair in pairs}
    own = [result for result in case.evidence if result.model.id == case.subject.id]
    alone = [
        result
        for result in own
        if result.conditions.board and result.value is not None and result.metric not in shared
    ]
    return tuple(alone)[:_MOST_ALONE]


def say_comparison(verdict: VerdictFact) -> str:
    """Who is ahead where the test is the claimed one; else what there is, and why it is open."""
    if all(result.is_vendors_word for result in verdict.evidence):
        return _say_vendors_figures(verdict)
    words = say_pairs(verdict, _list_shared(verdict)) + _say_alone(verdict)
    if verdict.outcome is Outcome.UNTESTED:
        return _say_other_tests(verdict)
    if not verdict.facts.get("is_named"):
        why = "the words of the claim name no test, and no single test decides it"
        return f"It is open: {why}. {words}"
    rivals = {
        result.model.name for result in verdict.evidence if result.model.name != verdict.model
    }
    names = join_names(sorted(rivals))
    headline = {
        Outcome.SUPPORTED: f"{verdict.model} is ahead of {names} on the named test.",
        Outcome.REFUTED: f"{verdict.model} is not ahead of {names} on the named test.",
    }.get(verdict.outcome, "Too close to call on the named test.")
    return f"{headline} {words}"


def _list_shared(verdict: VerdictFact) -> list[Evidence]:
    rivals = {one.metric for one in verdict.evidence if one.model.name != verdict.model}
    return [one for one in verdict.evidence if one.metric in rivals]


def _say_alone(verdict: VerdictFact) -> str:
    shared = _list_shared(verdict)
    alone = [
        f"{write_figure(one)} on {one.conditions.board} ({write_by(one)})"
        for one in verdict.evidence
        if one not in shared
    ]
    if not alone:
        return ""
    return f" On record for {verdict.model} alone: {join_names(alone)}."


def _say_other_tests(verdict: VerdictFact) -> str:
    """What is on record beside the named test is set apart: it is no answer to the claim."""
    named = verdict.claim.conditions.benchmark
    return (
        f"Results of all these models on {named} are not on record, and so nothing decides this "
        f"claim.{_say_alone(verdict)} Other kinds of test do not decide it. "
        f"{say_pairs(verdict, _list_shared(verdict))}"
    )


def _say_vendors_figures(verdict: VerdictFact) -> str:
    pairs = _make_pairs(verdict)
    if not pairs:  # models that bear one name cannot be told apart in words
        return "It is open: only the vendor's own figures are on record."
    behind = [pair for pair in pairs if (pair.own.value or 0) < (pair.rival.value or 0)]
    vendor = verdict.evidence[0].model.vendor
    counts = (
        f"in {len(pairs) - len(behind)} of {len(pairs)} tests and behind in {len(behind) or 'none'}"
    )
    worst = f", most in {_say_widest(behind)}" if behind else ""
    return (
        f"It is open. By {vendor}'s own figures {verdict.model} is ahead of or level with "
        f"{pairs[0].rival.model.name} {counts}{worst}. They come without an interval, and no "
        "independent run is on record."
    )


def _make_pairs(verdict: VerdictFact) -> list[Pair]:
    own = [result for result in verdict.evidence if result.model.name == verdict.model]
    return [
        Pair(one, other)
        for one in own
        for other in verdict.evidence
        if other not in own and _name_test(one) == _name_test(other)
    ]


def _name_test(result: Evidence) -> tuple[str, str | None]:
    return result.metric, result.conditions.benchmark


def _say_widest(behind: list[Pair]) -> str:
    widest = min(behind, key=lambda pair: (pair.own.value or 0) - (pair.rival.value or 0))
    test = widest.own.conditions.benchmark or widest.own.metric
    return f"“{test}”, {write_figure(widest.own)} against {write_figure(widest.rival)}"


RULE = Rule(
    name="comparison",
    version=3,
    order=75,
    plain="A comparison that names a test is judged by results of both models on it, with whole "
    "intervals. Where none are on record, it is untested; results on other tests are shown apart, "
    "as another kind of test. One that names no test is left open; what is on record of both "
    "models is shown, ratings only of one day. Figures of the vendor's own decide nothing.",
    would_change="Results of both models on the tests that the claim means, with intervals, by "
    "somebody other than the vendor.",
    judge=judge_comparison,
    say=say_comparison,
)
