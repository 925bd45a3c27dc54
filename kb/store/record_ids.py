"""Ids of the releases and results of a record: made from what tells them from others."""

from collections.abc import Mapping

from kb.domain.drafts import ResultDraft
from kb.domain.ids import make_content_id
from kb.records.drafts import ReleaseDraft

UNTOLD = {"source", "conditions", "corrected"}  # by id, apart, and not part of what it says


def make_release_id(draft: ReleaseDraft, model_id: str) -> str:
    """Return the id of a release of a model."""
    return make_content_id("rel", model_id, draft.repository, draft.revision)


def make_result_id(draft: ResultDraft, model_id: str, source_ids: Mapping[str, str]) -> str:
    """Return the id of a result on a model; `source_ids` are by key, and may lack an old one."""
    values = draft.model_dump(mode="json", exclude=UNTOLD)
    source_id = source_ids.get(draft.source, draft.source)
    return make_content_id("mea", model_id, source_id, values, draft.conditions.as_stored())
