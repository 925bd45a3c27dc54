"""Columns of leaderboard tables by their many names, and what a board is called."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

NAMES = {
    "model": ("model_name", "model"),
    "rating": ("rating", "arena_score", "arena_elo_rating", "elo_rating", "elo"),
    "low": ("rating_lower", "rating_q025"),
    "high": ("rating_upper", "rating_q975"),
    "interval": ("95_ci", "95_pct_ci"),
    "votes": ("vote_count", "votes", "num_battles"),
    "rank": ("rank", "rank_ub", "final_ranking"),
    "organization": ("organization",),
    "category": ("category",),
    "date": ("leaderboard_publish_date", "date"),
}
MAX_ROWS = 200_000
_WHOLE = ("overall", "full")
_ARENAS = (
    "text", "vision", "search", "document", "webdev", "code", "image", "video", "agent", "copilot",
)  # fmt: skip
# In addresses: /text_style_control/latest/, lmarena_text-to-image_20250411.csv, /vision/.
_ARENA = re.compile(
    rf"(?:^|[/_-])((?:{'|'.join(_ARENAS)})(?:[_-](?:style[_-]control|to[_-](?:image|video)|edit))*)"
    r"(?=[/_.-]|$)"
)


def make_column_key(header: str) -> str:
    """Return the spelling under which headers meet: 'Rank* (UB)' is 'rank_ub'."""
    return re.sub(r"[^a-z0-9]+", "_", header.lower()).strip("_")


@dataclass(frozen=True)
class Columns:
    """Where in a row each thing stands."""

    places: dict[str, int]

    @property
    def is_board(self) -> bool:
        """Whether the table rates models at all."""
        return "model" in self.places and "rating" in self.places


def find_columns(headers: list[str]) -> Columns:
    """Return which column holds what; the first name of several that is there."""
    keys = [make_column_key(header) for header in headers]
    places = {}
    for thing, names in NAMES.items():
        place = next((keys.index(name) for name in names if name in keys), None)
        if place is not None:
            places[thing] = place
    return Columns(places)


def find_arena(url: str) -> str:
    """Return the arena that an address names, like 'text' or 'text, style control'."""
    found = _ARENA.findall(unquote(urlsplit(url).path).lower())
    if not found:
        return _ARENAS[0]
    first, *rest = re.split(r"[_-]", found[-1], maxsplit=1)
    if not rest:
        return str(first)
    words = re.sub(r"[_-]", " ", rest[0])
    return f"{first}, {words}" if words.startswith("style") else f"{first} {words}"


def name_board(arena: str, category: str | None) -> str:
    """Return a board's name; the one that people mean is the text arena as a whole."""
    part = (category or "overall").strip().lower().replace("_", " ")
    if arena == "text" and part in _WHOLE:
        return "LMArena"
    parts = ["LMArena", arena, *([] if part in _WHOLE else [part])]
    return ", ".join(parts)[:500]
