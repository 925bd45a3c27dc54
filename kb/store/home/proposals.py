"""The queue of proposals: files outside the base, one for each, with a bound and a rate.

`open/` holds what waits, `decided/` what was accepted or rejected, `reviews/` what was said of
each. A file appears whole or not at all, is named by its content, and is never rewritten.
"""

import fcntl
import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.records.proposals import AnyProposal, Decision, Received, Review, make_proposal_id
from kb.settings import ProposalLimits
from kb.store.files import write_atomically
from kb.store.home.token_buckets import Bucket, is_full, take_token
from kb.tables.base import now_utc

_OPEN, _DECIDED, _REVIEWS = "open", "decided", "reviews"
_MAX_FILE = 50_000
_MOST_CLIENTS = 1000


class QueueFullError(Exception):
    """Nothing more is taken just now; the message says why, to a reader."""


def insert_proposal(
    queue: Path, proposal: AnyProposal, client: str, limits: ProposalLimits
) -> tuple[str, bool]:
    """Put a proposal in the queue; return its id, and whether it is new.

    Raises QueueFullError when this reader, or all readers, sent too much.
    """
    proposal_id = make_proposal_id(proposal)
    with _lock(queue):
        if any(_make_path(queue, folder, proposal_id).exists() for folder in (_OPEN, _DECIDED)):
            return proposal_id, False
        received = Received(id=proposal_id, received_at=now_utc(), proposal=proposal)
        data = received.model_dump_json(exclude_none=True, exclude={"reviews"}).encode()
        _check_room(queue, len(data), limits)
        _take_tokens(queue, client, limits)
        write_atomically(_make_path(queue, _OPEN, proposal_id), data)
    return proposal_id, True


def read_proposals(queue: Path, *, with_decided: bool = False) -> list[Received]:
    """Return the proposals with what was said of them, oldest first; broken files are left out."""
    folders = (_OPEN, _DECIDED) if with_decided else (_OPEN,)
    paths = [path for folder in folders for path in (queue / folder).glob("prp_*.json")]
    found = {
        proposal.id: proposal for path in paths if (proposal := _read(queue, path)) is not None
    }
    wanted = found.values() if with_decided else [x for x in found.values() if not _is_done(x)]
    return sorted(wanted, key=lambda proposal: (proposal.received_at, proposal.id))


def find_proposal(queue: Path, key: str) -> Received:
    """Return the proposal whose id begins with `key`; raise UserError unless it is one."""
    found = [
        proposal
        for proposal in read_proposals(queue, with_decided=True)
        if proposal.id.startswith(key)
    ]
    if len(found) != 1 or not key:
        words = f"{len(found)} proposals begin with" if found else "no proposal"
        raise UserError(f"{words} {key!r}; `kb review list` shows them")
    return found[0]


def insert_review(
    queue: Path, proposal_id: str, decision: Decision, by: str, reason: str
) -> Review:
    """Append what a reviewer says; a proposal that is decided leaves the queue.

    Raises UserError when the name or the reason is missing.
    """
    if not by.strip() or not reason.strip():
        raise UserError("a decision needs its author and its reason; add --by NAME --reason WORDS")
    review = Review(decision=decision, reason=reason, by=by, at=now_utc())
    said = review.model_dump(mode="json", exclude={"at"})
    name = f"{proposal_id}.{make_content_id('rev', proposal_id, said)}.json"
    with _lock(queue):
        path = queue / _REVIEWS / name
        if not path.exists():
            write_atomically(path, review.model_dump_json().encode())
        waiting = _make_path(queue, _OPEN, proposal_id)
        if decision is not Decision.ASKED and waiting.exists():
            (queue / _DECIDED).mkdir(exist_ok=True)
            waiting.replace(_make_path(queue, _DECIDED, proposal_id))
    return review


def _is_done(received: Received) -> bool:
    return received.state in (Decision.ACCEPTED, Decision.REJECTED)


def _make_path(queue: Path, folder: str, proposal_id: str) -> Path:
    return queue / folder / f"{proposal_id}.json"


def _read(queue: Path, path: Path) -> Received | None:
    try:
        with path.open("rb") as file:
            received = Received.model_validate_json(file.read(_MAX_FILE))
        if make_proposal_id(received.proposal) != path.stem or received.id != path.stem:
            return None  # not what its name says
        reviews = [
            Review.model_validate_json(path.read_bytes())
            for path in (queue / _REVIEWS).glob(f"{received.id}.*.json")
        ]
    except (OSError, ValueError):
        return None
    return received.model_copy(update={"reviews": sorted(reviews, key=lambda review: review.at)})


def _check_room(queue: Path, size: int, limits: ProposalLimits) -> None:
    sizes = [path.stat().st_size for path in (queue / _OPEN).glob("prp_*.json")]
    if len(sizes) >= limits.max_files or sum(sizes) + size > limits.max_bytes:
        raise QueueFullError(
            "Too many proposals are waiting for review. Please try again in a few days."
        )


def _take_tokens(queue: Path, client: str, limits: ProposalLimits) -> None:
    """Take one token of this reader and one of all; of neither when one has none."""
    state, now = _read_buckets(queue), time.time()
    one, all_ = (limits.of_one, limits.of_one_refill_s), (limits.of_all, limits.of_all_refill_s)
    key = hashlib.sha256(f"{state.salt}{client}".encode()).hexdigest()[:16]
    theirs = take_token(state.clients.get(key), now, *one)
    common = take_token(state.common, now, *all_)
    if theirs is None or common is None:
        raise QueueFullError(
            "You have sent many proposals in a short time. Please try again later."
        )
    kept = {k: b for k, b in state.clients.items() if not is_full(b, now, *one)}
    newest = sorted(kept.items(), key=lambda entry: entry[1].at)[-_MOST_CLIENTS + 1 :]
    clients = {**dict(newest), key: theirs}
    write_atomically(queue / "buckets.json", _State(state.salt, common, clients).as_json())


class _State:
    """The buckets on disk; readers are known by a salted digest, not by their address."""

    def __init__(self, salt: str, common: Bucket | None, clients: dict[str, Bucket]) -> None:
        self.salt, self.common, self.clients = salt, common, clients

    def as_json(self) -> bytes:
        clients = {key: asdict(bucket) for key, bucket in self.clients.items()}
        common = None if self.common is None else asdict(self.common)
        return json.dumps({"salt": self.salt, "common": common, "clients": clients}).encode()


def _read_buckets(queue: Path) -> _State:
    try:
        found = json.loads((queue / "buckets.json").read_bytes())
        common = found["common"] and Bucket(**found["common"])
        return _State(found["salt"], common, {k: Bucket(**b) for k, b in found["clients"].items()})
    except (OSError, ValueError, KeyError, TypeError):
        return _State(secrets.token_hex(16), None, {})


@contextmanager
def _lock(queue: Path) -> Iterator[None]:
    """Let one process at a time change the queue; the system lets go of it whatever happens."""
    queue.mkdir(parents=True, exist_ok=True)
    handle = os.open(queue / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
