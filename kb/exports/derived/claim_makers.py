"""The table of makers in the published file: who made each claim, and on what ground we say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from kb.domain.in_force.judgements import Groups
from kb.models.speakers import Speech, find_maker, make_speech
from kb.tables import Claim, Sighting

NAME = "claim_maker"
COMMENT = "Who made each claim. A vendor only if its own document, or a quotation of it, says so."
COLUMNS = {
    "claim_id": "The claim that represents all that say the same thing.",
    "said_by": "Who made it, as a page names them.",
    "maker": "The organisation behind it: the vendor, where the vendor is charged with it.",
    "said_as": "On what ground: own_document, quoted, release, quoted_other, other_document, "
    "reported or question.",
    "is_vendors_claim": "Whether it is charged to the model's vendor.",
}


def make_claim_makers(
    claims: Iterable[Claim],
    sightings: Iterable[Sighting],
    source_kinds: Mapping[str, str],
    vendors: Mapping[str, str],
    groups: Groups,
) -> pa.Table:
    """Return one row a claim that stands for others or for itself.

    `sightings` are those in force; `source_kinds` by source, `vendors` by model.
    """
    speeches: defaultdict[str, list[Speech]] = defaultdict(list)
    for row in sightings:
        speech = make_speech(vars(row), source_kinds.get(row.source_id))
        speeches[groups.get_canonical(row.claim_id)].append(speech)
    rows = [
        {
            "claim_id": claim.id,
            **find_maker(speeches[claim.id], vendors[claim.model_id], claim.question).as_columns(),
        }
        for claim in claims
        if groups.get_canonical(claim.id) == claim.id
    ]
    return pa.Table.from_pylist(rows, _SCHEMA)


_SCHEMA = pa.schema(
    [(name, pa.bool_() if name == "is_vendors_claim" else pa.string()) for name in COLUMNS]
)
