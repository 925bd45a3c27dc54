"""Which models a claim means by the names that it gives its subject's rivals."""

import pytest

from kb.store.claims.rivals import Rivals
from kb.tables import Model

MODELS = [
    Model(id=f"v/{key}", name=name, vendor="V", availability="unknown", aliases=aliases)
    for key, name, aliases in (
        ("gemma-3-27b", "Gemma 3 27B", []),
        ("gemma-3-270m", "Gemma 3 270M", []),
        ("small", "Mistral Small 3.1", ["Mistral 3.1"]),
        ("4o-may", "GPT-4o 2024-05-13", []),
        ("4o-august", "GPT-4o 2024-08-06", []),
        ("4o-mini", "GPT-4o mini 2024-07-18", []),
        ("v3", "DeepSeek V3", []),
        ("v3-0324", "DeepSeek V3 0324", []),
        ("one", "Toy", []),
        ("other", "toy", []),
    )
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Mistral 3.1", ["v/small"]),
        ("deepseek-v3", ["v/v3"]),
        ("Gemma 3", ["v/gemma-3-270m", "v/gemma-3-27b"]),
        ("Gemma 3 27B", ["v/gemma-3-27b"]),
        ("Gemma 2", []),
        ("GPT-4o", ["v/4o-august", "v/4o-may"]),
        ("Toy", []),  # two models bear the name
    ],
)
def test_a_name_means_one_model_or_the_sizes_or_days_of_a_family(name, found):
    assert [key for _, key in Rivals(MODELS).list_compared([name], "v/subject")] == found


def test_a_model_is_no_rival_of_its_own():
    assert Rivals(MODELS).list_compared(["DeepSeek V3"], "v/v3") == []


def test_all_that_could_be_meant_travel_with_a_verdict():
    assert Rivals(MODELS).list_named(["Toy", "Gemma 3"]) == {
        "v/one", "v/other", "v/gemma-3-270m", "v/gemma-3-27b",
    }  # fmt: skip
