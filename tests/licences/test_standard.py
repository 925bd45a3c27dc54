"""Standard licences are known word for word; one clause more makes another licence."""

import pytest

from kb.licences import make_summary, read_licence
from kb.licences.standard import is_osi_approved, parse_expression
from tests.conftest import PROJECT

MIT = """MIT License

Copyright (c) 2025 Toys

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
CATCH = (
    "\nIf a product has more than 7 million monthly active users, you shall show our name on it.\n"
)


def test_apache_is_known_by_its_text():
    licence = read_licence((PROJECT / "LICENSE").read_text())
    summary = make_summary(licence)
    assert (licence.spdx, licence.is_exact, licence.is_osi_approved) == ("Apache-2.0", True, True)
    assert summary["patent_grant"] is summary["termination_on_litigation"] is True
    assert summary["commercial_use"] == "yes"


def test_mit_with_one_clause_more_is_another_licence():
    plain, changed = read_licence(MIT), read_licence(MIT + CATCH)
    assert (plain.spdx, plain.is_osi_approved) == ("MIT", True)
    assert not changed.is_exact
    assert not changed.is_osi_approved
    assert make_summary(changed)["mau_limit"] == 7_000_000


def test_a_clause_before_the_text_counts_too():
    assert not read_licence(f"You must pay us if you earn money.\n\n{MIT}").is_exact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apache-2.0 OR MIT", ("Apache-2.0", "MIT")),
        ("mit", ("MIT",)),
        ("Toy License", None),
        ("", None),
    ],
)
def test_expressions(text, expected):
    assert parse_expression(text) == expected


def test_approval_is_the_osis():
    assert is_osi_approved("MIT")
    assert not is_osi_approved("CC-BY-NC-4.0")
    assert not is_osi_approved("LicenseRef-Toy")
