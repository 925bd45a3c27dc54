"""What a licence calls itself, and the identifier made of it."""

import pytest

from kb.licences.titles import find_name, find_own_day, make_reference_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "TOY 2 COMMUNITY LICENSE AGREEMENT\n\nYou may use it.",
            "TOY 2 Community License Agreement",
        ),
        ("# Toy Use Policy\n\nBe good.", "Toy Use Policy"),
        ("toys Model License\n\n2. Scope of License\n", "toys Model License"),
        ("Toy Maker 3\n\nLicense Agreement\n\nYou may use it.", "Toy Maker 3 License Agreement"),
        ("LICENSE\n\nThis Toy Public License governs you.", "Toy Public License"),
        ("You may use it as you see fit.", None),
    ],
)
def test_names(text, expected):
    assert find_name(text) == expected


def test_an_identifier_is_made_of_the_name():
    assert make_reference_id("Toy 2 Community License Agreement") == "LicenseRef-Toy-2-Community"
    assert make_reference_id("License") == "LicenseRef-Unnamed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Release Date: April 5, 2025", "2025-04-05"),
        ("Last updated 3rd May 2024.", "2024-05-03"),
        ("Version of 2023-12-06", "2023-12-06"),
        ("February 31, 2024", None),
        ("No day.", None),
    ],
)
def test_its_own_day(text, expected):
    assert find_own_day(text) == expected
