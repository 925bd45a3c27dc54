"""The page docs/how-to/add-a-probe.md is true: its probe is found by name, and its test passes."""

import importlib
import re
import sys
import types

import pytest

from kb.domain.errors import UserError
from tests.conftest import PROJECT
from verifiers import probes
from verifiers.probing.claim_under_test import ClaimUnderTest
from verifiers.probing.probe import Effort
from verifiers.probing.registry import find_probe, is_scored, list_probes

PAGE = PROJECT / "docs" / "how-to" / "add-a-probe.md"
NAME = "verbatim_copy"


def read_file(name):
    """The code that the page gives for a file."""
    found = re.search(rf"`{re.escape(name)}`:\n\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found, f"the page gives no {name}"
    return found[1]


@pytest.fixture
def added(tmp_path, monkeypatch):
    """The page's probe, put beside the others."""
    (tmp_path / f"{NAME}.py").write_text(read_file(f"verifiers/probes/{NAME}.py"))
    monkeypatch.setattr(probes, "__path__", [*probes.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield
    for name in (NAME, "hollow"):
        sys.modules.pop(f"verifiers.probes.{name}", None)
    find_probe.cache_clear()


def test_the_probe_of_the_page_is_found_and_plans_its_claims(added):
    probe = find_probe(NAME)
    claim = ClaimUnderTest("output_length", 4096.0)
    assert [found.name for found in list_probes() if found.can_test(claim)] == [NAME]
    assert is_scored(NAME)
    parameters = probe.make_parameters(claim, Effort())
    assert "up to 32 words long" in probe.describe_plan(parameters, 2)


def test_the_test_of_the_page_passes(added):
    module = types.ModuleType("test_of_the_page")
    exec(read_file(f"tests/verifiers/probes/test_{NAME}.py"), vars(module))
    tests = [value for name, value in vars(module).items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()


def test_a_file_without_a_probe_is_told(added, tmp_path):
    (tmp_path / "hollow.py").write_text("PROBE = None\n")
    with pytest.raises(UserError, match="holds no PROBE called 'hollow'"):
        find_probe("hollow")
