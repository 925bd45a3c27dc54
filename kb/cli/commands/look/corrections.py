"""`kb corrections`: what was wrong on record, since when it is right, and why."""

from kb.cli.console import as_plain_text, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.in_force.corrections import group_notes, list_told, tell_note
from kb.settings import load_settings
from kb.store.claims.corrections import read_corrections
from kb.store.database import open_session


def corrections(as_json: JsonFlag = False) -> None:
    """List the corrections that records note, the latest first.

    Record files note them under `corrected` and `withdrawn` (see CONTRIBUTING.md).

    Example: kb corrections --json
    """
    with open_session(load_settings().url) as session:
        rows = read_corrections(session)
    if as_json:
        print_json(rows)
        return
    told = list_told(rows)
    for note in group_notes(told):
        out.print(as_plain_text(f"{note[0]['about_id']}  {tell_note(note)}"), soft_wrap=True)
    if not told:
        out.print("no corrections on record")
