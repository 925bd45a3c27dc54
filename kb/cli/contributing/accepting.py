"""Accept a proposed claim: a record file, checked like any other, and loaded."""

from pathlib import Path

from kb.cli.commands.pipeline.load import run_load
from kb.cli.contributing.writing import plan_addition, read_folder, write_addition
from kb.linking.model_index import ModelIndex
from kb.records.proposals import ClaimProposal
from kb.settings import Settings
from kb.store.database import open_session
from kb.text.counting import count_things


def accept_claim(settings: Settings, proposal: ClaimProposal, folder: Path) -> str:
    """Write the record and load it; return what was done. A second time adds nothing.

    Raises UserError if the record would have errors or the database is not ready.
    """
    answers = proposal.model_dump(mode="json", exclude_none=True, exclude={"kind", "source_kind"})
    answers["kind"] = proposal.source_kind.value
    with open_session(settings.url) as session:
        known = ModelIndex(session).find(proposal.model, proposal.vendor)
    if known is not None:  # one model, whatever a reader calls it
        answers |= {"model": known.name, "vendor": known.vendor}
    addition, _ = plan_addition(read_folder(folder), answers, folder)
    if addition.what != "nothing":
        write_addition(addition)
    report = run_load(settings, folder)
    return (
        f"{addition.name}: {count_things(report.new_rows, 'new row')}; next: kb judge, kb publish"
    )
