"""Each term by its meaning: clauses that say it in several wordings, and ones that do not."""

import pytest

from kb.licences import make_summary, read_licence

GRANT = "1. Grant. You are granted a royalty-free license to use, copy and modify the Model.\n\n"


def read(clause):
    """A licence with one clause beside its grant, as its summary."""
    return make_summary(read_licence(f"TOY 1 MODEL LICENSE\n\n{GRANT}2. {clause}\n"))


@pytest.mark.parametrize(
    ("clause", "field", "expected"),
    [
        ("Firms with more than 40 million monthly active users must ask us.", "mau_limit", 40e6),
        ("If the MAU of your service exceeds 3,000,000 you need a licence.", "mau_limit", 3e6),
        ("Above one hundred million monthly users you shall ask.", "mau_limit", 100e6),
        ("The model was trained on 40 million users' posts.", "mau_limit", None),
        ("If annual revenue exceeds US$ 5,000,000 you must ask.", "revenue_limit", 5e6),
        ("Firms with over 2 million euros in yearly revenue shall ask us.", "revenue_limit", 2e6),
        ("Our liability is limited to $100,000 whatever your revenue.", "revenue_limit", None),
        ("You may not use the Model for commercial purposes.", "commercial_use", "no"),
        ("It may be used solely for non-commercial research purposes.", "commercial_use", "no"),
        ("You may use it for commercial and non-commercial purposes.", "commercial_use", "yes"),
        ("You must keep all copyright notices.", "attribution_required", True),
        ("You may add a notice of your own.", "attribution_required", False),
        ("You shall not use outputs to train another model.", "output_training_restriction", True),
        ("You may use outputs to train another model.", "output_training_restriction", False),
        ("Derivatives must be licensed under this License.", "derivative_share_alike", True),
        ("You may license derivatives under terms of your own.", "derivative_share_alike", False),
        ("We hereby grant you a patent license to make and use it.", "patent_grant", True),
        ("No patent rights are granted by this License.", "patent_grant", False),
        ("If you sue or file a claim that it infringes a patent, your rights terminate.",
         "termination_on_litigation", True),
        ("Your rights terminate if you breach this License.", "termination_on_litigation", False),
        ("You must comply with our Acceptable Use Policy.", "acceptable_use_policy", True),
        ("You must comply with the law.", "acceptable_use_policy", False),
        ("It is not licensed in the EU.", "geographic_restrictions", ["European Union"]),
        ("It is governed by the laws of China; the UN Convention does not apply.",
         "geographic_restrictions", []),
    ],
)  # fmt: skip
def test_a_clause_and_its_term(clause, field, expected):
    assert read(clause)[field] == expected


@pytest.mark.parametrize(
    ("clause", "is_duty"),
    [
        ('You must show "Made with Toy" on a website of the product.', True),
        ('Derived models must carry "Toy" at the beginning of their names.', True),
        ('You are encouraged to show "Made with Toy" on your website.', False),
        (
            'You must keep a "Notice" text file that says: "Toy is licensed under its License".',
            False,
        ),
    ],
)
def test_a_name_that_must_be_shown(clause, is_duty):
    assert (read(clause)["naming_required"] is not None) == is_duty


def test_a_list_of_barred_uses_stands_under_its_lead():
    text = (
        "You agree not to use the Model:\n\n   (a) to build weapons;\n\n   (b) to harass people;\n"
    )
    summary = read(text)
    assert summary["acceptable_use_policy"] is True
    assert summary["field_of_use_restrictions"] == ["to build weapons", "to harass people"]


def test_every_quote_stands_at_its_place():
    text = f"TOY 1 “LICENSE”\n\n{GRANT}2. You must\nkeep all copyright   notices.\n"
    for term in read_licence(text).terms:
        words = text[term.start : term.end].replace("“", '"').replace("”", '"')
        assert " ".join(words.split()) == term.quote


def test_a_limit_tells_when_it_counts():
    clause = (
        "If, on the Toy 1 version release date, you have more than 9 million monthly active "
        "users in the preceding calendar month, you must ask."
    )
    (term,) = read_licence(f"TOY 1 LICENSE\n\n{GRANT}2. {clause}\n").of_kind("mau_limit")
    assert term.note == "counted at: Toy 1 version release date, preceding calendar month"
    assert term.place == "section 2"
