"""A rule that judges otherwise has a new version, and so has a template that says it otherwise."""

import inspect
import sys
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

import pytest

import kb.rules
from kb.domain.outcomes import Outcome
from kb.rules import judging, sentences
from kb.rules.counting.count import RULE as COUNT
from kb.rules.discovery import find_rules
from tests.rules import fingerprints
from tests.rules.examples import say
from tests.rules.fingerprints import (
    VERSION_STAYED,
    WORDS_STAYED,
    collect_examples,
    compute_fingerprints,
    find_complaints,
    read_founding_cases,
    read_known,
)


@pytest.fixture(scope="module")
def examples():
    return collect_examples()


def test_no_rule_judges_or_speaks_otherwise_in_the_same_version(examples):
    now, known = compute_fingerprints(read_founding_cases() | examples), read_known()
    complaints = find_complaints(now, known)
    assert not complaints, "\n".join(complaints)
    assert now == known, (
        "rules, records or examples are new; run `python -m tests.rules.fingerprints`"
    )


@pytest.fixture
def alter(monkeypatch):
    """Put another rule in the place of one of these."""
    rules = find_rules()

    def alter(name, **changes):
        now = tuple(replace(rule, **changes) if rule.name == name else rule for rule in rules)
        for module in (judging, sentences, fingerprints):
            monkeypatch.setattr(module, "find_rules", lambda: now)

    return alter


def judge_kindly(case):
    finding = COUNT.judge(case)
    return finding and replace(finding, outcome=Outcome.SUPPORTED)


def test_a_rule_that_judges_otherwise_is_named_until_its_version_goes_up(examples, alter):
    known = compute_fingerprints(examples)
    alter("count", judge=judge_kindly)
    complaints = find_complaints(compute_fingerprints(examples), known)
    assert f"count: {VERSION_STAYED} (test_count: differs)" in complaints
    assert all(complaint.startswith(f"count: {VERSION_STAYED}") for complaint in complaints)
    alter("count", judge=judge_kindly, version=COUNT.version + 1)
    assert find_complaints(compute_fingerprints(examples), known) == []


def test_a_rule_that_takes_a_case_from_another_is_named(examples, alter):
    known = compute_fingerprints(examples)
    alter("count", judge=lambda case: None)
    complaints = find_complaints(compute_fingerprints(examples), known)
    assert complaints
    others = ("count and untested: ", "count and unknowable: ")
    assert all(complaint.startswith(others) for complaint in complaints)


def test_a_template_that_speaks_otherwise_is_named_until_its_version_goes_up(examples, alter):
    known = compute_fingerprints(examples)
    alter("unknowable", say=lambda verdict: "Who knows?")
    complaints = find_complaints(compute_fingerprints(examples), known)
    assert f"unknowable: {WORDS_STAYED} (test_unknowable: training tokens)" in complaints
    alter("unknowable", say=lambda verdict: "Who knows?", words_version=3)
    assert find_complaints(compute_fingerprints(examples), known) == []


def test_the_examples_run_every_line_of_every_rule(examples):
    """Else a branch that no example takes could change unseen."""
    ran = trace_lines(lambda: [say(case) for case in examples.values()])
    missed = {
        f"{module.__name__}:{line}"
        for module in list_rule_modules()
        for line in list_lines(module) - ran.get(module.__file__, set())
    }
    assert not missed


def list_rule_modules():
    """The modules in the folders of rules."""
    names = [found.name for found in walk_packages(kb.rules.__path__, "kb.rules.")]
    return [import_module(name) for name in names if name.count(".") > 2]


def list_lines(module):
    """The lines of the bodies of a module's functions."""
    functions = [
        part for _, part in inspect.getmembers(module, inspect.isfunction)
        if part.__module__ == module.__name__
    ]  # fmt: skip
    codes = [function.__code__ for function in functions]
    for code in codes:
        codes += [part for part in code.co_consts if inspect.iscode(part)]
    return {
        line for code in codes for _, _, line in code.co_lines()
        if line is not None and line > code.co_firstlineno
    }  # fmt: skip


def trace_lines(run):
    """Run it and return the lines that ran, by file."""
    ran = {}

    def trace(frame, event, _argument):
        if "/kb/rules/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            ran.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return ran
