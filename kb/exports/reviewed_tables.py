"""The tables of an edition without what machines read and nobody reviewed, or a person rejected.

What is left out takes with it all that hangs on it, so that no count and no query meets it. What
waits for review has a table of its own (`unreviewed_reading`).
"""

from collections.abc import Iterable
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from kb.domain.ids import make_canonical_json
from kb.exports.arrow_tables import list_rows
from kb.store.review.standing import (
    Standing,
    StandingRows,
    describe_review,
    make_standing,
)
from kb.tables import PUBLISHED, Claim, Measurement, ReviewDecision, Sighting
from kb.tables.base import Table, get_columns, get_name

NAME, KIND = "review", "json"
TABLE = "sighting"
WORDS = (
    "How what a machine read was reviewed: state (accepted or mended), author, reason, day, what "
    "the machine had said. Empty in what people recorded and in headers of releases."
)
_TOLD_BY = ("id", "claim_id", "source_id", "snapshot_id", "extractor", "words_key")
Tables = dict[str, pa.Table]


def find_standing(tables: Tables) -> Standing:
    """Return what stands by the decisions among the tables."""
    claims, sources = tables["claim"], tables["source"]
    read = tables["measurement"].filter(pc.is_valid(tables["measurement"]["extractor"]))

    def find_claims(ids: set[str]) -> dict[str, Claim]:
        wanted = claims.filter(pc.is_in(claims["id"], pa.array(sorted(ids), pa.string())))
        return {row.id: row for row in list_rows(Claim, wanted)}

    return make_standing(
        StandingRows(
            sightings=list_rows(Sighting, tables[TABLE].select(_TOLD_BY)),
            results=list_rows(Measurement, read),
            source_kinds=dict(
                zip(sources["id"].to_pylist(), sources["kind"].to_pylist(), strict=True)
            ),
            decisions=list_rows(ReviewDecision, tables["review_decision"]),
            find_claims=find_claims,
        )
    )


def keep_reviewed(tables: Tables, standing: Standing) -> Tables:
    """Return the tables with what readers are shown, each sighting with its state."""
    kept = tables | {TABLE: _review_sightings(tables[TABLE], standing)}
    gone: dict[str, set[str]] = {
        "claim": set(standing.hidden_claims),
        "measurement": set(standing.hidden_results),
    }
    if not any(gone.values()):
        return kept
    _drop_with_children(kept, gone)
    _drop_verdicts(kept, gone["measurement"], tables)
    gone["model"] = _find_unused_models(tables, kept)
    _drop_with_children(kept, gone)
    return kept


def _review_sightings(sightings: pa.Table, standing: Standing) -> pa.Table:
    """The sightings that are shown, each with the claim that it is one of, and its state."""
    rows = list_rows(Sighting, sightings.select(("id", "claim_id")))
    shown = [row for row in rows if standing.is_shown(row.id)]
    if len(shown) < len(rows):
        sightings = sightings.filter(pa.array([standing.is_shown(row.id) for row in rows]))
    reviews = [describe_review(standing.get_review(row.id)) for row in shown]
    told = pa.array([review and make_canonical_json(review) for review in reviews], pa.string())
    claim_ids = pa.array([standing.find_claim_id(row) for row in shown], pa.string())
    place = sightings.column_names.index("claim_id")
    return sightings.set_column(place, "claim_id", claim_ids).append_column(NAME, told)


def _drop_with_children(kept: Tables, gone: dict[str, set[str]]) -> None:
    """Drop what is gone and every row that leads to it; parents come first in PUBLISHED."""
    for table in PUBLISHED:
        name = get_name(table)
        if name == "review_decision":  # the one table that tells
            continue
        data = kept[name]
        masks = _find_orphans(table, data, gone)
        if gone.get(name):
            masks.append(_is_in(data["id"], gone[name]))
        if not masks or not data.num_rows:
            continue
        mask = reduce(pc.or_, masks)
        if "id" in data.column_names:
            gone.setdefault(name, set()).update(data.filter(mask)["id"].to_pylist())
        kept[name] = data.filter(pc.invert(mask))


def _find_orphans(
    table: type[Table], data: pa.Table, gone: dict[str, set[str]]
) -> list[pa.ChunkedArray]:
    """For each key that may lead to what is gone: which rows it leads there."""
    return [
        _is_in(data[column.name], missing)
        for column in get_columns(table)
        for key in column.foreign_keys
        if (missing := gone.get(key.column.table.name))
    ]


def _is_in(values: pa.ChunkedArray, ids: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(values, pa.array(sorted(ids), pa.string()))


def _drop_verdicts(kept: Tables, results: set[str], tables: Tables) -> None:
    """Drop verdicts that rest on what is left out, and those before them.

    Where it is the last one, the claim has no verdict until it is judged again.
    """
    links = tables["verdict_evidence"]
    resting = set(links.filter(_is_in(links["measurement_id"], results))["verdict_id"].to_pylist())
    verdicts = kept["verdict"]
    before = dict(
        zip(verdicts["id"].to_pylist(), verdicts["supersedes_id"].to_pylist(), strict=True)
    )
    out: set[str] = set()
    for start in resting & before.keys():
        current: str | None = start
        while current is not None and current not in out:
            out.add(current)
            current = before.get(current)
    if not out:
        return
    left = verdicts.filter(pc.invert(_is_in(verdicts["id"], out)))
    place = left.column_names.index("supersedes_id")
    first = _is_in(left["supersedes_id"], out)
    chain = pc.if_else(first, pa.scalar(None, pa.string()), left["supersedes_id"])
    kept["verdict"] = left.set_column(place, "supersedes_id", chain)
    links = kept["verdict_evidence"]
    kept["verdict_evidence"] = links.filter(pc.invert(_is_in(links["verdict_id"], out)))


def _find_unused_models(tables: Tables, kept: Tables) -> set[str]:
    """Models that only readings name which are left out: nobody vouches that they exist."""
    models = kept["model"]
    named = _list_models(tables) - _list_models(kept)
    documented = models.filter(
        pc.or_(pc.is_valid(models["availability_source_id"]), pc.not_equal(models["aliases"], "[]"))
    )
    parents = models.filter(pc.invert(_is_in(models["id"], named)))["variant_of"]
    return named - set(documented["id"].to_pylist()) - set(parents.to_pylist())


def _list_models(tables: Tables) -> set[str]:
    names = ("claim", "measurement", "release")
    return {key for name in names for key in pc.unique(tables[name]["model_id"]).to_pylist()}
