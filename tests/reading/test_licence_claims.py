"""What a document says of its licence."""

from kb.domain.drafts import SourceKind
from kb.reading import read_text
from tests.reading.documents import claims_of


def test_a_licence_is_named_by_its_own_title():
    text = (
        "TOYLA 3 COMMUNITY LICENSE AGREEMENT\n\nSection 1. See the Apache License, Version 2.0.\n"
    )
    found = claims_of(text, "LICENSE", kind=SourceKind.LICENSE, about="Toyla 3")
    assert found == {("license", "Toyla 3", "TOYLA 3 COMMUNITY LICENSE AGREEMENT")}


def test_clauses_and_policies_are_no_licences():
    text = (
        "# Toy 2\n\nUse that the Acceptable Use Policy and Toy 2 Community License forbid is not "
        "allowed. See the Grant of Patent License.\n"
    )
    said = [claim.claimed_text for claim in read_text(text).claims if claim.claim_type == "license"]
    assert said == ["Toy 2 Community License"]


def test_a_page_that_opens_as_a_licence_is_read_as_one():
    text = "Toy 2 Community License\n\n1. Grant of Copyright License. The MIT License is a model.\n"
    for kind in (None, SourceKind.VENDOR_PAGE, SourceKind.LICENSE):
        said = [claim.claimed_text for claim in read_text(text, kind=kind, name="a.txt").claims]
        assert said == ["Toy 2 Community License"]


def test_a_notice_above_the_text_is_no_licence_of_the_model():
    text = (
        "<!--Notice.\n\nLicensed under the Apache License, Version 2.0; you may not use it.\n\n"
        "-->\n"
        "# Toyla 7\n\nToyla 7 was pretrained on 3T tokens.\n"
    )
    assert claims_of(text) == {("training_tokens", "Toyla 7", 3e12)}
