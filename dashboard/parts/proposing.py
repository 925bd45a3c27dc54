"""Put a reader's proposal in the queue: the only thing that the dashboard writes.

Nothing of it is in the base or on a page before a person has accepted it (`kb review`).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from kb.records.proposals import ProposalError, parse_proposal
from kb.settings import Settings
from kb.store.home.proposals import QueueFullError, insert_proposal

_THANKS = "Thank you. A person will review it; it appears here only if it is accepted."


@dataclass(frozen=True)
class Receipt:
    """What the reader is told: whether it was taken, and a line for each thing to correct."""

    is_taken: bool
    lines: tuple[str, ...]


def send_proposal(
    settings: Settings,
    values: Mapping[str, object],
    *,
    client: str,
    opened_at: float,
    trap: str,
) -> Receipt:
    """Check what was filled in and put it in the queue.

    `opened_at` is when the form was opened (seconds of `time.monotonic`), `trap` what stands in
    the field that people don't see; who fills that in is thanked, and nothing is kept.
    """
    if trap:
        return Receipt(True, (_THANKS,))
    if time.monotonic() - opened_at < settings.proposals.least_s:
        return Receipt(
            False, ("That was quicker than anybody can type. Check it, then send it again.",)
        )
    try:
        proposal = parse_proposal(dict(values))
        key, is_new = insert_proposal(settings.queue, proposal, client, settings.proposals)
    except ProposalError as error:
        return Receipt(False, tuple(error.problems))
    except (QueueFullError, OSError) as error:
        words = str(error) if isinstance(error, QueueFullError) else "It could not be saved."
        return Receipt(False, (words,))
    again = "" if is_new else " It had been sent before and counts once."
    return Receipt(True, (f"{_THANKS}{again} Its number is {key}.",))
