"""Servers that fail, before a real one with real weights: a refusal or a resumed run, no number.

`kb verify` is led to a proxy that fails in one way; the model behind it is real.
"""

import itertools

import pytest
from sqlmodel import select

from kb.settings import Settings
from kb.store.database import open_session
from kb.tables import Measurement, Trial
from tests.processes import run_kb
from tests.verifiers.engines import failing_proxy
from tests.verifiers.engines.failing_proxy import serve_badly
from tests.verifiers.homes import LITTLE, copy_home, find_local
from verifiers.engines.vllm_server import make_options, serve
from verifiers.serving.weights import prepare_weights

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def server(base, tmp_path_factory):
    """A real server with a real model, as somebody might have it running."""
    ready = prepare_weights(find_local(base, "smol"), base.home / "weights")
    with serve(ready.folder, make_options(None, 2048), tmp_path_factory.mktemp("given")) as engine:
        yield engine.url


@pytest.fixture
def verify(base, short_claim, server, tmp_path):
    """Run `kb verify` against a proxy; return the process and the home."""
    homes = (Settings(home=tmp_path / f"home{n}") for n in itertools.count())

    def run(patience_s="60", **failure):
        settings = next(homes)
        copy_home(base, settings)
        with serve_badly(server, **failure) as url:
            given = {"KB_ENGINE_URL": url, "KB_ENGINE_PATIENCE_S": patience_s}
            done = run_kb(settings, "verify", "--claim", short_claim, *LITTLE, **given)
        return done, settings

    return run


def read_numbers(settings):
    with open_session(settings.url) as session:
        rows = session.exec(select(Measurement).where(Measurement.basis == "measured_here"))
        return [row.metric for row in rows]


def read_answers(settings):
    with open_session(settings.url) as session:
        return sorted((row.item, row.answer) for row in session.exec(select(Trial)))


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        ({"mode": failing_proxy.truncate}, "it cuts or changes prompts"),
        ({"mode": failing_proxy.count_otherwise}, "lengths would not mean what they say"),
        ({"mode": failing_proxy.babble}, "not what its weights find likely"),
        ({"mode": failing_proxy.say_nothing}, "does not say how many tokens"),
        ({"window": 400}, "serves 400 tokens, 512 are needed"),
        ({"mode": failing_proxy.hang, "patience_s": "3"}, "no answer from"),
    ],
    ids=["truncates", "counts otherwise", "answers garbage", "no answer", "window", "hangs"],
)
def test_a_failing_server_gives_no_number(verify, failure, words):
    done, settings = verify(**failure)
    told = " ".join(done.stderr.split())
    assert done.returncode == 1, told
    assert words in told
    assert read_numbers(settings) == []


def test_a_server_that_dies_at_every_third_question_is_asked_again(verify):
    """The run ends well, with as many answers as one that nothing disturbed."""
    done, settings = verify(dies_every=3)
    assert done.returncode == 0, done.stderr
    calm, undisturbed = verify()
    assert calm.returncode == 0, calm.stderr
    assert read_answers(settings) == read_answers(undisturbed) != []
    assert sorted(read_numbers(settings)) == sorted(read_numbers(undisturbed)) != []
