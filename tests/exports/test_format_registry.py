"""Export formats register themselves: each file that declares `FORMAT` is found by its name."""

from kb.exports.registry import find_formats
from tests.conftest import PROJECT

FORMATS = PROJECT / "kb" / "exports" / "formats"


def test_every_file_among_the_formats_is_a_format():
    files = [path for path in FORMATS.glob("*.py") if path.name != "__init__.py"]
    assert len(find_formats()) == len(files) >= 8


def test_formats_are_listed_in_alphabetical_order_each_with_words_for_people():
    assert list(find_formats()) == sorted(find_formats())
    assert all(made.comment.endswith(".") for made in find_formats().values())
