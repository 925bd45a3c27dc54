"""Carry out a contest: opponents answer, then the challenger, until the claim is decided."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import Session

from kb.stages.battle import (
    insert_battle,
    insert_ratings,
    read_battles,
    read_replies,
)
from kb.store.home.local_weights import LocalWeights
from kb.tables import Contest, Environment, Reply
from verifiers.battles.answering import Answering, Limits, Opener
from verifiers.battles.contest_results import ContestTerms, Fought, make_results
from verifiers.battles.decided import AnswerPair, Judge
from verifiers.battles.entrants import Entrant
from verifiers.battles.prompts import Prompt
from verifiers.battles.stopping import Stopping
from verifiers.serving.asking import OutOfTimeError
from verifiers.serving.listening import Listener

_BATCH = 20  # prompts put to the challenger before one looks whether they are enough


OpenSession = Callable[[LocalWeights], AbstractContextManager[Opener]]


@dataclass(frozen=True)
class ContestSetup:
    """Who meets whom on which prompts, within which limits."""

    challenger: Entrant
    opponents: tuple[Entrant, ...]
    prompts: tuple[Prompt, ...]
    limits: Limits


@dataclass
class ContestReport:
    """The outcome: answers asked and reused, battles, results stored, and whether decided."""

    asked: int = 0
    reused: int = 0
    battles: int = 0
    undecided: int = 0
    prompts: int = 0
    new_rows: int = 0
    side: str = "open"
    results: list[dict[str, Any]] = field(default_factory=list)


class ContestRun:
    """One contest; whatever is on record already is not asked again."""

    def __init__(
        self,
        session: Session,
        contest: Contest,
        setup: ContestSetup,
        judge: Judge,
        stopping: Stopping,
        open_session: OpenSession,
        listener: Listener,
    ) -> None:
        self.session, self.contest, self.setup = session, contest, setup
        self.judge, self.stopping = judge, stopping
        self.open_session, self.listener = open_session, listener
        self.report = ContestReport()
        self.stored = read_battles(session, contest.id)
        self.fought: list[Fought] = []

    def run(self, terms: ContestTerms) -> ContestReport:
        """Fight to the end; raises OutOfTimeError when time is over, with all answers kept."""
        theirs = [self._collect(opponent) for opponent in self.setup.opponents]
        ours = self._fight(theirs)
        terms = replace(
            terms,
            without_template=self._list_without_template(
                [ours, *(answers.values() for answers in theirs)]
            ),
        )
        results = make_results(terms, self.fought, self.stopping)
        environment_id = ours[-1].environment_id
        report = self.report
        report.new_rows = insert_ratings(self.session, self.contest, environment_id, results)
        report.side, report.prompts = self.stopping.side.value, self.stopping.prompts
        report.battles = len(self.fought)
        report.undecided = sum(battle.score is None for battle in self.fought)
        report.results = [
            {**vars(result), "conditions": result.conditions.as_stored()} for result in results
        ]
        return report

    def _collect(self, entrant: Entrant) -> dict[str, Reply]:
        """All answers of an opponent; they serve every later contest on the same prompts."""
        replies = self._read(entrant)
        missing = [prompt for prompt in self.setup.prompts if prompt.item not in replies]
        if missing:
            with self.open_session(entrant.local) as opener:
                replies |= self._ask(self._make_answering(entrant, opener), missing)
        return replies

    def _fight(self, theirs: Sequence[dict[str, Reply]]) -> list[Reply]:
        """Ask the challenger batch by batch; judge in order of prompts; stop once decided."""
        entrant, fought = self.setup.challenger, []
        replies = self._read(entrant)
        with self.open_session(entrant.local) as opener:
            answering = None
            for start in range(0, len(self.setup.prompts), _BATCH):
                batch = self.setup.prompts[start : start + _BATCH]
                missing = [prompt for prompt in batch if prompt.item not in replies]
                if missing:
                    answering = answering or self._make_answering(entrant, opener)
                    replies |= self._ask(answering, missing)
                for prompt in batch:
                    fought.append(replies[prompt.item])
                    self._judge_prompt(prompt, replies[prompt.item], theirs)
                    if self.stopping.is_enough:
                        return fought
        return fought

    def _list_without_template(self, replies: Sequence[Iterable[Reply]]) -> tuple[str, ...]:
        entrants = (self.setup.challenger, *self.setup.opponents)
        first = [next(iter(answers)) for answers in replies]
        found = [self.session.get_one(Environment, reply.environment_id) for reply in first]
        return tuple(
            entrant.name
            for entrant, environment in zip(entrants, found, strict=True)
            if environment.template_sha256 is None
        )

    def _make_answering(self, entrant: Entrant, opener: Opener) -> Answering:
        if self.setup.limits.is_over():  # before an engine is started for nothing
            raise OutOfTimeError
        return Answering(self.session, entrant, opener, self.setup.limits, self.listener)

    def _ask(self, answering: Answering, prompts: Sequence[Prompt]) -> dict[str, Reply]:
        replies = {}
        for reply in answering.answer(prompts):
            replies[reply.item] = reply
            self.report.asked += 1
        return replies

    def _read(self, entrant: Entrant) -> dict[str, Reply]:
        wanted = {prompt.item for prompt in self.setup.prompts}
        stored = read_replies(self.session, entrant.release.id, self.setup.limits.most_tokens)
        found = {item: reply for item, reply in stored.items() if item in wanted}
        self.report.reused += len(found)
        return found

    def _judge_prompt(
        self, prompt: Prompt, reply: Reply, theirs: Sequence[dict[str, Reply]]
    ) -> None:
        scores: dict[str, float | None] = {}
        for opponent, answers in zip(self.setup.opponents, theirs, strict=True):
            other = answers[prompt.item]
            battle = self.stored.get((reply.id, other.id))
            if battle is None:
                pair = AnswerPair(prompt.text, prompt.checks, reply.answer, other.answer)
                decided = self.judge.decide(pair)
                battle = insert_battle(
                    self.session, self.contest.id, reply, other, decided.score,
                    list(decided.verdicts),
                )  # fmt: skip
            scores[opponent.name] = battle.score
            self.fought.append(Fought(prompt.item, opponent.name, battle.score))
        self.stopping.take(scores)
