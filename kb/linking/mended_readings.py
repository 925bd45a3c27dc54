"""What a person mends a reading to: another model, value or kind, as rows like any other's."""

from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from kb.domain.drafts import ClaimDraft, SightingDraft
from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.domain.review.statements import (
    Statement,
    make_claim_statement,
    make_reading_key,
    make_result_statement,
)
from kb.linking.found_rows import read_message
from kb.linking.model_index import ModelIndex
from kb.store.insert import make_row
from kb.store.review.readings import MachineReading
from kb.store.review.standing import MENDED_BY
from kb.store.rows import make_claim
from kb.tables import Claim, Measurement, Model
from kb.tables.base import Table


@dataclass(frozen=True)
class Mending:
    """What the words really say; what is None was read rightly.

    `claimed` is the figure as it is written, with its unit.
    """

    model: str | None = None
    vendor: str | None = None
    type: str | None = None
    metric: str | None = None
    claimed: str | None = None

    def as_json(self) -> dict[str, str]:
        """Return what is changed."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True)
class Mended:
    """The rows of a mended reading, and the key under which a reading that says so is found."""

    id: str
    key: str
    said: Statement
    rows: list[Table]


def make_mended(session: Session, reading: MachineReading, mending: Mending) -> Mended:
    """Return what a reading is mended to; its model is put on record if its vendor is given.

    Raises UserError when nothing is changed, or what it would say is no claim.
    """
    if not mending.as_json():
        raise UserError("nothing is mended; name a model, a value or a type")
    model = _find_model(session, reading, mending)
    try:
        row, said = _make_row(reading, mending, model)
    except (ValidationError, ValueError) as error:
        raise UserError(f"that cannot be claimed: {read_message(error)}") from None
    key = make_reading_key(reading.row.words_key, said)
    if key == reading.key:
        raise UserError("that is what was read already; accept it")
    return Mended(row.id, key, said, [row])


def _find_model(session: Session, reading: MachineReading, mending: Mending) -> Model:
    if mending.model is None:
        return reading.model
    index = ModelIndex(session)
    found = index.find(mending.model, mending.vendor)
    if found is not None:
        return found
    if mending.vendor is None:
        raise UserError(f"no model {mending.model!r} is on record; name its vendor to add it")
    return index.resolve(mending.model, mending.vendor)


def _make_row(
    reading: MachineReading, mending: Mending, model: Model
) -> tuple[Claim | Measurement, Statement]:
    if reading.claim is None:
        result = _make_result(reading.row, mending, model)
        return result, make_result_statement(result)
    claim = _make_claim(reading.claim, mending, model)
    return claim, make_claim_statement(claim)


def _make_claim(before: Claim, mending: Mending, model: Model) -> Claim:
    figure = {
        "value": before.claimed_value,
        "value_high": before.claimed_high,
        "unit": before.unit,
        "operator": before.operator,
    }
    is_same_figure = mending.claimed is None and mending.type in (None, before.claim_type)
    draft = ClaimDraft(
        type=mending.type or before.claim_type,
        metric=mending.metric or (before.metric if mending.type is None else None),
        claimed=mending.claimed or before.claimed_text,
        question=before.question,
        subject_text=mending.model or before.subject_text,
        conditions=before.conditions,
        sightings=[SightingDraft(source="snapshot")],
        **(figure if is_same_figure else {}),
    )
    return make_claim(draft, model.name, model.id)


def _make_result(before: Measurement, mending: Mending, model: Model) -> Measurement:
    values: dict[str, Any] = before.model_dump(exclude={"id", "model_id", "words_key"})
    values |= {"metric": mending.type or before.metric, "extractor": MENDED_BY}
    if mending.claimed is not None:
        is_number = before.value is not None
        number = _read_number(mending.claimed) if is_number else None
        text = None if is_number else mending.claimed
        values |= {"value": number, "text": text, "low": None, "high": None}
    return make_row(
        Measurement,
        id=make_content_id("mea", model.id, before.id, values),
        model_id=model.id,
        **values,
    )


def _read_number(text: str) -> float:
    try:
        return float(text.replace(",", "").split()[0])
    except (ValueError, IndexError):
        raise UserError(f"{text!r} is no number; write it as digits") from None
