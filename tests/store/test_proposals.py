"""The queue of proposals: bounded in files, bytes and rate; duplicates collapse; reasons stay."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.domain.errors import UserError
from kb.records.proposals import Decision, ProposalError, make_proposal_id, parse_proposal
from kb.settings import ProposalLimits
from kb.store.home.proposals import (
    QueueFullError,
    find_proposal,
    insert_proposal,
    insert_review,
    read_proposals,
)
from kb.store.home.token_buckets import Bucket, take_token

CLAIM = {
    "kind": "claim", "url": "https://toys.example/blog", "source_kind": "vendor_page",
    "publisher": "Toys", "model": "Toybox-7B", "vendor": "Toys", "type": "context_length",
    "claimed": "128K tokens", "said_by": "Toys", "quote": "128K tokens",
}  # fmt: skip
REPLY = {
    "kind": "reply", "claim": "S01", "vendor": "Toys", "said_by": "A. Speaker", "text": "No.",
    "url": "https://toys.example/reply",
}  # fmt: skip
WIDE = ProposalLimits(of_one=1000, of_all=1000)


def mistake(number):
    return parse_proposal({"kind": "mistake", "text": f"mistake {number}"})


def test_the_same_words_are_one_proposal(tmp_path):
    first = insert_proposal(tmp_path, parse_proposal(CLAIM), "a", WIDE)
    again = insert_proposal(tmp_path, parse_proposal({**CLAIM, "metric": " "}), "b", WIDE)
    assert again == (first[0], False)
    assert len(read_proposals(tmp_path)) == 1
    insert_review(tmp_path, first[0], Decision.REJECTED, "R", "known already")
    assert insert_proposal(tmp_path, parse_proposal(CLAIM), "c", WIDE) == (first[0], False)


def test_one_reader_and_all_readers_are_bounded_in_rate(tmp_path):
    limits = ProposalLimits(of_one=2, of_all=3)
    for number in range(2):
        insert_proposal(tmp_path, mistake(number), "a", limits)
    with pytest.raises(QueueFullError):
        insert_proposal(tmp_path, mistake(2), "a", limits)
    insert_proposal(tmp_path, mistake(2), "b", limits)
    with pytest.raises(QueueFullError):
        insert_proposal(tmp_path, mistake(3), "c", limits)
    assert len(read_proposals(tmp_path)) == 3
    assert '"a"' not in (tmp_path / "buckets.json").read_text()


def test_a_bucket_refills_with_time_and_not_when_the_clock_goes_back():
    bucket = take_token(None, 0, 1, 60)
    assert take_token(bucket, 59, 1, 60) is None
    assert take_token(bucket, -1000, 1, 60) is None
    assert take_token(bucket, 60, 1, 60) == Bucket(0, 60)


@pytest.mark.parametrize("bound", [{"max_files": 3}, {"max_bytes": 450}])
def test_the_queue_has_a_hard_bound(tmp_path, bound):
    limits = ProposalLimits(of_one=1000, of_all=1000, **bound)

    def send(number):
        try:
            return insert_proposal(tmp_path, mistake(number), str(number), limits)[1]
        except QueueFullError:
            return False

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(send, range(40)))
    files = list((tmp_path / "open").iterdir())
    assert taken == len(files) == 3
    first = read_proposals(tmp_path)[0].id
    insert_review(tmp_path, first, Decision.ASKED, "R", "which page?")
    assert not send(99)
    insert_review(tmp_path, first, Decision.REJECTED, "R", "no answer")
    assert send(99)


def test_what_was_said_stays(tmp_path):
    key, _ = insert_proposal(tmp_path, parse_proposal(REPLY), "a", WIDE)
    insert_review(tmp_path, key, Decision.ASKED, "R", "who are you?")
    insert_review(tmp_path, key, Decision.ASKED, "R", "who are you?")  # run again after a kill
    insert_review(tmp_path, key, Decision.REJECTED, "R", "no answer")
    assert read_proposals(tmp_path) == []
    found = find_proposal(tmp_path, key[:8])
    reviews = [(review.decision.value, review.by, review.reason) for review in found.reviews]
    assert sorted(reviews) == [
        ("asked", "R", "who are you?"), ("rejected", "R", "no answer"),
    ]  # fmt: skip
    with pytest.raises(UserError, match="its author and its reason"):
        insert_review(tmp_path, key, Decision.REJECTED, " ", "x")


def test_a_file_that_is_not_what_its_name_says_is_left_out(tmp_path):
    key, _ = insert_proposal(tmp_path, parse_proposal(REPLY), "a", WIDE)
    path = tmp_path / "open" / f"{key}.json"
    held = json.loads(path.read_text())
    held["proposal"]["text"] = "Yes."
    path.write_text(json.dumps(held))
    (tmp_path / "open" / "prp_0000000000000000.json").write_text("{")
    assert read_proposals(tmp_path) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"model": "see https://spam.example"}, "model: contains an address"),
        ({"said_by": "www.spam.example"}, "said by: contains an address"),
        ({"publisher": "[x](y)"}, "publisher: contains an address"),
        ({"quote": "x" * 161}, "quote: "),
        ({"url": "javascript:alert(1)"}, "url: "),
        ({"claimed": "a\x00b"}, "claimed: contains control characters"),
        ({"said_on": "soon"}, "said on: "),
        ({"surprise": "x"}, "surprise: "),
        ({"vendor": ""}, "vendor: "),
    ],
)
def test_what_is_wrong_in_a_proposal_is_told_by_field(given, words):
    with pytest.raises(ProposalError) as caught:
        parse_proposal({**CLAIM, **given})
    assert [problem for problem in caught.value.problems if problem.startswith(words)]


def test_an_id_is_that_of_the_words():
    other = parse_proposal({**CLAIM, "claimed": "128k tokens"})
    assert make_proposal_id(parse_proposal(CLAIM)) != make_proposal_id(other)
