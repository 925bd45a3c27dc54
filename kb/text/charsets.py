"""Which charsets a page may be in: those of the web, not every codec that Python has.

A page that says `charset=zlib` or `unicode_escape` would be unpacked, or would smuggle lone
surrogates past every check of bytes.
"""

import codecs
import re

_WEB = re.compile(
    r"utf-(8|16|32)(-[bl]e)?|ascii|latin-1|iso8859-\d+|cp\d+|mac-[a-z]+|koi8-[rtu]|gb2312|gbk"
    r"|gb18030|big5(hkscs)?|euc_(jp|jis_2004|kr)|shift_jis(x0213)?|iso2022_jp|johab|tis-620"
)


def is_web_charset(name: str) -> bool:
    """Whether `name`, in any spelling, is a charset that pages are written in."""
    try:
        return _WEB.fullmatch(codecs.lookup(name).name) is not None
    except (LookupError, ValueError):
        return False
