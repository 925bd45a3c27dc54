"""The sentences of verdicts in the published file, beside the data that they are made from."""

import pyarrow as pa
import pyarrow.compute as pc

from kb.exports.arrow_tables import list_rows
from kb.store.claims.sentences import SentenceRows, make_sentences
from kb.tables import Claim, Measurement, Model, Verdict, VerdictEvidence

TABLE = "verdict"
NAME, KIND = "words_version", "bigint"
WORDS = (
    "Version of the rule's template that made the explanation; empty where it was stored with the "
    "verdict. A change of wording alone does not make a new verdict."
)
_SENTENCE = "explanation"


def add_sentences(tables: dict[str, pa.Table]) -> pa.Table:
    """Return the table of verdicts with the sentence of each, and the version of its words."""
    verdicts, links, measurements = (
        tables[name] for name in (TABLE, "verdict_evidence", "measurement")
    )
    told = measurements.filter(pc.is_in(measurements["id"], pc.unique(links["measurement_id"])))
    made = make_sentences(
        SentenceRows(
            verdicts=list_rows(Verdict, verdicts),
            links=list_rows(VerdictEvidence, links),
            claims=list_rows(Claim, tables["claim"]),
            models=list_rows(Model, tables["model"]),
            measurements=list_rows(Measurement, told),
        )
    )
    sentences = [made[verdict_id] for verdict_id in verdicts["id"].to_pylist()]
    texts = pa.array([sentence.text for sentence in sentences], pa.string())
    versions = pa.array([sentence.words_version for sentence in sentences], pa.int64())
    place = verdicts.column_names.index(_SENTENCE)
    return verdicts.set_column(place, _SENTENCE, texts).add_column(place + 1, NAME, versions)
