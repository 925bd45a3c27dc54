"""The foot of every page: where else to go, how fresh the data is, and what to cite."""

from dashboard.page import Group, Page
from dashboard.parts.layout import show
from dashboard.reads.published import Edition, read_about
from dashboard.registry import list_groups
from dashboard.wording.markup import Html, link_page, tag
from dashboard.wording.words import write_day

_ABOUT = (
    "As Claimed compares what AI vendors say about their models with what the released weights, "
    "the files that anybody may download, actually do. "
    "Every figure on these pages comes from one file, published.duckdb, which you can download."
)


def show_foot(edition: Edition) -> None:
    """Put the foot under a page."""
    about = read_about(edition)
    digest = str(about.get("digest", ""))[:16]
    dated = f"Data as of {write_day(about.get('data_date'))}. Edition {digest}."
    links = [_make_group(group, pages) for group, pages in list_groups().items()]
    nav = tag("nav", *links, aria_label="Pages")
    show(tag("footer", nav, tag("p", dated), tag("p", _ABOUT), css="ac-foot"))


def _make_group(group: Group, pages: list[Page]) -> Html:
    links = (link_page(page.address, page.title) for page in pages)
    return tag("div", tag("span", group.value), *links)
