"""Fields that drafts are made of: bounded lines of text, counts, dates, addresses."""

import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)


def _refuse_control_characters(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise ValueError("contains control characters; write plain text")
    return text


PlainText = AfterValidator(_refuse_control_characters)
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), PlainText
]
Prose = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), PlainText
]
Count = Annotated[int, Field(ge=1, le=2**53)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

PARTIAL_DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADDRESS_PATTERN = r"^(https?://[^\s/]+|pkg:[a-z]+/)\S*$"


def _as_partial_date(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _check_date(value: str) -> str:
    date.fromisoformat((value + "-01-01")[:10])
    return value


PartialDate = Annotated[
    str,
    BeforeValidator(_as_partial_date, json_schema_input_type=str),
    StringConstraints(pattern=PARTIAL_DATE_PATTERN),
    AfterValidator(_check_date),
]
Address = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=2000)]
SourceKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]


class Draft(BaseModel):
    """A strict, frozen model: a field that is not known is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
