"""Talk with `kb` through a pseudo-terminal, as a person would."""

import os
import pty
import re
import select
import signal
import subprocess
import time
from contextlib import contextmanager

from tests.processes import COMMAND, CRAWL_HERE

_PROMPT = "\n> "


class Talk:
    """A process on the other end of a terminal; `heard` is all it said."""

    def __init__(self, process, terminal):
        self.process, self.terminal = process, terminal
        self.heard, self.at = "", 0

    def hear(self, words=_PROMPT, timeout=120):
        """Wait until `words` come; return what was said up to there since last time."""
        deadline = time.monotonic() + timeout
        while (found := self.heard.find(words, self.at)) < 0:
            assert time.monotonic() < deadline, f"never heard {words!r} in:\n{self.heard}"
            ready, _, _ = select.select([self.terminal], [], [], 1)
            if not ready:
                continue
            try:
                data = os.read(self.terminal, 65536)
            except OSError:  # the other end is closed
                data = b""
            if not data:
                raise AssertionError(f"it ended before {words!r}:\n{self.heard}")
            self.heard += data.decode("utf-8", "replace").replace("\r", "")
        start, self.at = self.at, found + len(words)
        return self.heard[start : self.at]

    def say(self, words):
        """Type a line."""
        os.write(self.terminal, f"{words}\n".encode())

    def answer_all(self, answers, until="Write it to"):
        """Answer each question by the first words that fit it; Enter where none do."""
        while True:
            asked = self.hear()
            if until in asked:
                return asked
            fits = [given for words, given in answers.items() if re.search(words, asked)]
            self.say(fits[0] if fits else "")

    def kill(self):
        """kill -9."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def talk_to_kb(settings, *arguments):
    """Start `kb` on a terminal of its own."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**os.environ, **CRAWL_HERE, "KB_HOME": str(settings.home), "TERM": "dumb"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # shells may ignore it
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Talk(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
