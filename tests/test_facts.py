"""The project's records against the founders' lists of facts."""

import csv

import yaml

from kb.domain.drafts import Availability
from kb.stages.load import read_records


def rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_founding_claim_has_a_record_of_its_type(shared, records):
    seeds = {
        claim.seed: claim
        for record in read_records(records)
        for claim in record.draft.claims
        if claim.seed
    }
    for row in rows(shared / "facts" / "seed_claims.csv"):
        assert seeds[row["row"]].type == row["claim_type"], row["row"]


def test_every_reported_result_is_on_record(shared, records):
    """As it stands now, or as it stood before it was corrected or withdrawn."""
    results = [
        result
        for path in sorted(records.glob("*.yaml"))
        for result in list_results(yaml.safe_load(path.read_text(encoding="utf-8")))
    ]
    for row in rows(shared / "facts" / "llama4_evidence.csv"):
        assert any(is_same(result, row) for result in results), row


def list_results(record):
    for result in record.get("results", []):
        yield result
        for note in result.get("corrected", []):
            yield result | note["was"]
    yield from record.get("withdrawn_results", [])


def is_same(result, row):
    metric = row["metric"]
    if not (result["metric"] == metric or result["metric"].startswith(f"{metric}.")):
        return False
    if row["n"] and result.get("n") != int(row["n"].split()[0]):
        return False
    try:
        value = float(row["value"])
    except ValueError:
        return result.get("text") is not None
    low = float(row["low"]) if row["low"] else None
    same_interval = low is None or result.get("low") == low
    day = str(result.get("as_of", ""))[:7]
    return result.get("value") == value and same_interval and day == row["as_of"][:7]


def test_quotes_stand_in_the_articles(shared, records):
    """Every quote from one of the five articles is found there to the letter."""
    import hashlib

    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_text(encoding="utf-8")
        for path in (shared / "seeds").glob("*.txt")
    }
    checked = 0
    for record in read_records(records):
        for claim in record.draft.claims:
            for sighting in claim.sightings:
                text = texts.get(record.draft.sources[sighting.source].sha256)
                if text is not None and sighting.quote:
                    assert sighting.quote in text, (record.name, sighting.quote)
                    checked += 1
    assert checked > 40


def test_withheld_variant_is_not_the_released_one(records):
    models = {record.draft.model.name: record.draft.model for record in read_records(records)}
    withheld = [m for m in models.values() if m.availability is Availability.NEVER_RELEASED]
    assert [model.variant_of for model in withheld] == ["Llama 4 Maverick"]
