"""ClaimReview (schema.org, JSON-LD): each verdict as the fact-check that search engines read."""

from typing import IO, Any

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, NAME, FileFormat, as_json, as_time, drop_empty

# Google's and the Duke Reporters' Lab's scale runs from 1 (false) to 5 (true); outcomes that are
# neither true nor false carry words alone.
_RATINGS = {"supported": 5, "overstated": 2, "wrong_artefact": 1, "refuted": 1}
_WORDS = {
    "supported": "Supported", "overstated": "Overstated", "refuted": "Refuted",
    "wrong_artefact": "True of something that was not released",
    "inconclusive": "Not settled", "pending": "A promise, not yet due",
    "not_testable": "Cannot be tested: no weights",
}  # fmt: skip
_QUERY = """
select c.*, s.quote, s.said_on, o.url, o.title, o.publisher
from claims_vs_reality c
left join lateral (
    select * from current_sightings x where x.claim_id = c.claim_id and not x.disputes
        order by x.said_on nulls last, x.id limit 1
) s on true
left join source o on o.id = s.source_id
where c.outcome is not null and c.outcome <> 'untested' and c.said_as <> 'question'
order by c.claim_id
"""


def write(edition: EditionReader, out: IO[str]) -> None:
    """Write one graph of all verdicts that say something."""
    out.write('{"@context": "https://schema.org", "@graph": [\n')
    for number, row in enumerate(edition.read(_QUERY)):
        out.write((",\n" if number else "") + as_json(_make_review(row)))
    out.write("\n]}\n")


def _make_review(row: Row) -> dict[str, Any]:
    outcome = row["outcome"]
    rating = {
        "@type": "Rating",
        "alternateName": _WORDS.get(outcome, outcome),
        "ratingExplanation": row["explanation"],
    }
    if outcome in _RATINGS:
        rating |= {"ratingValue": _RATINGS[outcome], "worstRating": 1, "bestRating": 5}
    return drop_empty(
        {
            "@type": "ClaimReview",
            "@id": f"urn:as-claimed:{row['verdict_id']}",
            "url": f"{ADDRESS}/claim?id={row['claim_id']}",
            "datePublished": as_time(row["judged_at"]),
            "author": {"@type": "Organization", "name": NAME, "url": ADDRESS},
            "claimReviewed": f"{row['said_by']} on {row['model']}: {row['claimed_text']}",
            "itemReviewed": _make_claim(row),
            "reviewRating": rating,
        }
    )


def _make_claim(row: Row) -> dict[str, Any]:
    seen = drop_empty(
        {"@type": "CreativeWork", "url": row["url"], "name": row["title"],
         "publisher": row["publisher"], "text": row["quote"]}
    )  # fmt: skip
    return drop_empty(
        {
            "@type": "Claim",
            "@id": f"urn:as-claimed:{row['claim_id']}",
            "text": row["claimed_text"],
            "author": {"@type": "Organization", "name": row["maker"]},
            "datePublished": row["said_on"],
            "about": {"@type": "SoftwareApplication", "name": row["model"]},
            "firstAppearance": seen if row["url"] else None,
        }
    )


FORMAT = FileFormat(
    "claimreview", "Verdicts as schema.org ClaimReview, JSON-LD.", "claimreview.jsonld", write
)
