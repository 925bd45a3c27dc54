"""Sources are found by looking, declared as they must be, and loaded no sooner than needed."""

import subprocess
import sys

import pytest

import crawlers.sources
from crawlers.commands.jobs import make_jobs
from crawlers.commands.options import list_parameters
from crawlers.sources.source import EXTRACTORS, find_source, list_sources
from crawlers.wanted.pages import PageOptions
from crawlers.wanted.wishes import Wanted, Wishes
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.settings import Settings

URL = "https://toys.example/a"
DECLARED = """title: T
publisher: P
kind: press
cadence: daily
data_license: L
minimum: {documents: 1}
"""


@pytest.fixture
def write_source(tmp_path, monkeypatch):
    """Write a source beside the project's own; its files are looked through at once."""
    path = [*crawlers.sources.__path__, str(tmp_path)]
    monkeypatch.setattr(crawlers.sources, "__path__", path)

    def write(name, **files):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
        for stem, text in files.items():
            suffix = ".yml" if stem == "source" else ".py"
            (tmp_path / name / f"{stem}{suffix}").write_text(text)

    yield write
    for folder in tmp_path.iterdir():
        for module in [m for m in sys.modules if m.startswith(f"crawlers.sources.{folder.name}")]:
            del sys.modules[module]


def run(code):
    """What a fresh Python prints for `code`."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_listing_sources_and_the_help_import_no_scrapy_and_no_extractor():
    loaded = run(
        "import sys, typer\n"
        "from crawlers.commands.crawl import crawl\n"
        "from crawlers.sources.source import EXTRACTORS, list_sources\n"
        "typer.Typer().command()(crawl); list_sources(); list(EXTRACTORS)\n"
        "print(*sys.modules)"
    )
    heavy = {"scrapy", "twisted", "torch", "sentence_transformers", "pyarrow", "lxml", "parsel"}
    assert not heavy & set(loaded)
    assert not [name for name in loaded if name.endswith(".extract")]


def test_an_extractor_is_imported_when_it_is_asked_for_and_brings_no_scrapy():
    loaded = run(
        "import sys\nfrom crawlers.sources.source import EXTRACTORS\n"
        "EXTRACTORS['models_dev']\nprint(*sys.modules)"
    )
    extractors = [name for name in loaded if name.startswith("crawlers.sources.") and "ext" in name]
    assert extractors == ["crawlers.sources.models_dev.extract"]
    assert not {"scrapy", "twisted"} & set(loaded)


@pytest.mark.parametrize("source", list_sources(), ids=lambda source: source.name)
def test_every_source_is_whole(source):
    assert source.load_extractor().crawler == source.name
    assert source.load_spider().name == source.name
    assert EXTRACTORS[source.name].name == source.load_extractor().name
    option = source.declaration.option
    assert source.declaration.is_listed or option is not None, "nothing asks for it"
    assert option is None or option.flag in {
        f"--{parameter.name.replace('_', '-')}" for parameter in list_parameters()
    }


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(
        UserError, match=r"nowhere: no such source; choose from .*huggingface.* web_page"
    ):
        find_source("nowhere")
    assert "nowhere" not in EXTRACTORS
    with pytest.raises(UserError, match="github: say what to read of it, with --github"):
        make_jobs(Settings(), Wishes(sources=("github",)))


def test_a_declaration_that_is_wrong_is_told_by_field(write_source):
    write_source("toys", source=DECLARED.replace("cadence", "cadenza"))
    with pytest.raises(UserError, match=r"toys/source\.yml: cadence: Field required"):
        list_sources()


def test_a_part_under_another_name_is_refused(write_source):
    extract = "from kb.domain.found import *\nEXTRACTOR = Extractor('other', 1, Extraction)\n"
    write_source("toys_two", source=DECLARED, extract=extract)
    with pytest.raises(UserError, match=r"toys_two/extract\.py: EXTRACTOR is named 'other'"):
        find_source("toys_two").load_extractor()


def test_a_list_of_addresses_needs_no_spider(write_source):
    hosts = "hosts: {toys: 'https://toys.example'}\n"
    places = "addresses: ['https://toys.example/a/b.json', 'https://toys.example/{slug}']\n"
    write_source("toys_list", source=DECLARED + hosts + places)
    settings = Settings(source_urls={"toys": "http://127.0.0.1:1/"})
    ((spider, arguments),) = make_jobs(settings, Wishes(sources=("toys_list",), defaults=False))
    (document,) = arguments["documents"]
    assert spider.name == "toys_list"
    assert (document.address, document.title) == ("http://127.0.0.1:1/a/b.json", "a/b.json")
    assert (document.publisher, document.kind) == ("P", "press")


@pytest.mark.parametrize(
    ("kind", "name"), [(SourceKind.PRESS, "press"), (SourceKind.VENDOR_PAGE, "vendor_pages")]
)
def test_of_two_sources_with_one_option_the_kind_decides(kind, name):
    wishes = Wishes(items={"--site": (URL,)}, pages=PageOptions(kind=kind))
    assert [spider.name for spider, _ in make_jobs(Settings(), wishes)] == [name]


@pytest.mark.parametrize(
    ("wishes", "is_replay", "names"),
    [
        (Wishes(), False, ["local_release"]),
        (Wishes(), True, []),
        (Wishes(defaults=False), False, []),
        (Wishes(defaults=True), True, ["local_release"]),
        (Wishes(items={"--hub": ("a/b",)}), False, ["huggingface", "local_release"]),
        (Wishes(items={"--url": (URL,)}), False, ["web_page"]),
        (Wishes(sources=("models_dev",)), False, ["models_dev"]),
        (Wishes(sources=("models_dev",), defaults=True), False, ["local_release", "models_dev"]),
    ],
)
def test_installed_releases_are_read_unless_other_places_are_named(
    wishes, is_replay, names, monkeypatch
):
    place = "crawlers.sources.local_release.spider.find_installed"
    monkeypatch.setattr(place, lambda home: [])
    assert [spider.name for spider, _ in make_jobs(Settings(), wishes, is_replay)] == names


def test_a_copy_of_a_host_is_asked_where_the_environment_says(monkeypatch):
    monkeypatch.setenv("KB_GITHUB_RAW_URL", "http://127.0.0.1:9/")
    wanted = Wanted(find_source("github").declaration, Settings())
    assert wanted.find_host("github_raw") == "http://127.0.0.1:9"
    assert wanted.find_host("github") == "https://api.github.com"
