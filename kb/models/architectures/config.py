"""A release's `config.json`, read with every value bounded: strangers wrote it."""

from collections.abc import Mapping
from typing import Any

_LARGEST = 10**9
_MOST_LAYERS = 2000
_MOST_EXPERTS = 100_000
_TEXT_PARTS = ("text_config", "llm_config", "language_config")


class ShapeError(ValueError):
    """The config does not tell the model's shape; the message says what is missing or wrong."""


class Config:
    """The values of a config; those of the text model first, then those around it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        parts = (values[key] for key in _TEXT_PARTS if isinstance(values.get(key), Mapping))
        self.whole = values
        self.text: Mapping[str, Any] = next(parts, values)

    @property
    def architecture(self) -> str | None:
        """What the config calls the text model's architecture, or None."""
        for values in (self.text, self.whole):
            name = values.get("model_type")
            if isinstance(name, str) and name.strip():
                return name.strip()
        return None

    def integer(self, *keys: str, most: int = _LARGEST) -> int:
        """Return the whole number under the first of `keys` that is there.

        Raises ShapeError when there is none, or it is none that a model can have.
        """
        found = self.find_integer(*keys, most=most)
        if found is None:
            raise ShapeError(f"the config has no {' or '.join(keys)}")
        return found

    def find_integer(self, *keys: str, most: int = _LARGEST) -> int | None:
        """Return as `integer` does; None where none of `keys` holds anything."""
        for key in keys:
            value = self.text.get(key)
            if value is None:
                continue
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
                raise ShapeError(f"the config's {key} is {str(value)[:40]}, no sane number")
            return value
        return None

    def truth(self, key: str, default: bool) -> bool:
        """Return a yes or no, or what this architecture means by leaving it out."""
        for values in (self.text, self.whole):
            if isinstance(value := values.get(key), bool):
                return value
        return default

    def names(self, key: str) -> list[str] | None:
        """Return a list of words, or None."""
        value = self.text.get(key)
        if not isinstance(value, list) or len(value) > _MOST_LAYERS:
            return None
        return [str(item) for item in value]

    def numbers(self, key: str) -> frozenset[int]:
        """Return a list of whole numbers as a set; empty where there is none."""
        value = self.text.get(key)
        if not isinstance(value, list) or len(value) > _MOST_LAYERS:
            return frozenset()
        return frozenset(item for item in value if isinstance(item, int))

    def layers(self) -> int:
        """Return how many layers the model has."""
        return self.integer("num_hidden_layers", "n_layer", most=_MOST_LAYERS)

    def experts(self, *keys: str) -> int:
        """Return how many experts a layer has; 0 where it is not divided."""
        return self.find_integer(*keys, most=_MOST_EXPERTS) or 0
