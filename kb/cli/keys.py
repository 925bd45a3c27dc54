"""One key from the terminal, without Enter."""

import os
import sys
import termios
import tty


def read_key() -> str:
    """Return the next key in lower case; raise KeyboardInterrupt at the end of the input.

    Keys that were typed before are kept: `click.getchar` would drop them.
    """
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)
        key = os.read(handle, 1)
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
    if key in (b"", b"\x04"):
        raise KeyboardInterrupt
    return key.decode("ascii", "replace").lower()
