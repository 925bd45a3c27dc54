"""The page on adding a rule: its files work as they stand there, and touch no other."""

import re
import sys
from importlib import import_module

import pytest

import kb.rules.remainder
from kb.rules.discovery import find_rules
from tests.conftest import PROJECT
from tests.rules import fingerprints
from tests.rules.examples import check, judge

PAGE = PROJECT / "docs" / "how-to" / "add-a-rule.md"
MODULE = "kb.rules.remainder.languages"


@pytest.fixture
def blocks():
    """The rule and its test, as the page gives them."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.fixture
def added(blocks, tmp_path, monkeypatch):
    """The page's rule, found like those of the package."""
    (tmp_path / "languages.py").write_text(blocks[0])
    monkeypatch.setattr(
        kb.rules.remainder, "__path__", [*kb.rules.remainder.__path__, str(tmp_path)]
    )
    find_rules.cache_clear()
    yield import_module(MODULE).RULE
    find_rules.cache_clear()
    del sys.modules[MODULE]


def test_the_rule_is_found_and_its_examples_hold(blocks, added):
    assert added in find_rules()
    test = {}
    exec(compile(blocks[1], str(PAGE), "exec"), test)
    for example in test["EXAMPLES"].values():
        check(added, example)
    assert judge(test["FURTHER_CASES"]["nothing on record"]).rule == "untested/2"


def test_it_takes_no_case_from_another_rule(added):
    now = fingerprints.compute_fingerprints(fingerprints.collect_examples())
    assert fingerprints.find_complaints(now, fingerprints.read_known()) == []
    assert "languages" in now["rules"]


def test_the_page_names_the_places_that_there_are():
    text = PAGE.read_text()
    for path in ("tests/rules/fingerprints.json", "kb/rules/remainder", "tests/rules/remainder"):
        assert path in text
        assert (PROJECT / path).exists()
