"""One run of `kb add`: what is known, what is asked, what is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches, ndiff
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer

from kb.cli.console import as_plain_text, err
from kb.cli.contributing.source import read_source
from kb.cli.contributing.talk import HINT, ask_all, choose_found, confirm
from kb.cli.contributing.writing import find_known, plan_addition, write_addition
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.domain.found import FoundClaim
from kb.linking.alike import Alike
from kb.reading.page import ReadPage
from kb.records.additions import Addition, find_record, find_source, list_facts_of_found
from kb.records.files import Problem, RecordFile
from kb.records.lint.quotes import lacks_figure
from kb.records.questions import BY_NAME, QUESTIONS, FormQuestion, is_asked
from kb.settings import Settings
from kb.store.home.add_drafts import discard_draft, read_draft, store_draft

_OF_SOURCE = ("url", "publisher", "kind")  # asked before it is fetched
_OF_FOUND = ("value", "value_high", "unit", "operator", "conditions")
Outcome = tuple[Addition, list[Alike], list[Problem]]


@dataclass
class Adding:
    """One run: where records go, and how the source is read."""

    settings: Settings
    folder: Path
    file: Path | None
    is_fetched: bool
    records: list[RecordFile]

    def run_quietly(self, told: dict[str, Any]) -> Outcome:
        """Add without asking; raise UserError that names the missing option."""
        if "url" not in told:
            what = "where is that file from" if self.file else "which source"
            raise UserError(f"--url: {what}? Give the address of the page with the claim")
        answers = self._check({name: told[name] for name in _OF_SOURCE if name in told}, None)
        for name in _OF_SOURCE[1:]:
            answers.setdefault(name, self._propose(name, {**told, **answers}, None, {}))
        page = read_source(
            self.settings, {**told, **answers}, self.file, self.is_fetched, must_be_read=True
        )
        found = _find_only(page, told)
        facts = list_facts_of_found(found) if found else {}
        answers |= _take_facts(facts, told) | {k: v for k, v in told.items() if k not in answers}
        for question in QUESTIONS:
            if question.name not in answers and self._is_asked(question, answers):
                proposed = self._propose(question.name, answers, page, facts) or question.default
                if proposed is not None:
                    answers[question.name] = proposed
                elif question.is_needed:
                    option = question.name.replace("_", "-")
                    raise UserError(f"--{option} is needed: {question.words}")
        answers = self._check(answers, page) | _note_reading(page, told)
        return self._finish(answers, is_asking=False)

    def run_talk(self, told: dict[str, Any]) -> Outcome:
        """Ask for everything that was not given as an option."""
        answers = self._resume(told) | self._check(told, None, but=("quote",))
        err.print(as_plain_text(HINT), soft_wrap=True)
        fixed = ("url", *told)
        keep = lambda so_far: store_draft(self.settings.home, so_far)  # noqa: E731
        ask_all(
            tuple(BY_NAME[name] for name in _OF_SOURCE), answers,
            lambda name, so_far: self._propose(name, so_far, None, {}), is_asked, None, keep, fixed,
        )  # fmt: skip
        page = read_source(self.settings, answers, self.file, self.is_fetched)
        facts: dict[str, Any] = {}
        if "claimed" not in answers and page is not None and page.extraction is not None:
            chosen = choose_found(page.extraction.claims)
            facts = list_facts_of_found(chosen) if chosen else {}
        answers = self._check(answers, page) | _note_reading(page, told)
        ask_all(
            QUESTIONS, answers, lambda name, so_far: self._propose(name, so_far, page, facts),
            self._is_asked, page.text if page else None, keep, fixed,
        )  # fmt: skip
        answers |= _take_facts(facts, answers)
        return self._finish(answers, is_asking=True)

    def _resume(self, told: Mapping[str, Any]) -> dict[str, Any]:
        kept = read_draft(self.settings.home)
        is_other = "url" in told and told["url"] != kept.get("url")
        if not kept or is_other:
            return {}
        about = kept.get("model") or kept.get("url")
        if confirm(f"You have an unfinished claim about {about}. Continue with it?"):
            return kept
        discard_draft(self.settings.home)
        return {}

    def _is_asked(self, question: FormQuestion, answers: Mapping[str, Any]) -> bool:
        """Skip what the record of a known model says already."""
        if question.name == "availability" and self._find_model(answers) is not None:
            return False
        return is_asked(question, answers)

    def _find_model(self, answers: Mapping[str, Any]) -> RecordFile | None:
        if not answers.get("model"):
            return None
        return find_record(self.records, answers["model"], answers.get("vendor"))

    def _warn_about_availability(self, answers: Mapping[str, Any]) -> None:
        record, told = self._find_model(answers), answers.get("availability")
        if record is not None and told not in (None, record.draft.model.availability):
            words = (
                f"{record.name} says this model is {record.draft.model.availability}, and that "
                f"stays; if it is {told} now, change it there and name the source"
            )
            err.print(as_plain_text(f"warning: {words}", "yellow"), soft_wrap=True)

    def _warn_about_similar_names(self, model: str) -> None:
        names = {record.draft.model.name: record.name for record in self.records}
        for near in get_close_matches(model, names, n=1, cutoff=0.75):
            words = f"{model} gets a new record; is it perhaps {near}, in {names[near]}?"
            err.print(as_plain_text(f"warning: {words}", "yellow"), soft_wrap=True)

    def _check(
        self, answers: Mapping[str, Any], page: ReadPage | None, but: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Return the answers as they are kept; raise UserError that names the option."""
        checked = dict(answers)
        for name, answer in answers.items():
            if name in BY_NAME and answer is not None and name not in but:
                try:
                    checked[name] = BY_NAME[name].check(
                        answer, answers, page.text if page else None
                    )
                except ValueError as error:
                    raise UserError(f"--{name.replace('_', '-')}: {error}") from None
        return checked

    def _propose(
        self,
        name: str,
        answers: Mapping[str, Any],
        page: ReadPage | None,
        facts: Mapping[str, Any],
    ) -> str | None:
        """Return what is on record, was found in the source, or follows from earlier answers."""
        url = answers.get("url", "")
        source, record = find_source(self.records, url), self._find_model(answers)
        if source is not None and name in ("publisher", "kind", "title", "published_on"):
            known = getattr(source, name)
            return None if known is None else str(known)
        proposals: dict[str, Any] = {
            "publisher": urlsplit(url).hostname,
            "kind": SourceKind.VENDOR_PAGE.value,
            "title": page and page.title,
            "published_on": page and page.published_on,
            "vendor": record and record.draft.model.vendor,
            "said_by": answers.get("vendor" if _is_vendors(answers) else "publisher"),
        }
        proposed = facts.get(name) or proposals.get(name)
        return None if proposed is None else str(proposed)

    def _finish(self, answers: dict[str, Any], *, is_asking: bool) -> Outcome:
        self._warn_about_availability(answers)
        addition, doubts = plan_addition(self.records, answers, self.folder)
        if not is_asking and lacks_figure(addition.claim):
            raise UserError("--quote: the figure is not in it; nothing was written")
        if addition.is_new_file:
            self._warn_about_similar_names(answers["model"])
        alike = find_known(self.settings, self.records, addition)
        others = [claim for claim in alike if claim.id != addition.claim_id]
        for claim in others:
            same = "says the same thing" if claim.outcome == "same" else "may say the same thing"
            words = f"{claim.id} {same}: {claim.claimed} ({claim.reason})"
            err.print(as_plain_text(f"warning: {words}", "yellow"), soft_wrap=True)
        for problem in doubts:
            err.print(as_plain_text(str(problem), "yellow"), soft_wrap=True)
        if addition.what != "nothing" and (not is_asking or self._confirm(addition, others)):
            write_addition(addition)
        if is_asking:
            discard_draft(self.settings.home)
        return addition, alike, doubts

    def _confirm(self, addition: Addition, alike: list[Alike]) -> bool:
        path = Path(addition.name)
        before = "" if addition.is_new_file else path.read_text(encoding="utf-8")
        for line in ndiff(before.splitlines(), addition.text.splitlines()):
            if line.startswith("+ "):
                err.print(as_plain_text(f"  {line}", "green"), soft_wrap=True)
        if confirm(f"Write it to {addition.name}?", default=not alike):
            return True
        err.print("nothing was written")
        raise typer.Exit(1)


def _is_vendors(answers: Mapping[str, Any]) -> bool:
    return answers.get("kind") in (SourceKind.VENDOR_PAGE, SourceKind.MODEL_CARD)


def _find_only(page: ReadPage | None, told: Mapping[str, Any]) -> FoundClaim | None:
    """Return the claim in the source that fits the options, if there is exactly one."""
    if page is None or page.extraction is None or "claimed" in told:
        return None
    fields = {"type": "claim_type", "metric": "metric", "quote": "quote", "said_by": "said_by"}
    fits = [
        claim
        for claim in page.extraction.claims
        if all(getattr(claim, name) == told[key] for key, name in fields.items() if key in told)
    ]
    return fits[0] if len(fits) == 1 else None


def _take_facts(facts: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures and conditions of the claim found, unless the answers say otherwise."""
    same = all(
        answers.get(name, facts.get(name)) == facts.get(name) for name in ("type", "claimed")
    )
    return {name: facts[name] for name in _OF_FOUND if name in facts} if same else {}


def _note_reading(page: ReadPage | None, told: Mapping[str, Any]) -> dict[str, Any]:
    if page is None:
        return {"read_on": told["read_on"]} if "read_on" in told else {}
    return {"read_on": page.fetched_on.isoformat(), "sha256": page.sha256}
