"""Put an editor's decisions in their queue, and show an editor the archived words.

Nothing of it is in the base before `kb review` or `kb judge` has checked and taken it.
"""

import hmac
from collections.abc import Iterable, Mapping

from pydantic import SecretStr, ValidationError

from dashboard.reads.published import Row
from kb.records.plain_errors import explain_error
from kb.records.reading_decisions import EditorDecision
from kb.settings import Settings
from kb.store.home.editor_queue import EditorQueueFullError, insert_decision, list_waiting_ids
from kb.store.review.surroundings import Surroundings, read_surroundings


def is_editor(expected: SecretStr | None, given: str) -> bool:
    """Whether a token is the editor's; takes as long whatever was given."""
    known = "" if expected is None else expected.get_secret_value()
    is_equal = hmac.compare_digest(known.encode(), given.encode())
    return is_equal and bool(known)


def send_decisions(
    settings: Settings, token: str, readings: Iterable[str], values: Mapping[str, object]
) -> str:
    """Put the same decision on each reading in the queue; return what the editor is told.

    Raises PermissionError without the editor's token, ValueError for what cannot be taken.
    """
    if not is_editor(settings.editor_token, token):
        raise PermissionError("that is not the editor's token")
    try:
        decisions = [EditorDecision.model_validate({**values, "reading": key}) for key in readings]
    except ValidationError as error:
        first = error.errors()[0]
        place = str(first["loc"][-1]) if first["loc"] else "form"
        raise ValueError(f"{place}: {explain_error(first)}") from None
    try:
        new = sum(insert_decision(settings.editor_queue, decision) for decision in decisions)
    except (EditorQueueFullError, OSError) as error:
        raise ValueError(str(error)) from None
    return f"{new} new of {len(decisions)} kept; `kb judge` and `kb publish` put them in force."


def list_decided(settings: Settings) -> set[str]:
    """Return the readings on which a decision waits to be taken."""
    return list_waiting_ids(settings.editor_queue)


def find_words_around(settings: Settings, reading: Row, snapshot: Row | None) -> Surroundings:
    """Return the quote of a reading as it stands in the archived document."""
    quote = str(reading["quote"] or "")
    if snapshot is None:
        return Surroundings("", quote, "", "there is no archived copy")
    served = (snapshot["headers"] or {}).get("content-type")
    start, end = reading["quote_start"] or 0, reading["quote_end"] or 0
    return read_surroundings(settings.archive, snapshot["archive_name"], served, quote, start, end)
