"""Files that appear whole or not at all, in groups, and what killed writers leave."""

import pytest

from kb.store.files import hold_parts, write_group


def test_a_group_of_files_appears_in_folders_that_were_not_there(tmp_path):
    files = {tmp_path / "a" / str(n): b"x" * n for n in range(40)}
    write_group(files.items(), tmp_path / "parts")
    assert {path: path.read_bytes() for path in files} == files
    assert list((tmp_path / "parts").iterdir()) == []


def test_a_group_that_fails_leaves_no_parts(tmp_path):
    (tmp_path / "taken").mkdir()
    files = [(tmp_path / name, b"x") for name in ("first", "taken", "last")]
    with pytest.raises(OSError):
        write_group(files, tmp_path / "parts")
    assert (tmp_path / "first").read_bytes() == b"x"
    assert not (tmp_path / "last").exists()
    assert list((tmp_path / "parts").iterdir()) == []


def test_parts_of_the_dead_go_and_those_of_the_living_stay(tmp_path):
    dead, living = tmp_path / ".x.part", tmp_path / ".y.part"
    dead.write_bytes(b"half")
    with hold_parts(tmp_path):
        assert not dead.exists()
        living.write_bytes(b"half")
        with hold_parts(tmp_path):
            assert living.exists()
    with hold_parts(tmp_path):
        assert not living.exists()
