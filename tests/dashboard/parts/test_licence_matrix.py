"""The licence matrix: short answers that open their clauses, and nothing that was not read."""

from dashboard.parts.licence_matrix import COLUMNS, make_licences, make_matrix
from dashboard.reads.models import read_licence_terms
from dashboard.reads.published import find_edition
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from kb.licences import read_licence
from kb.licences.evidence import make_results
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.tables import Measurement, Model, Source

TEXT = """TOY 1 COMMUNITY LICENSE

1. You are granted a license to use <b>Toy 1</b>.

2. Above 5 million monthly active users you must ask us.

3. It is not licensed in the European Union.
"""


def row(metric, value=None, text=None, url="https://toys.example/LICENSE", **conditions):
    return {
        "model_id": "toys/toy-1", "model": "Toy 1", "vendor": "Toys", "metric": metric,
        "value": value, "text": text, "unit": None, "conditions": conditions, "url": url,
    }  # fmt: skip


def test_a_cell_opens_the_clause_and_escapes_it():
    rows = [
        row("license_text", text="LicenseRef-Toy", document="Toy <i>Licence"),
        row("license_term.user_limit", 5e6, clause="section 2", document="Toy Licence",
            quote="<script>alert(1)</script>", rule="Open Source Definition 5 (no …)"),
    ]  # fmt: skip
    page = make_matrix(make_licences(rows))
    assert "above 5 million" in page
    assert "section 2 of the Toy Licence" in page
    assert "<script>" not in page
    assert "<i>" not in page
    assert "breaks Open Source Definition 5" in page
    assert page.count("no clause against it") == 3


def test_what_was_not_read_is_not_told():
    page = make_matrix(make_licences([row("license_term.naming", text="Toy first")]))
    assert "text not read" in page
    assert "no such clause" not in page
    assert page.count("not known") == len(COLUMNS)


def test_the_published_file_fills_it(tmp_path):
    settings = Settings(home=tmp_path)
    run_init(settings)
    with open_session(settings.url) as session:
        insert_once(session, make_rows())
        session.commit()
    run_judge(settings)
    edition = find_edition(run_publish(settings).file)
    (licence,) = make_licences(read_licence_terms(edition))
    assert (licence.model, licence.vendor) == ("Toy 1", "Toys")
    page = make_matrix([licence])
    assert "above 5 million monthly active users" in page
    assert "European Union" in page
    assert "TOY 1 Community License" in page


def make_rows():
    source = make_row(
        Source, id="src_1", url="https://toys.example/LICENSE", publisher="Toys", kind="license"
    )
    model = make_row(
        Model, id="toys/toy-1", name="Toy 1", vendor="Toys", availability="released",
        availability_source_id="src_1",
    )  # fmt: skip
    found = [
        make_row(
            Measurement,
            id=f"mea_{position}",
            model_id=model.id,
            source_id=source.id,
            basis=result.basis,
            metric=result.metric,
            value=result.value,
            text=result.text,
            unit=result.unit,
            conditions=result.conditions.as_stored(),
            locator=result.locator,
        )
        for position, result in enumerate(make_results(read_licence(TEXT), TEXT, None))
    ]
    return [source, model, *found]
