"""Sizes in model names: 70B, 1.7b, 270 million, 8x7B, 17B-128E, A3B."""

import re

_WHOLE = re.compile(r"(?P<active>[ae]?)(?P<number>\d+(?:\.\d+)?)(?P<scale>[bmt])")
_MIXTURE = re.compile(r"(?P<count>\d+)x(?P<size>\d+(?:\.\d+)?[bm])")
_TIMES_EXPERTS = re.compile(r"(?P<size>\d+(?:\.\d+)?[bm])x(?P<experts>\d+)e")
_EXPERTS = re.compile(r"(\d+)e")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCALE_WORDS = {
    "b": "b", "bn": "b", "billion": "b", "m": "m", "mn": "m", "million": "m", "t": "t",
    "trillion": "t",
}  # fmt: skip
_SCALES = {"m": 1e6, "b": 1e9, "t": 1e12}


def parse_size(token: str, following: str) -> tuple[list[str], int]:
    """Return the sizes that `token` (with the token after it) names, and how many tokens that is.

    No size gives ([], 0). Equal sizes are equal text: 0.5b, 500m and "500 million" are 500m.
    """
    if mixture := _MIXTURE.fullmatch(token):
        return [f"{int(mixture['count'])}x{_level(mixture['size'])}"], 1
    if times := _TIMES_EXPERTS.fullmatch(token):
        return [_level(times["size"]), f"{int(times['experts'])}e"], 1
    if experts := _EXPERTS.fullmatch(token):
        return [f"{int(experts[1])}e"], 1
    if whole := _WHOLE.fullmatch(token):
        return [whole["active"] + _level(whole["number"] + whole["scale"])], 1
    if _NUMBER.fullmatch(token) and following in _SCALE_WORDS:
        return [_level(token + _SCALE_WORDS[following])], 2
    return [], 0


def _level(size: str) -> str:
    value = float(size[:-1]) * _SCALES[size[-1]]
    scale = "b" if value >= 1e9 else "m"
    return f"{value / _SCALES[scale]:.10g}{scale}"
