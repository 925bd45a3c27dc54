"""Repositories on GitHub over real HTTP: a folder's documents, and one file."""

import json

import pytest
from sqlmodel import select

from crawlers.sources.github.repository import find_licensed_model, parse_repository
from kb.cli.commands.pipeline.judge import run_judge
from kb.store.database import open_session
from kb.tables import Claim, Measurement, Source, Verdict
from tests.crawlers.fixture_files import get_input
from tests.crawlers.site import Page, serve
from tests.licences.test_standard import MIT
from tests.processes import run_kb
from tests.reviewing import accept_all

pytestmark = pytest.mark.crawl


def read(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


def list_folder(*names, **sizes):
    entries = [
        {"name": name, "path": f"elsewhere/{name}", "type": "file", "size": sizes.get(name, 10)}
        for name in names
    ]
    return json.dumps([*entries, {"name": "README", "type": "dir"}, 7]).encode()


def test_a_repository_on_github(settings):
    card = get_input("github/model_card")
    names = ("MODEL_CARD.md", "LICENSE", "USE_POLICY.md", "train.py", "README.pdf", "../LICENSE")
    pages = {
        "/repos/toys/models/contents/toy2?ref=v1.0": list_folder(*names),
        "/toys/models/v1.0/toy2/MODEL_CARD.md": Page(card),
        "/toys/models/v1.0/toy2/LICENSE": Page(get_input("github/license")),
        "/toys/models/v1.0/toy2/USE_POLICY.md": b"# Policy\n",
    }
    with serve(pages) as (url, asked):
        done = run_kb(
            settings, "crawl", "--github", "toys/models@v1.0:toy2",
            KB_GITHUB_URL=url, KB_GITHUB_RAW_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(asked) == {"/robots.txt", *pages}
    kinds = {source.url.rsplit("/")[-1]: source.kind for source in read(settings, Source)}
    assert kinds == {
        "MODEL_CARD.md": "model_card", "LICENSE": "license", "USE_POLICY.md": "license",
    }  # fmt: skip
    windows = {
        claim.subject_text: claim.claimed_value
        for claim in read(settings, Claim)
        if claim.claim_type == "context_length"
    }
    assert windows == {"Toy 2 Small": 32_000, "Toy 2 Large": 128_000}


def test_one_file_on_github(settings):
    listing = json.dumps({"type": "file", "name": "card.md", "content": "aWdub3JlZA=="}).encode()
    pages = {
        "/repos/toys/models/contents/a%20b/card.md": listing,
        "/toys/models/HEAD/a%20b/card.md": get_input("github/model_card"),
    }
    with serve(pages) as (url, _):
        done = run_kb(
            settings, "crawl", "--github", "toys/models:a b/card.md",
            KB_GITHUB_URL=url, KB_GITHUB_RAW_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(read(settings, Claim)) == 4


def test_the_licence_in_a_models_own_repository_judges_the_one_that_its_card_names(settings):
    """As DeepSeek-R1's: its text names no model, and lies beside the card."""
    card = b"# Toy-R1\n\nThe code and the weights of Toy-R1 are licensed under the MIT License.\n"
    pages = {
        "/repos/toys/Toy-R1/contents/": list_folder("README.md", "LICENSE", "LICENSE-CODE"),
        "/toys/Toy-R1/HEAD/README.md": Page(card),
        "/toys/Toy-R1/HEAD/LICENSE": Page(MIT.encode()),
        "/toys/Toy-R1/HEAD/LICENSE-CODE": Page(MIT.encode()),
    }
    with serve(pages) as (url, _):
        done = run_kb(
            settings, "crawl", "--github", "toys/Toy-R1",
            KB_GITHUB_URL=url, KB_GITHUB_RAW_URL=url,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    texts = [row for row in read(settings, Measurement) if row.metric == "license_text"]
    assert [(row.model_id, row.text) for row in texts] == [("toys/toy-r1", "MIT")]
    accept_all(settings)
    run_judge(settings)
    claims = {
        row.id for row in read(settings, Claim)
        if row.claim_type == "license" and row.model_id == "toys/toy-r1"
    }  # fmt: skip
    named = [row for row in read(settings, Verdict) if row.claim_id in claims]
    assert named
    assert {(row.outcome, row.rule) for row in named} == {("supported", "license_text/2")}


@pytest.mark.parametrize(
    ("repository", "path", "model"),
    [
        ("deepseek-ai/DeepSeek-R1", "LICENSE", "DeepSeek-R1"),
        ("zai-org/GLM-4.5", "LICENSE", "GLM-4.5"),
        ("deepseek-ai/DeepSeek-V3.2-Exp", "LICENSE", "DeepSeek-V3.2-Exp"),
        ("deepseek-ai/DeepSeek-V3", "LICENSE-CODE", None),
        ("deepseek-ai/DeepSeek-R1", "figures/LICENSE", None),
        ("meta-llama/llama-models", "LICENSE", None),
        ("vllm-project/vllm", "LICENSE", None),
    ],
)
def test_a_licence_is_a_models_where_the_repository_is_that_models(repository, path, model):
    assert find_licensed_model(parse_repository(repository), path) == model
