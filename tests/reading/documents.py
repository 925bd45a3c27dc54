"""What the tests of reading share: the claims of a text, checked to stand where they say."""

from kb.reading import read_text


def claims_of(text, name="card.md", **options):
    found = read_text(text, name=name, **options)
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
    assert found.kept + len(found.excluded) + len(found.failed) == found.candidates
    return {
        (
            claim.claim_type,
            claim.subject,
            claim.claimed_text if claim.claimed_value is None else claim.claimed_value,
        )
        for claim in found.claims
    }


def types_of(text):
    return {kind for kind, _, _ in claims_of(text)}
