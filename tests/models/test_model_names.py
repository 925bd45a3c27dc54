"""Model names: parsed by parts, compared, and never merged on doubt."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.names import make_model_id
from kb.models.names import SameName, compare_names, load_lookups, parse_model_name
from kb.models.names.lookup_checks import check_lookups
from kb.models.names.lookups import AliasEntry, NotSameEntry
from kb.stages.load import read_records
from tests.models.name_pairs import DIFFERENT, SAME, UNSURE

PAIRS = [
    *((a, b, SameName.SAME) for a, b in SAME),
    *((a, b, SameName.DIFFERENT) for a, b in DIFFERENT),
    *((a, b, SameName.UNSURE) for a, b in UNSURE),
]
_NAMES = sorted({name for a, b, _ in PAIRS for name in (a, b)})
_PIECES = st.lists(
    st.sampled_from(
        ["Llama", "4", "Scout", "17B", "-", " ", "128k", "it", "FP8", "03-26", "meta-llama/", "_",
         "Qwen", "3.5", "v2", "Preview", "8x7B", ".gguf", "é", "三", "+", "A3B", "x"]
    ),
    max_size=9,
).map("".join)  # fmt: skip
_ANY = st.one_of(st.text(max_size=60), _PIECES, st.sampled_from(_NAMES))


def test_the_table_is_large_enough():
    assert len(PAIRS) >= 100


@pytest.mark.parametrize(("left", "right", "expected"), PAIRS)
def test_pairs(left, right, expected):
    found = compare_names(left, right)
    assert found.outcome is expected, found
    assert found.reason


@settings(max_examples=400, deadline=None)
@given(_ANY, _ANY)
def test_compare_is_symmetric_and_never_fails(left, right):
    assert compare_names(left, right) == compare_names(right, left)


@settings(max_examples=300, deadline=None)
@given(_ANY)
def test_a_name_is_the_same_as_itself(name):
    assert compare_names(name, name).outcome is SameName.SAME
    assert parse_model_name(name) == parse_model_name(name)


@pytest.mark.parametrize("name", _NAMES)
def test_a_key_is_a_name_with_that_key(name):
    key = parse_model_name(name).key
    assert parse_model_name(key).key == key


def test_the_family_is_named():
    assert compare_names("Llama 4 Scout", "Llama 4").family == "Llama 4"
    assert compare_names("Llama 4 Scout", "Llama 4 Maverick").family is None


def test_parts():
    parts = parse_model_name("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8")
    assert (parts.owner, parts.vendor) == ("meta-llama", "Meta")
    assert (parts.words, parts.versions) == (("llama", "maverick"), ("4",))
    assert (parts.sizes, parts.marks) == (("17b", "128e"), ("instruct",))
    assert parts.precision == ("fp8",)


def test_shipped_lookups_are_in_order(records):
    ids = {
        make_model_id(record.draft.model.vendor, record.draft.model.name)
        for record in read_records(records)
    }
    assert check_lookups(load_lookups(), ids) == []


def make_alias(**changes):
    values = {
        "name": "Toy Large", "vendor": "Toys", "also": ["Toy-Large-9B"], "reason": "so it says",
        "sources": ["https://toys.example/"], "read_on": date(2026, 1, 1), "expect": "unsure",
    }  # fmt: skip
    return AliasEntry.model_validate({**values, **changes})


def make_apart(names, expect):
    return NotSameEntry.model_validate(
        {"names": names, "reason": "two models", "sources": ["https://toys.example/"],
         "read_on": date(2026, 1, 1), "expect": expect}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("aliases", "apart", "problem"),
    [
        ([make_alias(also=["toy large"])], [], "the parse alone says same"),
        ([make_alias(also=["Toy Large 9B Preview"])], [], "the parse alone says different"),
        ([make_alias(record="toys/gone")], [], "there is no record 'toys/gone'"),
        ([make_alias(), make_alias(name="Toy Huge")], [], "is an alias of 'Toy Large' and of"),
        ([make_alias()], [make_apart(["Toy Large", "Toy-Large-9B"], "unsure")], "and not the same"),
        ([], [make_apart(["Toy 1B", "Toy 2B"], "unsure")], "expects unsure"),
        ([], [make_apart(["Toy 1B", "toy-1b"], "same")], "one name in two spellings"),
    ],
)
def test_idle_or_contradicted_entries_are_told(aliases, apart, problem):
    lookups = replace(load_lookups(), aliases=aliases, not_the_same=apart)
    assert any(problem in message for message in check_lookups(lookups, set()))


def test_a_reviewed_entry_decides():
    lookups = replace(load_lookups(), aliases=[make_alias()])
    assert compare_names("Toy Large", "Toy-Large-9B").outcome is SameName.UNSURE
    assert compare_names("Toy Large", "Toy-Large-9B", lookups).outcome is SameName.SAME
    apart = replace(load_lookups(), not_the_same=[make_apart(["Toy 1B", "Toy 1B FP8"], "same")])
    assert compare_names("Toy 1B", "Toy 1B FP8").outcome is SameName.SAME
    assert compare_names("Toy 1B", "Toy 1B FP8", apart).outcome is SameName.DIFFERENT
