"""`kb review readings` at a real terminal: one key a decision, kill -9, hostile words."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time

import pytest
from sqlmodel import select as choose

from kb.store.database import open_session
from kb.tables import ReviewDecision
from tests.processes import COMMAND, CRAWL_HERE, run_kb
from tests.reviewing import put, read, read_waiting

TABLE = """# Toy 2

## Results

| Benchmark | Toy 2 |
|---|---|
| MMLU | 61.5 |
| MATH | 44.4 |
| GPQA | 33.1 |

Toy 2 has a context window of 128K tokens.

Toy 2 has 7 billion parameters.
"""
HOSTILE = """# Toy 3

Toy 3 [red]now[/red] has a context window of 64K tokens \x1b[2J\x1b]0;owned\x07 \u202e <script>.
"""


class Terminal:
    """`kb review readings` on a terminal of its own."""

    def __init__(self, settings, *arguments):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, "review", "readings", "--by", "Ada", *arguments],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={**os.environ, **CRAWL_HERE, "KB_HOME": str(settings.home), "COLUMNS": "200"},
        )  # fmt: skip
        os.close(slave)
        self.text = ""

    def wait_for(self, words, seconds=60):
        """Read until the words stand there; return all before and with them, keep the rest."""
        deadline = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < deadline, f"{words!r} never came; {self.text}"
            if select.select([self.master], [], [], 0.2)[0]:
                self.text += os.read(self.master, 65536).decode(errors="replace")
        end = self.text.index(words) + len(words)
        seen, self.text = self.text[:end], self.text[end:]
        return seen

    def press(self, key):
        """Press a key once the program waits for one; what comes before it is shown is dropped."""
        self._wait_for_mode(is_line=False)
        os.write(self.master, key.encode())

    def type(self, line):
        self._wait_for_mode(is_line=True)
        os.write(self.master, f"{line}\n".encode())

    def _wait_for_mode(self, *, is_line):
        deadline = time.monotonic() + 60
        while bool(termios.tcgetattr(self.master)[3] & termios.ICANON) is not is_line:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def end(self):
        self.process.wait(60)
        os.close(self.master)


@pytest.fixture
def card(settings):
    put(settings, TABLE)
    read(settings)
    return settings


def list_decisions(settings):
    with open_session(settings.url) as session:
        rows = session.exec(choose(ReviewDecision).order_by(ReviewDecision.decided_at)).all()
    return [(row.said["kind"], row.said["claimed"], row.decision, row.scope) for row in rows]


def test_a_table_at_once_then_one_by_one(card):
    assert len(read_waiting(card)) == 5
    terminal = Terminal(card)
    shown = terminal.wait_for("1 of 5")
    shown += terminal.wait_for("read by")
    assert "61.5" in shown and "MMLU" in shown
    terminal.press("t")
    terminal.wait_for("this table (3)")
    terminal.press("t")
    terminal.wait_for("any other key")
    terminal.press("a")
    terminal.wait_for("4 of 5")
    terminal.press("r")
    terminal.wait_for("5 of 5")
    terminal.press("u")
    terminal.wait_for("4 of 5")
    terminal.press("a")
    terminal.wait_for("5 of 5")
    terminal.press("m")
    answers = {"value": "", "claim type": "8 billion parameters", "test": "", "keys in": ""}
    terminal.wait_for("model: ")
    for asked_next, answer in answers.items():
        terminal.type(answer)
        terminal.wait_for(asked_next)
    terminal.end()
    assert read_waiting(card) == []
    assert sorted(list_decisions(card)) == sorted(
        [
            *(
                ("benchmark_score", f"{value} %", "accepted", "table")
                for value in ("61.5", "44.4", "33.1")
            ),
            ("context_length", "128K tokens", "rejected", "one"),
            ("context_length", "128K tokens", "withdrawn", "one"),
            ("context_length", "128K tokens", "accepted", "one"),
            ("params_total", "7 billion parameters", "mended", "one"),
        ]
    )
    listed = json.loads(run_kb(card, "review", "readings", "--state", "mended", "--json").stdout)
    assert [view["review"]["mended"] for view in listed] == [{"claimed": "8 billion parameters"}]


def test_a_review_that_is_killed_loses_nothing_and_doubles_nothing(card):
    terminal = Terminal(card)
    terminal.wait_for("1 of 5")
    terminal.wait_for("read by")
    terminal.press("a")
    terminal.wait_for("2 of 5")
    terminal.press("r")
    terminal.wait_for("3 of 5")
    os.killpg(terminal.process.pid, signal.SIGKILL)
    terminal.end()
    before = list_decisions(card)
    assert sorted(row[2] for row in before) == ["accepted", "rejected"]
    again = Terminal(card)
    again.wait_for("1 of 3")
    again.press("q")
    again.wait_for("keys in")
    again.end()
    assert list_decisions(card) == before


def test_a_script_that_is_killed_is_run_again_with_the_same_end(card, tmp_path):
    """Killed after the first decisions of a file; the second run adds what is missing, once."""
    file = tmp_path / "decided.jsonl"
    lines = [{"key": reading.key, "decision": "accepted"} for reading in read_waiting(card)]
    file.write_text("\n".join(map(json.dumps, lines * 40)))
    command = ("review", "readings", "--decisions", str(file), "--by", "Ada")
    process = subprocess.Popen(
        [*COMMAND, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "KB_HOME": str(card.home)},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list_decisions(card):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.kill()
    process.wait()
    done = run_kb(card, *command, "--json")
    assert done.returncode == 0, done.stderr
    assert len(list_decisions(card)) == 5
    assert json.loads(done.stdout)["failed"] == []


def test_hostile_words_reach_no_terminal(settings):
    put(settings, HOSTILE)
    read(settings)
    terminal = Terminal(settings)
    shown = terminal.wait_for("1 of 1") + terminal.wait_for("read by")
    terminal.press("a")
    shown += terminal.wait_for("keys in")
    terminal.end()
    assert "64K" in shown and "[red]now[/red]" in shown
    ours = re.sub(r"\x1b\[[0-9;]*m", "", shown)  # colours are our own
    assert "\x1b" not in ours and "\x07" not in ours and "\u202e" not in ours
    assert [row[2] for row in list_decisions(settings)] == ["accepted"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"key": "rdk_123", "decision": "accepted"}', "no such reading"),
        ('{"key": "rdk_123", "decision": "perhaps"}', "decision"),
        ('{"key": "rdk_123"', "no JSON object"),
        ("[]", "line"),
    ],
)
def test_a_wrong_line_is_named(card, tmp_path, line, words):
    file = tmp_path / "decided.jsonl"
    file.write_text(line)
    done = run_kb(card, "review", "readings", "--decisions", str(file), "--by", "Ada")
    assert done.returncode == 1
    assert words in done.stderr
    assert list_decisions(card) == []


def test_a_name_is_needed_and_no_rule_s(card):
    for name in ((), ("--by", "rule:me/1")):
        done = run_kb(card, "review", "readings", "--all", "accepted", *name)
        assert done.returncode == 1
        assert "name" in done.stderr or "author" in done.stderr
    assert list_decisions(card) == []
