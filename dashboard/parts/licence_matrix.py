"""What licences say, model by model, for people who are not lawyers; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dashboard.reads.published import Row
from dashboard.wording.markup import Html, join, link_out, link_page, make_table, tag
from dashboard.wording.words import write_number
from kb.text.counting import count_things

_TERM = "license_term."
_MOST_SHOWN = 12
_SHORT = 40
NOT_TOLD = "no such clause"


@dataclass(frozen=True)
class Column:
    """A question, the terms that answer it, and the short answer where one of them stands."""

    asks: str
    metrics: tuple[str, ...]
    answer: str
    otherwise: str = NOT_TOLD


COLUMNS: tuple[Column, ...] = (
    Column("May a business use it?", ("no_commercial_use",), "no", "no clause against it"),
    Column("Who is too big to use it?", ("user_limit", "revenue_limit"), "above {values}"),
    Column("Which regions are excluded?", ("eu_exclusion", "region_exclusion"), "{words}"),
    Column("Which uses are banned?", ("acceptable_use", "barred_use"), "some, in {clauses}"),
    Column(
        "May its output train other models?", ("output_training",), "no", "no clause against it"
    ),
    Column("May it be modified and shared?", ("no_derivatives",), "no", "no clause against it"),
    Column("Must it be credited?", ("attribution",), "yes"),
    Column("Must its name be shown?", ("naming",), "yes"),
    Column("Must modified versions keep this licence?", ("share_alike",), "yes"),
    Column("Are patents licensed?", ("patent_grant",), "yes"),
    Column("Does suing the vendor end the licence?", ("litigation_ends",), "yes"),
)


@dataclass
class ModelLicence:
    """A model with all that was read in its licence and the policies that belong to it."""

    model_id: str
    model: str
    vendor: str
    rows: list[Row] = field(default_factory=list)

    def of(self, *metrics: str) -> list[Row]:
        """Return the rows of these metrics."""
        return [row for row in self.rows if row["metric"] in metrics]


def make_licences(rows: Sequence[Row]) -> list[ModelLicence]:
    """Return one entry a model; `rows` are ordered by vendor, model and id."""
    found = []
    for key, group in groupby(rows, key=lambda row: (row["model_id"], row["model"], row["vendor"])):
        found.append(ModelLicence(*key, rows=list(group)))
    return found


def make_matrix(licences: Sequence[ModelLicence]) -> Html:
    """Return the table: models down, questions across; each answer opens its clauses."""
    heads = ("Model", "Licence", "Open source?", *(column.asks for column in COLUMNS))
    return make_table(heads, (_make_cells(licence) for licence in licences), css="ac-licences")


def _make_cells(licence: ModelLicence) -> list[Html]:
    name = link_page("models", licence.model, id=licence.model_id)
    cells = [tag("span", name, tag("small", licence.vendor)), _name_texts(licence)]
    cells.append(_tell_openness(licence))
    return [*cells, *(_make_answer(licence, column) for column in COLUMNS)]


def _name_texts(licence: ModelLicence) -> Html:
    texts = licence.of("license_text", "use_policy_text")
    if not texts:
        return tag("span", "text not read", css="ac-dim")
    named = {(row["conditions"] or {}).get("document") or row["text"]: row for row in texts}
    return join(tag("div", link_out(row["url"], name)) for name, row in named.items())


def _tell_openness(licence: ModelLicence) -> Html:
    """By the Open Source Definition: the clauses that break it, or the approval of the text."""
    breaking = [row for row in licence.rows if (row["conditions"] or {}).get("rule")]
    breaking = [row for row in breaking if row["metric"].startswith(_TERM)]
    if breaking:
        return _open("no", breaking)
    approved = [row for row in licence.of("license_osi_approved") if row["value"] == 1]
    if approved:
        return tag("span", "yes, approved by the OSI")
    return tag("span", "not on the OSI's list" if licence.of("license_text") else "not known")


def _make_answer(licence: ModelLicence, column: Column) -> Html:
    rows = licence.of(*(_TERM + metric for metric in column.metrics))
    if not rows:
        is_read = bool(licence.of("license_text"))
        return tag("span", column.otherwise if is_read else "not known", css="ac-dim")
    return _open(_word(column, rows), rows)


def _word(column: Column, rows: list[Row]) -> str:
    values = [_write_limit(row) for row in rows if row["value"] is not None]
    words = [str(row["text"]) for row in rows if row["text"] and len(row["text"]) <= _SHORT]
    return column.answer.format(
        values=" or ".join(dict.fromkeys(values)) or "a size given in the clause",
        words=", ".join(dict.fromkeys(words)) or "some",
        clauses=count_things(len(rows), "clause"),
    )[:120]


def _write_limit(row: Row) -> str:
    return f"{write_number(row['value'])} {row['unit'] or ''}".strip()


def _open(answer: str, rows: list[Row]) -> Html:
    """An answer that opens the clauses it rests on."""
    shown = [_make_clause(row) for row in rows[:_MOST_SHOWN]]
    if len(rows) > _MOST_SHOWN:
        shown.append(tag("p", f"and {len(rows) - _MOST_SHOWN} more"))
    return tag("details", tag("summary", answer), *shown, css="ac-clause")


def _make_clause(row: Row) -> Html:
    held = row["conditions"] or {}
    place = f"{held.get('clause') or 'a clause'} of the {held.get('document') or 'licence'}"
    quote = held.get("quote") or row["text"] or ""
    source = link_out(row["url"], place) if row["url"] else tag("span", place)
    rule = tag("small", f"breaks {held['rule']}") if held.get("rule") else None
    return tag("p", tag("q", quote) if quote else None, tag("small", source), rule)
