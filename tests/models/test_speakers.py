"""Who made a claim: the vendor only by its own document or a quotation of it."""

import pytest

from kb.domain.speech import SpeechKind
from kb.models.speakers import Speech, find_maker, is_same_organisation

OWN = Speech("Meta", "2025-04-05", "model_card")
ACCOUNT = Speech("meta-llama", "2025-04-05", "model_card")
PRESS = Speech("The Times", "2025-04-06", "press")
QUOTED = Speech(
    "The Times", "2025-04-07", "press", "Mark Zuckerberg", "Meta", "quoted"
)  # fmt: skip
REPORTED = Speech("The Times", "2025-04-06", "press", "Meta", None, "reported")
TESTER = Speech("The Times", "2025-04-06", "press", "A tester", None, "quoted")
HEADER = Speech("a package", None, "release")
AGAINST = Speech("Critics", "2025-04-06", "press", disputes=True)
QUOTE_DISPUTED = Speech("Critics", None, "press", "Meta", None, "quoted", disputes=True)


@pytest.mark.parametrize(
    ("speeches", "name", "organisation", "kind", "charged"),
    [
        ([PRESS, OWN], "Meta", "Meta", SpeechKind.OWN_DOCUMENT, True),
        ([PRESS, ACCOUNT], "Meta", "Meta", SpeechKind.OWN_DOCUMENT, True),
        ([PRESS, QUOTED], "Mark Zuckerberg (Meta)", "Meta", SpeechKind.QUOTED, True),
        ([PRESS, REPORTED], "The Times", "The Times", SpeechKind.OTHER_DOCUMENT, False),
        ([REPORTED], "The Times, reporting Meta", "The Times", SpeechKind.REPORTED, False),
        ([TESTER, PRESS], "A tester", "A tester", SpeechKind.QUOTED_OTHER, False),
        ([HEADER, PRESS], "The release's own files", "a package", SpeechKind.RELEASE, False),
        ([AGAINST, PRESS], "The Times", "The Times", SpeechKind.OTHER_DOCUMENT, False),
        ([AGAINST], "nobody on record", "As Claimed", SpeechKind.QUESTION, False),
        ([QUOTE_DISPUTED, PRESS], "The Times", "The Times", SpeechKind.OTHER_DOCUMENT, False),
    ],
)
def test_the_strongest_ground_names_the_maker(speeches, name, organisation, kind, charged):
    for order in (speeches, speeches[::-1]):
        maker = find_maker(order, "Meta")
        assert (maker.name, maker.organisation, maker.kind) == (name, organisation, kind)
        assert maker.as_columns()["is_vendors_claim"] is charged


def test_of_equal_grounds_the_earliest_counts():
    later = Speech("Another paper", "2025-05-01", "press")
    undated = Speech("A blog", None, "press")
    assert find_maker([undated, later, PRESS], "Meta").name == "The Times"


def test_a_question_of_ours_is_nobodys_claim():
    maker = find_maker([OWN], "Meta", "We combined two claims.")
    assert (maker.organisation, maker.kind) == ("As Claimed", SpeechKind.QUESTION)


def test_accounts_are_the_organisations_they_belong_to():
    assert is_same_organisation("meta-llama", "Meta")
    assert not is_same_organisation("Meta", "Monica")
