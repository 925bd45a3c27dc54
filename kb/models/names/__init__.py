"""Model names: parse one as written anywhere, compare two, look up what people have reviewed."""

from kb.models.names.compare import NameComparison, SameName, compare_names
from kb.models.names.lookups import Lookups, load_lookups
from kb.models.names.parse import parse_model_name
from kb.models.names.parts import NameParts

__all__ = [
    "Lookups",
    "NameComparison",
    "NameParts",
    "SameName",
    "compare_names",
    "load_lookups",
    "parse_model_name",
]
