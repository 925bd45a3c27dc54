"""The project's records against the founders' lists of facts."""

import csv

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


# Founding results that did not hold against their sources: the records have another figure, day or
# interval, or none.
WRONG = {
    ("Llama-4-Scout", "served_context", "328000"): "Amazon Bedrock lists 3,500,000",
    ("Llama-4-Scout", "effective_context", "1000"): "published on 10 April 2025",
    ("Llama-4-Maverick", "effective_context", "2000"): "published on 10 April 2025",
    ("Llama-4-Scout", "mmlu_pro", "75.16"): "the interval was one standard error",
    ("Llama-4-Scout", "mmlu_pro", "50.71"): "a bug of an engine, reported in November 2025",
    ("Llama-4-Maverick", "arena_hard_v2", "17.2"): "published on 1 May 2025",
    ("Llama-4-Maverick", "arena_hard_v2", "12.0"): "published on 1 May 2025",
}


def test_every_reported_result_is_on_record_but_for_those_found_wrong(shared, records):
    results = [result for record in read_records(records) for result in record.draft.results]
    wrong = [
        (row["subject"], row["metric"], row["value"])
        for row in rows(shared / "facts" / "llama4_evidence.csv")
        if not any(_is_same(result, row) for result in results)
    ]
    assert sorted(wrong) == sorted(WRONG)


def _is_same(result, row):
    metric = row["metric"]
    if not (result.metric == metric or result.metric.startswith(f"{metric}.")):
        return False
    if row["n"] and result.n != int(row["n"].split()[0]):
        return False
    try:
        value = float(row["value"])
    except ValueError:
        return result.text is not None
    low = float(row["low"]) if row["low"] else None
    same_interval = low is None or result.low == low
    return result.value == value and same_interval and (result.as_of or "")[:7] == row["as_of"][:7]


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
