"""What the schema library found wrong, in words for somebody who writes a record or a form."""

from collections.abc import Mapping
from typing import Any

from kb.domain.drafts import ADDRESS_PATTERN, PARTIAL_DATE_PATTERN

_WORDS = {
    "missing": "is missing and must be given",
    "extra_forbidden": "no such field",
    "string_type": "should be words",
    "string_too_short": "should not be empty",
    "string_too_long": "is longer than {max_length} characters; shorten it",
    "enum": "choose one of {expected}",
    "literal_error": "choose one of {expected}",
    "list_type": "should be a list: each item on a line that begins with `- `",
    "tuple_type": "should be a list: each item on a line that begins with `- `",
    "too_short": "should have at least {min_length} item",
    "too_long": "has more than {max_length} items",
    "dict_type": "should be a block of `name: value` lines",
    "model_type": "should be a block of `name: value` lines",
    "model_attributes_type": "should be a block of `name: value` lines",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "finite_number": "should be a finite number",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "greater_than": "should be more than {gt}",
    "greater_than_equal": "should be at least {ge}",
    "less_than": "should be less than {lt}",
    "less_than_equal": "should be at most {le}",
    "date_type": "should be a day, written YYYY-MM-DD",
    "date_parsing": "should be a day, written YYYY-MM-DD",
    "date_from_datetime_parsing": "should be a day, written YYYY-MM-DD",
    "date_from_datetime_inexact": "should be a day, written YYYY-MM-DD",
}
_PATTERNS = {
    PARTIAL_DATE_PATTERN: "should be a day, a month or a year: 2026-01-31, 2026-01 or 2026",
    ADDRESS_PATTERN: "should be an address, like https://vendor.example/page",
}


def explain_error(error: Mapping[str, Any]) -> str:
    """Return what is wrong and what would be right; `error` is one of pydantic's."""
    context = dict(error.get("ctx") or {})
    words = _PATTERNS.get(context.get("pattern", "")) or _WORDS.get(error["type"])
    if words is not None:
        return words.format_map(context)
    return str(error["msg"]).removeprefix("Value error, ")
