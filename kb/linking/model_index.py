"""Find the model that a name in a document stands for; make one for a name not seen before."""

from sqlmodel import Session

from kb.domain.drafts import Availability
from kb.domain.names import make_model_id
from kb.store.insert import insert_once, make_row
from kb.store.reads import find_model
from kb.tables import Model

UNKNOWN_VENDOR = "unknown vendor"


class ModelIndex:
    """The models on record, by every spelling of their names."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def resolve(self, name: str, vendor: str | None = None, *, by_name_only: bool = True) -> Model:
        """Return the model that `name` stands for; insert one when there is none (no commit)."""
        maker = vendor or UNKNOWN_VENDOR
        model = find_model(self.session, maker, name)
        if model is None:
            model = make_row(
                Model,
                id=make_model_id(maker, name),
                name=name,
                vendor=maker,
                availability=Availability.UNKNOWN,
            )
            insert_once(self.session, [model])
        return model
