"""Where clauses stand, as a reader would cite them."""

from kb.licences.text.clauses import parse_clauses

TEXT = """Toy Licence

1. Rights.

a. You may use it.

b. Duties.

i. You must keep this text.

ii. You must not:

   (1) sell it; or

   (2) rent it under section
2.1 of this text.

2. Law. The law of the land holds for all of this text.

After all that comes a paragraph without a number.

ATTACHMENT A - USES

(a) One.
"""


def test_places_follow_the_numbering():
    places = {" ".join(clause.text.split()): clause.place for clause in parse_clauses(TEXT)}
    assert places["You may use it."] == "section 1.a"
    assert places["You must keep this text."] == "section 1.b.i"
    assert places["sell it; or"] == "section 1.b.ii.1"
    assert places["rent it under section 2.1 of this text."] == "section 1.b.ii.2"
    assert places["Law. The law of the land holds for all of this text."] == "section 2"
    assert places["After all that comes a paragraph without a number."].endswith("after section 2")
    assert places["One."] == "ATTACHMENT A.a"


def test_items_know_what_introduces_them():
    leads = {clause.text: clause.lead for clause in parse_clauses(TEXT)}
    assert leads["sell it; or"] == "You must not:"
    assert leads["Law. The law of the land holds for all of this text."] == ""


def test_places_count_in_the_text():
    for clause in parse_clauses(TEXT):
        assert " ".join(TEXT[clause.start : clause.end].split()) == " ".join(clause.text.split())
