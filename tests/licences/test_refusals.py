"""Texts that cannot be read are refused, clearly and at little cost."""

import json
import time

import pytest

from kb.licences import LicenceRefusedError, read_licence
from kb.licences.text.markup import blank_markup
from tests.processes import run_kb

HEBREW = "רישיון זה מעניק לך זכות להשתמש בתוכנה ללא תשלום ובכפוף לתנאים הבאים. " * 20


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text to read"),
        (" \n\t" * 50, "no text to read"),
        (HEBREW, "another script (Hebrew, right to left)"),
        ("\x00\x01" * 500 + "words" * 50, "is not text"),
        ("You may use it. " * 40_000, "at most 400,000"),
    ],
)
def test_what_is_no_licence_is_refused(text, reason):
    with pytest.raises(LicenceRefusedError) as refused:
        read_licence(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "you must not use outputs to train users monthly patent grant under " * 5000,
        "a)\n" * 120_000 + "words here" * 20,
        "You must not use it for:\n  a. x:\n" * 10_000,
        "<html>" + "<script>" * 40_000 + "words here " * 20,
        "<html><!--" + "<p " * 90_000 + "words here" * 20,
    ],
    ids=["no end", "empty items", "nested leads", "open scripts", "open tags"],
)
def test_hostile_texts_cost_little(text):
    started = time.process_time()
    try:
        read_licence(text)
    except LicenceRefusedError as error:
        assert "no text to read" in str(error)
    assert time.process_time() - started < 30


def test_blanked_markup_keeps_places():
    page = "<html><head><title>no</title></head><p>You <b>may</b> use it.</p> 1 < 2 &amp; more"
    plain = blank_markup(page)
    assert len(plain) == len(page)
    assert plain.split() == ["You", "may", "use", "it.", "1", "<", "2", "&", "more"]
    assert page.index("use it.") == plain.index("use it.")


def test_the_command_tells_each_refusal_and_reads_the_rest(settings, tmp_path):
    big, empty, leftward, good = (tmp_path / name for name in ("big", "empty", "left", "good"))
    with big.open("wb") as file:
        file.truncate(50_000_000)
    empty.write_bytes(b"")
    leftward.write_text(HEBREW)
    good.write_text(
        "TOY 1 LICENSE\n\n1. You may use, copy and share it, free of charge, for ever.\n"
    )
    files = (str(tmp_path / "none"), *map(str, (big, empty, leftward, good)))
    done = run_kb(settings, "license", *files, "--json", "--no-meaning")
    assert done.returncode == 1
    assert json.loads(done.stdout)["name"] == "TOY 1 License"
    for words in ("50,000,000 bytes", "no text to read", "right to left", "none: No such file"):
        assert words in done.stderr


def test_changes_need_two_texts(settings, tmp_path):
    done = run_kb(settings, "license", str(tmp_path / "one"), "--changes")
    assert done.returncode == 1
    assert "give two files" in done.stderr
