"""Model names: parse one as written anywhere, compare two, look up what people have reviewed."""

from kb.domain.model_names.compare import NameComparison, SameName, compare_names
from kb.domain.model_names.lookups import Lookups, load_lookups
from kb.domain.model_names.parse import parse_model_name
from kb.domain.model_names.parts import NameParts

__all__ = [
    "Lookups",
    "NameComparison",
    "NameParts",
    "SameName",
    "compare_names",
    "load_lookups",
    "parse_model_name",
]
