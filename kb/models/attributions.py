"""Whose figure a claim repeats: a rating said of a model may have been earned by a variant.

A board rates artefacts, and a claim names models. Where the claimed figure stands on the board
for one variant of the claim's model, and not for that model itself, the figure is that variant's.
The claim stays with the model it was said of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.domain.intervals import covers
from kb.models.names import parse_model_name
from kb.models.names.kinship import make_plain_key

RATED = "elo"


@dataclass(frozen=True)
class Rating:
    """A figure that a board gives a model. `low` and `high` are its interval, if it has one."""

    id: str
    model_id: str
    value: float
    board: str | None
    as_of: str | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Kin:
    """A model as far as kinship goes."""

    id: str
    name: str
    vendor: str
    variant_of: str | None = None


@dataclass(frozen=True)
class Attribution:
    """The model whose figure a claim repeats, the measurement that shows it, and the reason."""

    model_id: str
    measurement_id: str
    reason: str


@dataclass
class Boards:
    """All ratings on record, by model, and the variants of each model."""

    ratings: dict[str, list[Rating]] = field(default_factory=dict)
    variants: dict[str, list[Kin]] = field(default_factory=dict)

    def find_bearer(self, model_id: str, value: float, board: str | None) -> Attribution | None:
        """Return whose rating `value` is, if it is one variant's and not the model's own."""
        own = self._list_ratings(model_id, board)
        if any(covers(rating.value, rating.low, rating.high, value) for rating in own):
            return None
        found: dict[str, tuple[Kin, Rating]] = {}
        for kin in self._list_descendants(model_id):
            for rating in self._list_ratings(kin.id, board):
                if round(rating.value) == value:
                    found.setdefault(kin.id, (kin, rating))
        if len(found) != 1:
            return None
        ((kin, rating),) = found.values()
        day = f" on {rating.as_of}" if rating.as_of else ""
        words = f"{rating.board or 'the board'} gave {value:g} to {kin.name}{day}"
        return Attribution(kin.id, rating.id, words)

    def _list_ratings(self, model_id: str, board: str | None) -> list[Rating]:
        rows = self.ratings.get(model_id, ())
        return [row for row in rows if board is None or row.board in (None, board)]

    def _list_descendants(self, model_id: str) -> list[Kin]:
        found: dict[str, Kin] = {}
        waiting = [model_id]
        while waiting:
            for kin in self.variants.get(waiting.pop(), ()):
                if kin.id not in found and kin.id != model_id:
                    found[kin.id] = kin
                    waiting.append(kin.id)
        return [found[model_id] for model_id in sorted(found)]


def make_boards(ratings: Iterable[Rating], models: Iterable[Kin]) -> Boards:
    """Return ratings and variants, in the order in which they are looked at: oldest first."""
    by_model: defaultdict[str, list[Rating]] = defaultdict(list)
    for rating in sorted(ratings, key=lambda rating: (rating.as_of or "9999", rating.id)):
        by_model[rating.model_id].append(rating)
    kin = list(models)
    parents = find_parents(kin)
    variants: defaultdict[str, list[Kin]] = defaultdict(list)
    for model in kin:
        if model.id in parents:
            variants[parents[model.id]].append(model)
    return Boards(dict(by_model), dict(variants))


def find_parents(models: Iterable[Kin]) -> Mapping[str, str]:
    """Return for each variant the model it is one of: as declared, else as its name tells."""
    kin = list(models)
    parts = {model.id: parse_model_name(model.name) for model in kin}
    by_key = {(model.vendor, parts[model.id].key): model.id for model in kin}
    found = {}
    for model in kin:
        plain = make_plain_key(parts[model.id])
        parent = model.variant_of or by_key.get((model.vendor, plain or ""))
        if parent is not None and parent != model.id:
            found[model.id] = parent
    return found
