"""`kb dashboard` serves on loopback only, and says what is missing."""

from pathlib import Path

import pytest

from dashboard.command import dashboard, make_command_line
from dashboard.parts.layout import make_permalink
from kb.domain.errors import UserError


def test_without_a_published_file_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    with pytest.raises(UserError, match=r"kb run.*kb publish"):
        dashboard()


def test_it_serves_on_loopback_and_sends_nothing_home() -> None:
    words = make_command_line(8600, opens_browser=False)
    assert {
        "--server.address=127.0.0.1",
        "--server.port=8600",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
    } <= set(words)
    entry = Path(words[4])
    assert entry.is_file()
    assert not (entry.parent / "pages").exists()
    assert "--server.headless=false" in make_command_line(8600, opens_browser=True)


def test_citations_carry_the_public_address(monkeypatch):
    monkeypatch.setenv("KB_PUBLIC_URL", "https://claims.example/base/")
    assert make_permalink("claim?id=c") == "https://claims.example/base/claim?id=c"
    monkeypatch.setenv("KB_PUBLIC_URL", "javascript:alert(1)")
    with pytest.raises(UserError, match="KB_PUBLIC_URL"):
        make_permalink("claim?id=c")
