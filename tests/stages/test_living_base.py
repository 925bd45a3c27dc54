"""A record that is corrected takes effect in a base that lives on, as in a fresh one."""

import json
from copy import deepcopy
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.records.files import RecordError
from kb.stages.load import read_records
from kb.store.archive.origins import Brought
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.tables import Model, Revision, Source
from migrations.first_assertions import insert_assertions
from tests.crawlers.fixture_files import FIXTURES
from tests.stages.living_base import CARD, RECORD, archive, dump_in_force, load, make_base, read

PAGES = {"https://toys.example/card": CARD, "https://other.example/": CARD.replace("7 b", "8 b")}


def change(**parts):
    """The record with some parts changed, named model__vendor, claims__0__claimed …"""
    record = deepcopy(RECORD)
    for path, value in parts.items():
        *way, last = [int(key) if key.isdigit() else key for key in path.split("__")]
        place = record
        for key in way:
            place = place[key]
        place[last] = value
    return record


CHANGES = {
    "figure": change(claims__0__claimed="200K tokens"),
    "speaker": change(claims__0__sightings__0__said_by="News"),
    "alias": change(model__aliases=["Toy-2-Chat", "Toy 2 Turbo"]),
    "not_the_same": change(model__not_the_same_as=["Toy 2"]),
    "vendor": change(model__vendor="Other Toys"),
    "availability": change(model__availability="announced", releases=[]),
    "source_gone": change(sources__card__url="https://toys.example/archived-card"),
    "claim_of_the_crawl": change(claims__1__claimed="7.1B"),
    "release": change(releases__0__repository="toys/toy-2-chat"),
    "release_day": change(releases__0__published_on="2026-09-30"),
    "result": change(results__0__value=32000),
    "source": change(sources__card__publisher="Toys Inc."),
    "source_day": change(sources__card__published_on=None),
    "withdrawn": change(claims=RECORD["claims"][:1]),
}


def make_fresh(home, record, url=None):
    """A fresh base: loaded from the record, with the same archive."""
    settings = make_base(home, url)
    load(settings, record)
    archive(settings, PAGES)
    read(settings)
    run_judge(settings)
    return settings


@pytest.mark.parametrize("name", CHANGES)
def test_a_living_base_ends_as_a_fresh_one(tmp_path, name):
    living = make_fresh(tmp_path / "living", RECORD)
    load(living, CHANGES[name])
    read(living)
    run_judge(living)
    fresh = make_fresh(tmp_path / "fresh", CHANGES[name])
    assert dump_in_force(living) == dump_in_force(fresh)
    assert dump_in_force(fresh) != dump_in_force(make_fresh(tmp_path / "old", RECORD))


def test_what_a_crawl_saw_first_takes_what_the_record_says(tmp_path):
    living = make_base(tmp_path / "living")
    archive(living, PAGES)
    read(living)
    run_judge(living)
    load(living, RECORD)
    read(living)
    run_judge(living)
    assert dump_in_force(living) == dump_in_force(make_fresh(tmp_path / "fresh", RECORD))


def test_back_and_forth_ends_where_it_began(tmp_path):
    settings = make_fresh(tmp_path, RECORD)
    before = dump_in_force(settings)
    for record in (CHANGES["alias"], RECORD):
        load(settings, record)
        read(settings)
        run_judge(settings)
    assert dump_in_force(settings) == before
    with open_session(settings.url) as session:
        assert len(session.exec(select(Revision)).all()) == 3


@pytest.mark.parametrize("name", ["figure", "alias", "release", "result", "withdrawn"])
def test_a_base_from_before_versions_were_kept_takes_corrections_too(tmp_path, name):
    living = make_fresh(tmp_path / "living", RECORD)
    before = dump_in_force(living)
    with open_session(living.url) as session:
        for table in ("assertion", "revision"):
            session.execute(text(f"delete from {table}"))
        session.execute(text("update reading set inputs = null"))
        insert_assertions(session.connection())
        session.commit()
    assert dump_in_force(living)["sighting"] == before["sighting"], "nothing is lost"
    load(living, CHANGES[name])
    read(living)
    run_judge(living)
    assert dump_in_force(living) == dump_in_force(make_fresh(tmp_path / "fresh", CHANGES[name]))


def test_loading_again_adds_nothing_and_reads_nothing_again(tmp_path):
    settings = make_fresh(tmp_path, RECORD)
    again = load(settings, RECORD)
    assert (again.new_rows, again.superseded) == (0, 0)
    assert read(settings).documents == 0


@limits(max_examples=6, deadline=None)
@given(names=st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4))
def test_any_way_back_leads_to_the_same(tmp_path_factory, names):
    settings = make_base(tmp_path_factory.mktemp("way"))
    load(settings, RECORD)
    before = dump_in_force(settings)
    for name in names:
        load(settings, CHANGES[name])
    load(settings, RECORD)
    assert dump_in_force(settings) == before


def test_a_renamed_record_takes_the_place_of_the_old_one(tmp_path):
    settings = make_base(tmp_path / "living")
    load(settings, RECORD)
    load(settings, CHANGES["figure"], names=("renamed.yaml",))
    with open_session(settings.url) as session:
        said = [view["claimed_text"] for view in read_claim_views(session)]
    assert sorted(said) == ["200K tokens", "7B"]


def test_a_model_that_nothing_refers_to_any_more_is_not_published(tmp_path):
    settings = make_fresh(tmp_path, RECORD)
    assert "toys/toy-2-turbo" in {row["id"] for row in dump_in_force(settings)["model"]}
    load(settings, CHANGES["alias"])
    read(settings)
    assert {row["id"] for row in dump_in_force(settings)["model"]} == {"toys/toy-2"}
    with open_session(settings.url) as session:
        assert session.get(Model, "toys/toy-2-turbo") is not None, "the row itself stays"


def test_two_files_of_one_name_are_refused(tmp_path):
    for folder, name in (("a", "Toy 2"), ("b", "Toy 3")):
        (tmp_path / folder).mkdir()
        record = change(model__name=name, model__aliases=[])
        (tmp_path / folder / "toy.yaml").write_text(yaml.safe_dump(record))
    with pytest.raises(RecordError, match=r"b/toy.yaml:1: .*a/toy.yaml has the same name"):
        read_records(tmp_path)


def test_a_source_keeps_what_another_record_tells_of_it(tmp_path):
    """The day stands in one of two records; the other is loaded alone, and then without it."""
    other = change(
        model__name="Toy 3", model__aliases=[], sources__card__published_on=None, claims=[]
    )
    settings = make_base(tmp_path)
    load(settings, RECORD, other, names=("toy-2.yaml", "toy-3.yaml"))
    load(settings, other, names=("toy-3.yaml",))
    with open_session(settings.url) as session:
        days = {source.url: source.published_on for source in session.exec(select(Source))}
    assert days["https://toys.example/card"] == date(2026, 10, 1)
    load(settings, CHANGES["source_day"], other, names=("toy-2.yaml", "toy-3.yaml"))
    with open_session(settings.url) as session:
        days = {source.url: source.published_on for source in session.exec(select(Source))}
    assert days["https://toys.example/card"] is None


def test_a_repository_that_was_renamed_is_one_model_of_its_new_owner(tmp_path):
    """The Hub answers for the old owner's address with what is the new owner's."""
    settings = make_base(tmp_path)
    case = FIXTURES / "huggingface" / "info_renamed"
    url = json.loads((case / "meta.json").read_text())["url"]
    text = (case / "input.json").read_text()
    by = Brought("huggingface", "old-toys", "Toy-1B")
    archive(settings, {url: text}, by=by, kind="release")
    read(settings)
    assert {row["model_id"] for row in dump_in_force(settings)["measurement"]} == {
        "new-toys/toy-1b"
    }
    record = change(model__name="Toy 1B", model__vendor="Old Toys", model__aliases=[])
    record["model"]["aliases"] = ["new-toys/Toy-1B"]
    load(settings, record)
    read(settings)
    found = dump_in_force(settings)
    assert {row["id"] for row in found["model"]} == {"old-toys/toy-1b"}
    assert {row["model_id"] for row in found["measurement"]} == {"old-toys/toy-1b"}
