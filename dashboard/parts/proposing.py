"""Hand a reader's proposal to the queue: the one thing that the dashboard writes.

Nothing of it is in the base or on a page before a person has accepted it (`kb review`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from kb.records.proposals import ProposalError, parse_proposal
from kb.settings import Settings
from kb.store.home.proposals import QueueFullError, insert_proposal

_THANKS = "Thank you. A person will look at it; until then it is not on the pages."


@dataclass(frozen=True)
class Answer:
    """What is said to the reader: whether it was taken, and a line for each thing to mend."""

    is_taken: bool
    lines: tuple[str, ...]


def send_proposal(
    settings: Settings,
    values: Mapping[str, object],
    *,
    client: str,
    opened_at: float,
    trap: str,
) -> Answer:
    """Check what was filled in and put it in the queue.

    `opened_at` is when the form was opened (seconds of `time.monotonic`), `trap` what stands in
    the field that people don't see; who fills that in is thanked, and nothing is kept.
    """
    if trap:
        return Answer(True, (_THANKS,))
    if time.monotonic() - opened_at < settings.proposals.least_s:
        return Answer(False, ("That was faster than anybody types. Look at it again, then send.",))
    try:
        proposal = parse_proposal(dict(values))
        key, is_new = insert_proposal(settings.queue, proposal, client, settings.proposals)
    except ProposalError as error:
        return Answer(False, tuple(error.problems))
    except (QueueFullError, OSError) as error:
        words = str(error) if isinstance(error, QueueFullError) else "It could not be kept."
        return Answer(False, (words,))
    again = "" if is_new else " It was sent before, and counts once."
    return Answer(True, (f"{_THANKS}{again} Its number is {key}.",))
