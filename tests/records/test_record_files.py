"""Record files that are wrong: one clear line each, with file and line number."""

import pytest

from kb.records.checks import check_records
from kb.records.files import RecordError, parse_record

GOOD = """\
model: {name: Toy 1B, vendor: Toys}
sources:
  card: {url: "https://toys.example/card", publisher: Toys, kind: model_card, read_on: 2026-01-02}
claims:
  - type: context_length
    claimed: 128K tokens
    subject_text: Toy
    sightings:
      - {source: card, quote: 128K tokens}
"""


def problems_of(text):
    with pytest.raises(RecordError) as caught:
        parse_record(text.encode() if isinstance(text, str) else text, "toy.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_good_record_is_read():
    record = parse_record(GOOD.encode(), "toy.yaml")
    assert record.draft.claims[0].quantity.high == 131_072
    assert not check_records([record])


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("claimed: 128K tokens", "claimed: -128K tokens", 5, "out of range"),
        ("type: context_length", "type: context_lenght", 5, "unknown claim type"),
        ("claimed: 128K tokens", "claimed: 12%", 5, "does not fit context_length"),
        ("claimed: 128K tokens", "claimed: very long", 5, "is no quantity"),
        ("{source: card, quote: 128K tokens}", "{quote: 128K tokens}", 9, "is missing"),
        ("    sightings:\n      - {source: card, quote: 128K tokens}\n", "", 5, "is missing"),
        ("subject_text: Toy", "subject_text: Toy\n    colour: red", 8, "no such field"),
        ("subject_text: Toy", "subject_text: Toy\n    subject_text: Toy", 8, "appears twice"),
        (
            "quote: 128K tokens}",
            "quote: 128K tokens, disputes: true}",
            5,
            "nobody on record makes it",
        ),
        ("subject_text: Toy", "said_by: Toys", 7, "no such field"),
        (
            "quote: 128K tokens}",
            "quote: 128K, attribution: {who: A, how: told, words: b}}",
            9,
            "how",
        ),
        ("https://toys.example/card", "javascript:alert(1)", 3, "url"),
        ("    claimed: 128K", "\tclaimed: 128K", 6, "tab"),
        ("claimed: 128K tokens", "claimed: 1e999 tokens", 5, "not a finite number"),
        ("subject_text: Toy", "subject_text: !!bool x", 7, "tags like"),
        ("subject_text: Toy", 'subject_text: "\\e[31mred"', 7, "control characters"),
        ("name: Toy 1B", "name: '///'", 1, "no letter or digit"),
        ("subject_text: Toy", "subject_text: Toy\n    seed: '[/]'", 8, "seed"),
    ],
)
def test_each_problem_names_its_line(old, new, line, words):
    assert old in GOOD
    found = problems_of(GOOD.replace(old, new))
    assert len(found) == 1, found
    assert found[0].startswith(f"toy.yaml:{line}: ")
    assert words in found[0]
    assert "\n" not in found[0]


def test_aliases_are_refused_before_they_explode():
    bomb = "a: &a [x]\n" + "\n".join(f"{c}: &{c} [*a, *a]" for c in "bcdefghij")
    assert problems_of(bomb) == [
        "toy.yaml:2: aliases (*name) are not allowed in records; write the value out"
    ]


def test_depth_is_bounded():
    assert "nested more than" in problems_of("a: " + "[" * 5000)[0]


def test_size_is_bounded():
    assert "too large" in problems_of(b"#" * 50_000_000)[0]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"", b"- a\n- b\n", b"{", b"a: !!python/name:os.system x"]
)
def test_what_is_no_record_is_told(data):
    assert problems_of(data)[0].startswith("toy.yaml:")


def test_duplicates_and_loose_keys_are_found():
    first = parse_record(GOOD.encode(), "toy.yaml")
    second = parse_record(GOOD.replace("source: card,", "source: blog,").encode(), "two.yaml")
    found = [str(problem) for problem in check_records([first, second])]
    assert any("two.yaml:5: the same claim is at toy.yaml:5" in problem for problem in found)
    assert any("'blog' is not listed" in problem for problem in found)


def test_names_in_any_script_have_an_address():
    record = parse_record(GOOD.replace("Toy 1B", "文心一言").encode(), "toy.yaml")
    assert record.draft.model.name == "文心一言"


@pytest.mark.parametrize("make", ["folder", "loop", "pipe"])
def test_what_is_no_plain_file_is_told(tmp_path, make):
    import os

    from kb.stages.load import read_records

    path = tmp_path / "x.yaml"
    {"folder": path.mkdir, "loop": lambda: path.symlink_to(path), "pipe": lambda: os.mkfifo(path)}[
        make
    ]()
    with pytest.raises(RecordError, match="cannot be read"):
        read_records(tmp_path)


def test_two_records_cannot_share_a_name():
    first = parse_record(GOOD.encode(), "a.yaml")
    thief = GOOD.replace("name: Toy 1B", "name: Other, aliases: [toy-1b]")
    found = check_records([first, parse_record(thief.encode(), "b.yaml")])
    assert any("the same name" in str(problem) for problem in found)
