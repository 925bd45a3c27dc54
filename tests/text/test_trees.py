"""Trees of JSON and YAML: the same values as the common parsers give, each at its place."""

import json
import time
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.text.trees import Kind, Node, TreeError, parse_json, parse_yaml
from kb.text.trees.node import read_integer, read_number

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30
)


def as_plain(node: Node):
    if node.kind is Kind.OBJECT:
        return {key: as_plain(member) for key, member in node.members.items()}
    if node.kind is Kind.LIST:
        return [as_plain(entry) for entry in node.entries]
    return node.text if node.kind is Kind.TEXT else json.loads(node.text)


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_json_is_read_as_the_library_reads_it(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only, allow_nan=False)
    tree = parse_json(text)
    assert as_plain(tree) == json.loads(text)
    for key, node in tree.walk():
        assert json.loads("{" + text[node.key_start : node.end] + "}") == {key: as_plain(node)}


@given(st.text(alphabet='{}[]:,"\\ 01.eE+-truefalsn\n\x00', max_size=40))
def test_what_is_no_json_is_refused_and_nothing_else(text):
    try:
        expected = json.loads(text, strict=False)
    except ValueError:
        with pytest.raises(TreeError, match="not JSON"):
            parse_json(text)
    else:
        assert as_plain(parse_json(text)) == expected


@given(st.dictionaries(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])), st.text()))
def test_yaml_is_read_as_the_library_reads_it(value):
    text = yaml.safe_dump(value, allow_unicode=True)
    tree = parse_yaml(text)
    loaded = yaml.load(text, Loader=yaml.CBaseLoader) or {}
    assert {key: node.text for key, node in tree.members.items()} == loaded


def test_places_in_yaml_count_characters():
    text = "\ufeffé: ä\r\nlist:\r\n  - {value: 20.90}\r\n"
    tree = parse_yaml(text)
    node = tree.get("list").entries[0].get("value")
    assert text[node.key_start : node.end] == "value: 20.90"
    assert read_number(node) == 20.9


def test_a_key_that_stands_twice_counts_as_not_there():
    tree = parse_json('{"a": 1, "b": 2, "a": 3, "a": 4}')
    assert tree.get("a") is None
    assert tree.words("a") is None
    assert [node.text for key, node in tree.walk() if key == "a"] == ["1", "3", "4"]
    assert read_integer(tree.get("b")) == 2


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, '{"a":' * 1_000_000, "1" * 1_000_000, '"' + "\\u0041" * 300_000, "[1," * 99],
)
def test_hostile_json_ends_soon(text):
    began = time.process_time()
    with suppress(TreeError):
        assert read_number(parse_json(text)) is None
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("- " * 500, "deep"),
        ("[" * 100_000, "deep"),
        ("a: b: c", "line 1"),
        ("? [a, b]\n: c", "no plain word"),
        ("--- 1\n--- 2", "more than one"),
        ("a: \x00", "not YAML"),
    ],
)
def test_hostile_yaml_is_refused(text, why):
    with pytest.raises(TreeError, match=why):
        parse_yaml(text)


def test_tags_construct_nothing():
    tree = parse_yaml("a: !!python/object/apply:os.system ['touch x']\nb: !!int '7'")
    assert tree.get("a").kind is Kind.LIST
    assert tree.get("b").text == "7"


@pytest.mark.parametrize(
    ("text", "number", "integer"),
    [
        ("8192", 8192, 8192), ("1e3", 1000, 1000), ("1_000", 1000, 1000), ("0.5", 0.5, None),
        ("-3", -3, -3), ("1e999", None, None), ("9" * 60, None, None), ("abc", None, None),
        ("9007199254740993", 9007199254740992.0, 9007199254740993),
    ],
)  # fmt: skip
def test_numbers(text, number, integer):
    node = Node(Kind.TEXT, 0, len(text), text)
    assert read_number(node) == number
    assert read_integer(node) == integer
