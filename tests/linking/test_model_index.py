"""One model under its many names, whatever the order in which they come."""

from itertools import permutations

import pytest
from sqlmodel import Session, select

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.domain.drafts import Availability
from kb.linking.model_index import UNKNOWN_VENDOR, ModelIndex
from kb.settings import Settings
from kb.store.database import make_engine, open_session
from kb.tables import Model

SPELLINGS = ("Llama-4-Scout", "Llama 4 Scout", "meta-llama/llama4-scout", "Meta Llama 4 Scout FP8")


def resolve_all(url, names, vendor=None):
    with open_session(url) as session:
        index = ModelIndex(session)
        ids = [index.resolve(name, vendor).id for name in names]
        session.commit()
        rows = [row.model_dump() for row in session.exec(select(Model).order_by(Model.id))]
    return ids, rows


@pytest.mark.parametrize("order", list(permutations(SPELLINGS))[::4])
def test_the_first_comer_does_not_name_the_model(tmp_path, order):
    seen = []
    for number, names in enumerate((order, SPELLINGS)):
        settings = Settings(home=tmp_path / str(number))
        run_init(settings)
        ids, rows = resolve_all(settings.url, names)
        assert set(ids) == {"meta/llama-4-scout"}
        seen.append(rows)
    assert seen[0] == seen[1]
    assert (seen[0][0]["name"], seen[0][0]["vendor"]) == ("Llama 4 Scout", "Meta")


def test_records_are_found_by_every_name(settings, records, session):
    run_load(settings, records)
    index = ModelIndex(session)
    scout, maverick = "meta/llama-4-scout", "meta/llama-4-maverick"
    found = {
        "Llama 4 Scout": scout,
        "Llama-4-Scout-17B-16E": scout,
        "meta-llama/Llama-4-Scout-17B-16E-Instruct": scout,
        "Llama-4-Scout-17B-16E-Instruct-GGUF": scout,
        "Llama-4-Maverick-17B-128E-Instruct-FP8": maverick,
        "Maverick-03-26-Experimental": "meta/llama-4-maverick-03-26-experimental",
        "Llama 4": "meta/llama-4",
        "Llama": "meta/llama",
        "Meta AI": "meta/meta-ai",
        "Llama Guard 3-1B -INT4": "meta/llama-guard-3-1b-int4",
        "gemma-3-270m-Q4_K_M.gguf": "google/gemma-3-270m",
        "SmolLM2 135M Instruct": "huggingfacetb/smollm2-135m-instruct",
    }
    before = len(session.exec(select(Model)).all())
    assert {name: index.resolve(name).id for name in found} == found
    for vendor in ("Meta", "Meta AI", "meta-llama"):
        assert index.resolve("Llama 4 Scout", vendor).id == scout
    assert len(session.exec(select(Model)).all()) == before


def test_what_is_not_a_record_gets_a_model_of_its_own(settings, records, session):
    run_load(settings, records)
    index = ModelIndex(session)
    made = {
        "gemma-3-270m-it": "google/gemma-3-270m-instruct",
        "Llama Guard 3 8B": "meta/llama-3-guard-8b",
        "Llama 4 Scout 128k": "meta/llama-4-scout-128k",
        "SmolLM2-135M": "huggingfacetb/smollm-2-135m",
        "Qwen3-8B": "alibaba/qwen-3-8b",
        "Who Knows 7B": "unknown-vendor/who-knows-7b",
        "somebody/Tuned-7B": "somebody/tuned-7b",
    }
    assert {name: index.resolve(name).id for name in made} == made
    assert index.resolve("Llama 4 Scout", "toys").id == "toys/llama-4-scout"


def test_a_vendor_is_taken_from_the_document_only_where_nothing_else_tells(session):
    index = ModelIndex(session)
    assert index.resolve("GPT-4", implied_vendor="Databricks").vendor == "OpenAI"
    assert index.resolve("Toy 1B", implied_vendor="Toys").vendor == "Toys"
    assert index.resolve("Other 1B").vendor == UNKNOWN_VENDOR
    assert index.resolve("GPT-4", "Databricks").vendor == "Databricks"


def test_a_documented_model_is_found_by_name_alone(session):
    index = ModelIndex(session)
    toy = index.resolve("Toy 1B", "Toys", availability=Availability.RELEASED)
    assert index.resolve("toy-1b").id != toy.id
    session.rollback()
    index = ModelIndex(session)
    session.add(Model(id="toys/toy-1b", name="Toy 1B", vendor="Toys", availability="released",
                      aliases=["Toy-1B-v1"]))  # fmt: skip
    session.flush()
    assert index.resolve("toy-1b").id == "toys/toy-1b"
    assert index.resolve("toy-1b", by_name_only=False).vendor == UNKNOWN_VENDOR


def test_models_of_other_transactions_are_seen(settings, session):
    index = ModelIndex(session)
    index.resolve("Toy 1B", "Toys")
    session.commit()
    with Session(make_engine(settings.url)) as other:
        other.add(Model(id="toys/second", name="Toy 2B", vendor="Toys", availability="announced",
                        aliases=["Toy-2B-Large"]))  # fmt: skip
        other.commit()
    assert index.resolve("toy 2b large", "toys").id == "toys/second"


def test_what_was_rolled_back_is_made_again(session):
    index = ModelIndex(session)
    first = index.resolve("Toy 1B", "Toys").id
    session.rollback()
    assert index.resolve("Toy 1B", "Toys").id == first
    session.commit()
    assert [row.id for row in session.exec(select(Model))] == [first]


def test_an_address_that_a_record_has_is_not_taken(session):
    session.add(Model(id="toys/toy-3-1b", name="Toy 3 1B", vendor="Toys", availability="released"))
    session.flush()
    index = ModelIndex(session)
    assert index.resolve("Toy 3 1B", "Toys").id == "toys/toy-3-1b"
    assert index.resolve("Toy 3.1B", "Toys").id == "toys/toy-3.1b"


def test_a_name_without_a_letter_is_refused(session):
    with pytest.raises(ValueError, match="no letter or digit"):
        ModelIndex(session).resolve("***")


def test_many_names_need_few_questions(session):
    """No scan a call: a name seen before asks the database for one row, whatever is in it."""
    from sqlalchemy import event

    index = ModelIndex(session)
    names = [f"Toy {n} Large {n % 7}B" for n in range(300)]
    for name in names:
        index.resolve(name, "Toys")
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *a: asked.append(a[2]))
    for name in names:
        index.resolve(name.upper(), "toys")
    assert len(asked) <= len(names)
    assert not any("count" in statement or "ORDER BY" in statement for statement in asked)
