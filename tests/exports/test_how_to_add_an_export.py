"""docs/how-to/add-an-export.md is true: its file is a format, and its test passes."""

from tests.documented_code import keep_package, read_code
from tests.exports import format_runs


def test_the_file_is_a_format_and_its_test_passes(sample_file, tmp_path):
    code, test = read_code("add-an-export.md")
    with keep_package(tmp_path, "documented_formats", markdown=code) as package:
        names = {}
        exec(test, names)
        names["write_format"] = lambda name, file, folder: format_runs.write_format(
            name, file, folder, package
        )
        names["test_every_verdict_is_a_row"](sample_file, tmp_path)
