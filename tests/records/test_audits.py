"""Audits of the records: the draw, the files, the sheets, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from kb.domain.audits import AuditOutcome
from kb.records.audits.checks import check_audits
from kb.records.audits.drafts import FactJudgement
from kb.records.audits.facts import compute_facts_digest, draw_facts, list_facts
from kb.records.audits.files import parse_audit, render_audit
from kb.records.audits.sheets import make_judgements, parse_sheet, render_sheet
from kb.records.files import RecordError, parse_record
from kb.stages.load import check_folder, read_records
from kb.store.audit_files import add_judgements, begin_audit, read_audit
from tests.cli.toybox import RECORD

TODAY = date(2026, 11, 28)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "toybox.yaml").write_text(RECORD)
    return tmp_path


@pytest.fixture
def facts(folder):
    return list_facts(read_records(folder))


@pytest.fixture
def audit(folder, facts):
    return begin_audit(folder, facts, 3, 7, TODAY)


def right(fact_id):
    return FactJudgement(fact=fact_id, outcome=AuditOutcome.RIGHT, judged_on=TODAY)


def fill(audit, form, judgement="right", **more):
    """A sheet in which every fact has this judgement."""
    text = render_sheet(audit.draft, {}, form)
    if form == "csv":
        lines = text.splitlines()
        return "\n".join(
            [lines[0], *(line.removesuffix(",,") + f"{judgement},," for line in lines[1:])]
        )
    return text.replace("judgement: null", f"judgement: {judgement}")


def test_every_kind_of_fact_is_listed_with_its_line(facts):
    lines = RECORD.splitlines()
    assert sorted(fact.kind for fact in facts) == ["availability", "result", "sighting", "sighting"]
    for fact in facts:
        assert fact.source["url"] == "https://toys.example/card"
        assert fact.says["model"] == "Toybox-7B"
        if fact.kind == "result":
            assert "metric: effective_context" in lines[fact.line - 1]


def test_a_sighting_tells_whom_it_charges(facts):
    text = RECORD.replace(
        "{source: card, quote: 7B}",
        """{source: card, quote: 7B, attribution:
          {who: Ann Onymous, of: Rivals, how: reported, words: Ann said}}""",
    )
    (changed,) = {fact.id: fact for fact in list_facts([parse_record(text.encode(), "t.yaml")])
                  if "attribution" in fact.says.get("sighting", {})}.values()  # fmt: skip
    assert changed.says["published_as"] == {
        "said_by": "Toys, reporting Ann Onymous", "said_as": "reported"
    }  # fmt: skip
    text = RECORD.replace(
        "{source: card, quote: 7B}",
        "{source: card, quote: 7B}\n      - {source: card, quote: not 7B, disputes: true}",
    )
    told = [
        fact.says.get("published_as") for fact in list_facts([parse_record(text.encode(), "t")])
    ]
    assert {"said_by": "Toys", "said_as": "disputed"} in told
    told = [fact.says["published_as"] for fact in facts if fact.kind == "sighting"]
    assert told == [{"said_by": "Toys", "said_as": "own_document"}] * 2


def test_a_draw_follows_from_seed_and_content_alone(facts, records):
    moved = [replace(fact, file="other.yaml", line=fact.line + 9) for fact in reversed(facts)]
    assert [f.id for f in draw_facts(moved, 3, 7)] == [f.id for f in draw_facts(facts, 3, 7)]
    shipped = list_facts(read_records(records))
    assert [f.id for f in draw_facts(shipped, 20, 1)] != [f.id for f in draw_facts(shipped, 20, 2)]
    drawn = [fact.id for seed in range(400) for fact in draw_facts(facts, 2, seed)]
    assert all(150 < drawn.count(fact.id) < 250 for fact in facts)  # 200 expected


def test_a_changed_fact_is_another_one_and_changes_the_digest(facts):
    text = RECORD.replace("quote: 7B", "quote: '7B parameters'")
    changed = list_facts([parse_record(text.encode(), "toybox.yaml")])
    assert len({fact.id for fact in changed} - {fact.id for fact in facts}) == 1
    assert compute_facts_digest(changed) != compute_facts_digest(facts)
    commented = list_facts([parse_record(f"# note\n{RECORD}".encode(), "other.yaml")])
    assert compute_facts_digest(commented) == compute_facts_digest(facts)


def test_the_shipped_records_have_no_fact_without_source_and_line(records):
    found = list_facts(read_records(records))
    assert len(found) > 100
    for fact in found:
        text = (records / fact.file).read_text().splitlines()[fact.line - 1]
        assert text.strip(), fact
        assert fact.source["url"]


def test_a_file_is_read_as_it_was_written(audit, folder):
    changed = add_judgements(folder / "audits" / "2026-11-28-7.yaml", "Ada: \"x\" – é", [
        right(audit.draft.facts[0].id)
    ])  # fmt: skip
    data = render_audit(changed.draft)
    assert parse_audit(data, changed.name).draft == changed.draft
    assert render_audit(parse_audit(data, changed.name).draft) == data


def test_beginning_twice_and_judging_twice_changes_nothing(audit, folder, facts):
    path = folder / "audits" / "2026-11-28-7.yaml"
    judgement = right(audit.draft.facts[0].id)
    first = add_judgements(path, "Ada", [judgement])
    before = path.read_bytes()
    later = judgement.model_copy(update={"judged_on": date(2026, 12, 1)})
    assert add_judgements(path, "Ada", [later]).draft == first.draft
    assert begin_audit(folder, facts, 3, 7, TODAY).draft == first.draft
    assert path.read_bytes() == before


def test_what_a_killed_writer_left_is_removed(audit, folder):
    left = folder / "audits" / ".2026-11-28-7.yaml.4711-0.part"
    left.write_text("half of")
    path = folder / "audits" / "2026-11-28-7.yaml"
    assert check_folder(folder, TODAY)[1] == []
    add_judgements(path, "Ada", [right(audit.draft.facts[0].id)])
    assert not left.exists()
    assert len(read_audit(path).draft.readers[0].judgements) == 1


def test_readers_who_judge_at_once_lose_nothing(audit, folder):
    path = folder / "audits" / "2026-11-28-7.yaml"
    pairs = [(f"reader {n}", fact.id) for n in range(4) for fact in audit.draft.facts]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda pair: add_judgements(path, pair[0], [right(pair[1])]), pairs))
    readers = read_audit(path).draft.readers
    assert sorted(reader.name for reader in readers) == [f"reader {n}" for n in range(4)]
    assert {len(reader.judgements) for reader in readers} == {3}


def test_an_audit_is_no_claim_record_and_is_validated(audit, folder):
    records, problems = check_folder(folder, TODAY)
    assert [record.draft.model.name for record in records] == ["Toybox-7B"]
    assert [p for p in problems if "audits" in p.file] == []
    add_judgements(folder / "audits" / "2026-11-28-7.yaml", "Ada", [right(audit.draft.facts[0].id)])
    _, problems = check_folder(folder, TODAY)
    (warning,) = [p for p in problems if "audits" in p.file]
    assert "Ada has judged 1 of 3" in warning.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("seed: 7", "seed: 8", "is called 2026-11-28-8.yaml"),
        ("line: ", "lines: ", "lines: no such field"),
        ("Toybox-7B", "Toybox-8B", "the id does not fit what the fact says"),
        ("sample: 3", "sample: 2", "3 facts of 2; an audit holds all it drew"),
        ("drawn_from: 4", "drawn_from: 5", "not the facts that this seed draws"),
        ("outcome: right", "outcome: fine", "choose one of 'right', 'wrong'"),
        ("outcome: right", "outcome: wrong", "a wrong fact needs `parts`"),
        ("outcome: right", "outcome: right\n    parts: [speaker]", "has no wrong `parts`"),
        ("- fact: fct_", "- fact: fct_0000000000000000 #", "is not in the sample"),
    ],
)  # fmt: skip
def test_an_altered_file_is_refused_with_its_line(audit, folder, facts, old, new, words):
    path = folder / "audits" / "2026-11-28-7.yaml"
    add_judgements(path, "Ada", [right(fact.id) for fact in audit.draft.facts])
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    try:
        problems = check_audits([read_audit(path)], facts)
    except RecordError as error:
        problems = error.problems
    assert any(words in problem.message for problem in problems), problems
    assert all(problem.line > 1 for problem in problems if "is called" not in problem.message)


def test_a_sample_chosen_by_hand_is_refused(audit, folder, facts):
    draft = audit.draft
    (left_out,) = {fact.id for fact in facts} - {fact.id for fact in draft.facts}
    chosen = next(fact for fact in facts if fact.id == left_out)
    fact = draft.facts[0].model_copy(update={"id": chosen.id, **vars(chosen)})
    forged = replace(audit, draft=draft.model_copy(update={"facts": [fact, *draft.facts[1:]]}))
    assert any("chosen by hand" in problem.message for problem in check_audits([forged], facts))


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_a_filled_in_sheet_is_taken(audit, facts, form):
    sheet = parse_sheet(fill(audit, form).encode(), f"sheet.{form}")
    found = make_judgements(sheet, audit.draft, [fact.id for fact in facts], TODAY)
    assert [judgement.fact for judgement in found] == [fact.id for fact in audit.draft.facts]
    assert {judgement.outcome for judgement in found} == {AuditOutcome.RIGHT}


@pytest.mark.parametrize("form", ["csv", "yaml"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("fct_", "fct_9", 1), "no such fact in this audit"),
        (lambda text: text.replace("Toybox-7B", "Toybox-8B", 1), "was altered in the sheet"),
        (lambda text: text.replace("2026-11-28-7", "2026-11-28-8"), "a sheet of the audit"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_with_its_line(audit, facts, form, change, words):
    altered = change(fill(audit, form)).encode()
    with pytest.raises(RecordError) as caught:
        sheet = parse_sheet(altered, f"sheet.{form}")
        make_judgements(sheet, audit.draft, [fact.id for fact in facts], TODAY)
    assert any(words in problem.message for problem in caught.value.problems)
    assert all(problem.line >= 1 for problem in caught.value.problems)


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_what_is_not_judged_or_no_judgement_is_named(audit, form):
    for judgement, words in (("", "no judgement; write one of right"), ("ok", "choose one of")):
        with pytest.raises(RecordError) as caught:
            sheet = parse_sheet(fill(audit, form, judgement).encode(), f"sheet.{form}")
            make_judgements(sheet, audit.draft, None, TODAY)
        assert len(caught.value.problems) == 3
        assert all(words in problem.message for problem in caught.value.problems)


def test_a_fact_changed_since_is_taken_only_as_drawn(audit):
    sheet = parse_sheet(fill(audit, "csv").encode(), "sheet.csv")
    changed = [fact.id for fact in audit.draft.facts[1:]]
    with pytest.raises(RecordError, match="was changed since it was drawn") as caught:
        make_judgements(sheet, audit.draft, changed, TODAY)
    assert "--as-drawn" in caught.value.problems[0].message
    assert len(make_judgements(sheet, audit.draft, None, TODAY)) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "no CSV in UTF-8"),
        (b"a,b\n1,2\n", "no column audit, fact, judgement, note, parts"),
        (b"audit,fact,judgement,parts,note\n", "names one audit"),
        (b"x" * 1_000_001, "larger than"),
    ],
)
def test_what_is_no_sheet_is_refused(data, words):
    with pytest.raises(RecordError, match=words):
        parse_sheet(data, "sheet.csv")
