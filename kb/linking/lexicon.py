"""The lexicon that wordings are levelled by, from wording.yml."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from kb.models.names import load_lookups


class LexiconFile(BaseModel):
    """The shape of wording.yml."""

    model_config = ConfigDict(extra="forbid")

    levelled: dict[str, list[str]]
    opposites: list[list[str]]
    soft: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Phrases and what stands for them, opposites, and words without weight."""

    phrases: re.Pattern[str]
    stands_for: dict[str, str]
    opposites: frozenset[frozenset[str]]
    soft: frozenset[str]
    fillers: frozenset[str]
    negations: frozenset[str]
    families: re.Pattern[str]

    def level(self, text: str) -> str:
        """Return lower-case `text` with each known phrase replaced by what stands for it."""
        return self.phrases.sub(lambda match: self.stands_for[match[0]], text)


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon that comes with the package."""
    text = (files(__package__) / "wording.yml").read_text(encoding="utf-8")
    file = LexiconFile.model_validate(yaml.safe_load(text))
    stands_for = {form: name for name, forms in file.levelled.items() for form in (name, *forms)}
    longest = sorted(stands_for, key=len, reverse=True)
    families = "|".join(map(re.escape, load_lookups().family_spellings))
    return Lexicon(
        re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"),
        stands_for,
        frozenset(frozenset(pair) for pair in file.opposites),
        file.soft,
        file.fillers,
        file.negations,
        re.compile(rf"\b({families})[ -](?=v?\d)"),
    )
