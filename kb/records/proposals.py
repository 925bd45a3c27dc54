"""What a reader proposes: a claim, a vendor's reply, a mistake. Untrusted; never in the base."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, TypeAdapter
from pydantic import ValidationError as _ValidationError

from kb.domain.claim_types import find_claim_type
from kb.domain.drafts import Draft, PartialDate, PlainText, SourceKind
from kb.domain.ids import make_content_id
from kb.records.plain_errors import explain_error
from kb.text.plain_text import show_hidden

_LONGEST_WORDS = 300
_ADDRESS = re.compile(r"//|\bwww\.|\b(?:javascript|data|mailto):|[\[\]<>]", re.IGNORECASE)


def _refuse_addresses(text: str) -> str:
    if _ADDRESS.search(text):
        raise ValueError("contains an address or brackets; write the plain name")
    return text


def _draw_together(text: object) -> object:
    return " ".join(text.split(" ")).strip() if isinstance(text, str) else text


def _none_if_empty(text: object) -> object:
    return None if isinstance(text, str) and not text.strip() else text


def _check_type(name: str) -> str:
    try:
        return find_claim_type(name).name
    except KeyError:
        raise ValueError("is not a claim type; choose one from the list") from None


Name = Annotated[
    str,
    BeforeValidator(_draw_together),
    StringConstraints(min_length=1, max_length=120, pattern=r"^[^\n\t]*$"),
    PlainText,
    AfterValidator(_refuse_addresses),
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), PlainText
]
Story = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), PlainText
]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$", max_length=1000)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^(clm_[0-9a-f]{16}|[Ss][0-9]{2,3})$")]
ClaimTypeName = Annotated[str, StringConstraints(max_length=60), AfterValidator(_check_type)]
_OPTIONAL = BeforeValidator(_none_if_empty)


class ClaimProposal(Draft):
    """A claim that is not on record yet, with the source where it stands."""

    kind: Literal["claim"] = "claim"
    url: WebAddress = Field(description="Where it stands.")
    source_kind: SourceKind = Field(description="What sort of source that is.")
    publisher: Name = Field(description="Who publishes it.")
    model: Name = Field(description="The model, as its vendor writes it.")
    vendor: Name = Field(description="Who makes the model.")
    type: ClaimTypeName
    metric: Annotated[Name | None, _OPTIONAL] = None
    claimed: Words = Field(description="The figure as it was written, else a few words.")
    said_by: Name = Field(description="Who says it.")
    said_on: Annotated[PartialDate | None, _OPTIONAL] = None
    quote: Annotated[str, StringConstraints(min_length=1, max_length=160), PlainText]


class ReplyProposal(Draft):
    """What a vendor answers to a claim and its verdict."""

    kind: Literal["reply"] = "reply"
    claim: ClaimId = Field(description="The claim that it answers to.")
    vendor: Name = Field(description="The vendor it speaks for.")
    said_by: Name = Field(description="Who says it.")
    text: Story = Field(description="The reply.")
    url: WebAddress = Field(description="Where the vendor says so itself.")
    said_on: Annotated[date | None, _OPTIONAL] = None


class MistakeProposal(Draft):
    """What is wrong on a page, in a reader's words."""

    kind: Literal["mistake"] = "mistake"
    claim: Annotated[ClaimId | None, _OPTIONAL] = None
    text: Story = Field(description="What is wrong, and what would be right.")
    url: Annotated[WebAddress | None, _OPTIONAL] = None


Proposal = Annotated[ClaimProposal | ReplyProposal | MistakeProposal, Field(discriminator="kind")]
PROPOSAL: TypeAdapter[ClaimProposal | ReplyProposal | MistakeProposal] = TypeAdapter(Proposal)
AnyProposal = ClaimProposal | ReplyProposal | MistakeProposal


class ProposalError(ValueError):
    """The proposal cannot be taken; `problems` are a line for each field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def parse_proposal(values: object) -> AnyProposal:
    """Return a proposal; raise ProposalError that names each field that is wrong."""
    try:
        return PROPOSAL.validate_python(values)
    except _ValidationError as error:
        raise ProposalError([_explain(detail) for detail in error.errors()]) from None


def _explain(error: object) -> str:
    assert isinstance(error, dict)
    place = show_hidden(str(error["loc"][-1])[:40]).replace("_", " ") if error["loc"] else "form"
    words = " ".join(explain_error(error)[:_LONGEST_WORDS].split())
    return f"{place}: {show_hidden(words)}"


def make_proposal_id(proposal: AnyProposal) -> str:
    """Return the id of a proposal: the same words are the same proposal."""
    return make_content_id("prp", proposal.model_dump(mode="json", exclude_none=True))


class Decision(StrEnum):
    """What a reviewer says of a proposal."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ASKED = "asked"


class Review(Draft):
    """A decision with its reason, and who said it; it stays."""

    decision: Decision
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    by: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    at: datetime


class Received(Draft):
    """A proposal as it lies in the queue."""

    id: str
    received_at: datetime
    proposal: Proposal
    reviews: list[Review] = Field(default_factory=list)

    @property
    def state(self) -> str:
        """open, asked, accepted or rejected: what was said last."""
        return self.reviews[-1].decision.value if self.reviews else "open"
