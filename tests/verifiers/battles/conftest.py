"""A home in which two releases can fight."""

import pytest

from kb.store.home.local_weights import LocalWeights, store_local_weights
from kb.store.insert import insert_once, make_row
from kb.tables import Model, Release, Source


@pytest.fixture
def home(session, settings):
    """Two releases with weights here, one with a rating on the board, and a claimed rating."""
    source = make_row(Source, id="src", url="https://a.example/", publisher="A", kind="press")
    rows = [source]
    for name in ("strong", "weak"):
        rows += [
            make_row(Model, id=f"t/{name}", name=name, vendor="T", availability="released"),
            make_row(Release, id=f"rel_{name}", model_id=f"t/{name}", repository=f"T/{name}",
                     source_id="src"),
        ]  # fmt: skip
        weights = settings.home / f"{name}.gguf"
        weights.write_bytes(b"toy")
        store_local_weights(settings.home, LocalWeights(f"rel_{name}", str(weights), "0" * 64))
    insert_once(session, rows)
    session.commit()
    return session
