"""The editor's page: closed without a token, and what it writes is only a queue of decisions."""

import pytest
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from dashboard.parts import deciding
from dashboard.parts.deciding import is_editor, send_decisions
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from tests.dashboard.page_runs import as_text, run_page
from tests.reviewing import put, read, read_waiting

TOKEN = "a long random word"
HOSTILE = "Toy 2 <b>now</b> has a context window of 128K tokens <script>alert(1)</script>."
SCRIPT = "from dashboard.pages.claims.editing import PAGE\nPAGE.show()\n"


@pytest.fixture
def home(settings, monkeypatch):
    """A home in which one reading waits, published."""
    put(settings, f"# Toy 2\n\n{HOSTILE}\n")
    read(settings)
    run_judge(settings)
    run_publish(settings)
    monkeypatch.delenv("KB_EDITOR_TOKEN", raising=False)
    return settings


def lay_out(**answers):
    test = AppTest.from_string(SCRIPT, default_timeout=120).run()
    for key, value in answers.items():
        test = test.text_input(key=key).set_value(value).run()
    assert not test.exception, test.exception
    return test


def read_page(test):
    return "\n".join(as_text(piece.proto.body) for piece in test.get("html"))


def list_claims(settings):
    run_judge(settings)
    with open_session(settings.url) as session:
        return [view["claimed_text"] for view in read_claim_views(session)]


def test_without_a_token_it_says_how_and_shows_nothing(home):
    told = read_page(lay_out())
    assert "KB_EDITOR_TOKEN" in told
    assert "128K" not in told and "Toy" not in told


def test_a_wrong_token_shows_nothing(home, monkeypatch):
    monkeypatch.setenv("KB_EDITOR_TOKEN", TOKEN)
    for given in ("wrong", TOKEN[:-1], TOKEN.upper()):
        told = read_page(lay_out(review_token=given))
        assert "not the editor" in told and "128K" not in told


def test_the_editor_accepts_and_the_base_takes_it(home, monkeypatch):
    monkeypatch.setenv("KB_EDITOR_TOKEN", TOKEN)
    test = lay_out(review_token=TOKEN, review_by="Ed")
    assert "128K" in read_page(test)
    bodies = "".join(piece.proto.body for piece in test.get("html"))
    assert "<script>" not in bodies and "<b>now" not in bodies
    (accept,) = [button for button in test.button if button.label == "Accept"]
    test = accept.click().run()
    assert not test.exception
    assert "Nothing waits" in read_page(test)
    assert len(read_waiting(home)) == 1, "the dashboard itself decides nothing in the base"
    assert list_claims(home) == ["128K tokens"]
    assert read_waiting(home) == []
    assert list((home.home / "decisions" / "waiting").glob("*")) == []


def send(settings, token, **values):
    (reading,) = read_waiting(settings)
    given = {"decision": "accepted", "by": "Ed", "reason": "so it says"} | values
    return send_decisions(settings, token, [reading.row.id], given)


def test_the_queue_takes_nothing_without_the_token_or_what_is_no_decision(home):
    settings = Settings(home=home.home, editor_token=SecretStr(TOKEN))
    with pytest.raises(PermissionError):
        send(settings, "wrong")
    with pytest.raises(PermissionError):
        send(Settings(home=home.home), "")
    for values in ({"by": ""}, {"decision": "perhaps"}, {"decision": "withdrawn"}, {"more": 1}):
        with pytest.raises(ValueError, match=":"):
            send(settings, TOKEN, **values)
    assert not (home.home / "decisions").exists()


def test_what_the_base_refuses_is_put_aside_and_told(home, capsys):
    settings = Settings(home=home.home, editor_token=SecretStr(TOKEN))
    send(settings, TOKEN, decision="mended", mended={"claimed": "very long"})
    assert list_claims(home) == []
    assert "cannot be claimed" in capsys.readouterr().err
    assert len(list((home.home / "decisions" / "refused").glob("*.json"))) == 1


def test_tokens_are_compared_in_constant_time(monkeypatch):
    asked = []
    monkeypatch.setattr(
        deciding.hmac, "compare_digest", lambda a, b: asked.append((a, b)) or a == b
    )
    assert is_editor(SecretStr("x"), "x") and not is_editor(SecretStr("x"), "y")
    assert not is_editor(None, "") and not is_editor(SecretStr(""), "")
    assert len(asked) == 4


def test_the_page_of_claims_shows_it_only_on_request_and_marked(home):
    told = run_page("claims", home.home)
    assert "128K" not in told
    asked = run_page("claims", home.home, unreviewed="true")
    assert "128K" in asked and "Read by a machine, not reviewed" in asked
