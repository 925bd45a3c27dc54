"""Fingerprints of the rules: what each says of fixed cases, and in which words.

`python -m tests.rules.fingerprints` writes fingerprints.json, unless a rule judges the same cases
otherwise, or says the same in other words, and its version stayed.
"""

import dataclasses
import hashlib
import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.domain.ids import make_canonical_json
from kb.rules.discovery import find_rules
from kb.rules.judging import judge_case
from kb.rules.sentences import render_verdict
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.reads import read_cases
from tests.conftest import PROJECT
from tests.rules.examples import judge

FILE = Path(__file__).with_name("fingerprints.json")
_A_DAY = date(2026, 1, 1)  # promises are late or not by it


def read_founding_cases():
    """The claims of the project's own records, by id."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        run_init(settings)
        run_load(settings, PROJECT / "records")
        with open_session(settings.url) as session:
            return {case.claim.id: case for case in read_cases(session, _A_DAY)}


def collect_examples():
    """The examples beside the tests of each rule, and further cases."""
    found = {}
    for path in sorted(Path(__file__).parent.rglob("test_*.py")):
        module = import_module(".".join(path.relative_to(PROJECT).with_suffix("").parts))
        for label, example in getattr(module, "EXAMPLES", {}).items():
            found[f"{path.stem}: {label}"] = example.case
        for label, case in getattr(module, "FURTHER_CASES", {}).items():
            found[f"{path.stem}, further: {label}"] = case
    return found


def compute_fingerprints(cases):
    """The versions of the rules, and for each case who decides it, how, and in which words."""
    return {
        "rules": {
            rule.name: {"version": rule.version, "words_version": rule.words_version}
            for rule in find_rules()
        },
        "cases": {name: _make_mark(case) for name, case in sorted(cases.items())},
    }


def _make_mark(case):
    rule, finding = judge_case(case)
    known = *case.evidence, *case.rival_evidence
    positions = [known.index(result) for result in finding.evidence]
    found = finding.outcome, finding.basis, finding.numbers, finding.facts, positions
    return {
        "case": digest(describe(case)),
        "rule": rule.name,
        "finding": digest(found),
        "words": digest(render_verdict(judge(case)).text),
    }


def describe(value):
    """A value without what is not set, and without names: a new or renamed field is no new case."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if dataclasses.is_dataclass(value):
        parts = (getattr(value, field.name) for field in dataclasses.fields(value))
        return [describe(part) for part in parts if part not in (None, ())]
    return [describe(part) for part in value] if isinstance(value, tuple) else value


def digest(value):
    return hashlib.sha256(make_canonical_json(value).encode()).hexdigest()[:16]


def find_complaints(now, known):
    """What changed in the same version, one line for each case; empty if nothing did."""
    return list(_find_complaints(now, known))


def _find_complaints(now, known):
    for name, mark in now["cases"].items():
        before = known["cases"].get(name, {})
        if before.get("case") != mark["case"]:
            continue
        rules = {before["rule"], mark["rule"]}
        stayed = all(_has_stayed(rule, "version", now, known) for rule in rules)
        if (before["rule"], before["finding"]) != (mark["rule"], mark["finding"]):
            if stayed:
                yield f"{' and '.join(sorted(rules))}: {VERSION_STAYED} ({name})"
        elif before["words"] != mark["words"] and (
            stayed and _has_stayed(mark["rule"], "words_version", now, known)
        ):
            yield f"{mark['rule']}: {WORDS_STAYED} ({name})"


def _has_stayed(rule, version, now, known):
    one, other = (file["rules"].get(rule, {}).get(version) for file in (now, known))
    return one == other


VERSION_STAYED = (
    "judges otherwise in the same version; raise its `version` (each verdict is given again)"
)
WORDS_STAYED = (
    "says it otherwise in the same words_version; raise its `words_version` (verdicts stay)"
)


def read_known():
    return json.loads(FILE.read_text()) if FILE.exists() else {"rules": {}, "cases": {}}


def main():
    now = compute_fingerprints(read_founding_cases() | collect_examples())
    if complaints := find_complaints(now, read_known()):
        sys.exit("\n".join(complaints))
    FILE.write_text(json.dumps(now, indent=1) + "\n")


if __name__ == "__main__":
    main()
