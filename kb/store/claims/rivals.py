"""The models that a claim sets its subject against, found by the names that it gives them."""

from collections import defaultdict
from collections.abc import Iterable

from kb.domain.names import make_name_key
from kb.models.names import parse_model_name
from kb.tables import Model


class Rivals:
    """Models by each of their names, and by that of the family that they are sizes or days of."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_family: dict[str, set[str]] = defaultdict(set)
        for model in models:
            for name in (model.name, *(model.aliases or ())):
                self._by_name[make_name_key(name)].add(model.id)
            if family := _find_family(model.name):
                self._by_family[family].add(model.id)

    def list_compared(self, names: Iterable[str], subject_id: str) -> list[tuple[str, str]]:
        """Return name and model; a name of several models is nobody's, unless they are a family.

        "Gemma 3" stands for Gemma 3 27B and its sisters where no model has that very name, and
        "GPT-4o" for its version of a day.
        """
        return [
            (name, key)
            for name in names
            for key in sorted(self._find(name))
            if key != subject_id
        ]  # fmt: skip

    def list_named(self, names: Iterable[str]) -> set[str]:
        """Return all models that could be meant, those of an ambiguous name among them."""
        keys = [make_name_key(name) for name in names]
        return {
            model for key in keys for model in (*self._by_name[key], *self._by_family[key])
        }  # fmt: skip

    def _find(self, name: str) -> set[str]:
        key = make_name_key(name)
        if exact := self._by_name.get(key):
            return exact if len(exact) == 1 else set()
        return self._by_family.get(key, set())


def _find_family(name: str) -> str | None:
    """The key of a name without its one size or date; None where more tells it apart, or less."""
    parts = parse_model_name(name)
    others = parts.marks, parts.contexts, parts.stages, parts.precision
    if len(parts.sizes) + len(parts.dates) != 1 or any(others) or not parts.versions:
        return None
    return make_name_key("".join((*parts.words[:1], *parts.versions, *parts.words[1:])))
