"""Ten strings that try to break out of wherever they are shown, and what to look for after."""

import unicodedata

STRINGS = {
    "script": "<script>alert(1)</script><svg onload=alert(1)>",
    "markdown": "![x](http://127.0.0.1:1/x.png) [x](http://127.0.0.1:1/y) **bold** :red[x] $x$",
    "javascript": "javascript:alert(document.domain)//http://x.example/",
    "reversed": "a\u202egnp.exe\u2066\u200b b",
    "long": "x" * 1_000_000,
    "null": "a\x00b",
    "formula": '=HYPERLINK("http://127.0.0.1:1/","x")+cmd|\'/c calc\'!A1',
    "escapes": "\x1b[31mred\x1b]8;;http://x.example\x07x\x1b[2J\r::error::x",
    "comment": "--> <!-- x --!><![CDATA[ x ]]>",
    "quotes": "\"'`\"\"''``</td></title></textarea>'\"><b x=\"y'",
}
_LONGEST = 3000


def assert_terminal_safe(told):
    """No control character but the line break, none that hides or turns text, no endless line."""
    wrong = {c for c in told if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs")}
    assert not wrong, f"{wrong!r} in {told[:2000]!r}"
    assert all(len(line) <= _LONGEST for line in told.splitlines())
