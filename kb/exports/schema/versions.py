"""Versions of the published schema: what changed from one to the next, and what each looked like.

`python -m kb.exports.schema.versions` writes docs/schema-changes.md, and with `--fingerprint` the
fingerprint of what the code publishes now. Whoever changes a table or view adds a version here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemaVersion:
    """A version: its number, what changed, what was removed, and the fingerprint of it all.

    `removed` names tables, views and columns (table.column) of the version before that no longer
    work, each with what to use instead.
    """

    number: int
    changes: tuple[str, ...]
    removed: tuple[tuple[str, str], ...] = ()
    fingerprint: str | None = None


VERSIONS: tuple[SchemaVersion, ...] = (
    SchemaVersion(1, ("The first version.",)),
    SchemaVersion(
        2,
        (
            "Tables `claim_group`, `claim_attribution`, `claim_history`, `judgement`.",
            "Views `claim_changes`, `claim_groups`, `current_sightings`, `same_claims`.",
            "`claims_vs_reality` has one row per claim, whatever the wording.",
        ),
    ),
    SchemaVersion(
        3,
        (
            "`trial` has `task`, `scorer`, and a list as `expected`.",
            "View `depth_map`; `context_curve` has mean scores.",
        ),
        (("trial.correct", "`trial.score`, from 0 to 1"),),
    ),
    SchemaVersion(
        4,
        (
            "Tables `contest`, `reply`, `battle`, `parameter_part`, `memory_need`.",
            "Views `rating_series` and `battles`.",
        ),
    ),
    SchemaVersion(
        5,
        (
            "Table `claim_meaning`: the wording of each claim as a vector, for search by meaning.",
            "Table `vendor_reply`: vendors' replies to claims.",
            "View `verdict_trail`: all the evidence behind each current verdict.",
            "`claims_vs_reality` is now a table, also in Parquet, with four more columns: "
            "`availability`, `conditions`, `found_unit`, `is_measured_here`.",
            "`about` holds `schema_changes`: what this version changed and removed.",
            "Parquet: `measurement` is a folder by claim type and `trial` a folder by model, with "
            "the same rows; every other table is still one file.",
        ),
        (
            ("parquet/measurement.parquet", "`parquet/measurement/*/*.parquet`"),
            ("parquet/trial.parquet", "`parquet/trial/*/*.parquet`"),
        ),
        "25da824dfd64577b",
    ),
    SchemaVersion(
        6,
        (
            "`verdict` has `facts`: what its sentence says beyond claim, figures and evidence. The "
            "sentence is no longer part of a verdict: `explanation` is made from the rest when "
            "an edition is written, and `words_version` says which version of the rule's template "
            "made it.",
            "`claims_vs_reality` has `words_version` too.",
        ),
        fingerprint="249feff677f0e283",
    ),
    SchemaVersion(
        7,
        (
            "Table `probe`: what each probe tests and how, in plain words.",
            "Table `plan_description`: how each plan tested its claim, in plain words.",
            "`trial.context_tokens` and `trial.expected` may be empty: not every probe asks about "
            "texts of a given length, or has one right answer.",
        ),
        fingerprint="f929d03dc83b11ec",
    ),
    SchemaVersion(
        8,
        (
            "Table `correction`: what was wrong in a claim, its sighting, a result, a release or a "
            "model, and since when it is right.",
            "Sightings, results, releases, models and claims that a corrected record or a later "
            "reading no longer holds are not published.",
            "`reading` has `inputs`: a digest of what it was told besides the bytes.",
            "A sighting tells apart who speaks in the document (`said_by`), whom it quotes or "
            "reports (`attributed_to`, `attributed_org`, `attribution`, `attribution_words`), "
            "whose figure it is (`figure_of`), whether it disputes the claim (`disputes`), and "
            "what it leaves out (`note`).",
            "Table `claim_maker`: who made each claim, and on what ground. `claims_vs_reality` has "
            "`maker`, `said_as` and `is_vendors_claim`; its `said_by` is now the maker's name.",
            "`claim.question`: why we ask what nobody claimed.",
            "`measurement.evidence`: a run, a declared limit, arithmetic, a document, a report; "
            "`basis` may be `computed` or `stated_by_vendor`. `source.author`: who speaks in it.",
            "Tables `audit`, `audit_judgement` and `audit_correction`: facts of the records drawn "
            "by chance, what readers found in their sources, what was corrected since.",
            "Table `audit_result`: the share that is right, with its interval, by reader and for "
            "all, and how far two readers agree. View `audit_findings`: what was not right.",
            "What machines read and nobody reviewed, or a person rejected, is in no table but "
            "these: `unreviewed_reading` holds what waits for review, `review_decision` what was "
            "decided, by whom and why. `sighting.review` says how a reading was reviewed.",
            "`sighting.words_key` and `measurement.words_key`: which words were read. "
            "`measurement` has `snapshot_id`, `quote`, `quote_start`, `quote_end` and `extractor` "
            "where a machine read it.",
        ),
        (("claim.said_by", "`claim_maker.said_by`"),),
        fingerprint="8acb0df2bb149e39",
    ),
)
CURRENT = VERSIONS[-1]

_HEAD = """\
# Changes to the published schema

The file says which version it has (`select value from about where key = 'schema_version'`). Names
from one version still work in the next, unless they are listed here as gone. Generated by
`make dictionary`.
"""


def render_changes() -> str:
    """Return the page of changes, newest first."""
    return "\n".join([_HEAD, *map(_render_version, reversed(VERSIONS))])


def _render_version(version: SchemaVersion) -> str:
    changes = [f"- {change}" for change in version.changes]
    gone = [f"- Gone: `{name}`; use {instead}." for name, instead in version.removed]
    return "\n".join([f"## Version {version.number}\n", *changes, *gone, ""])


if __name__ == "__main__":
    print(render_changes(), end="")
