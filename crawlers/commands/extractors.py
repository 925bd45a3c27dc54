"""The extractors of all sources: a new source is one entry."""

from crawlers.sources.github.extract import EXTRACTOR as GITHUB
from crawlers.sources.huggingface.extract import EXTRACTOR as HUGGINGFACE
from crawlers.sources.lmarena.extract import EXTRACTOR as LMARENA
from crawlers.sources.local_release.extract import EXTRACTOR as LOCAL_RELEASE
from crawlers.sources.models_dev.extract import EXTRACTOR as MODELS_DEV
from crawlers.sources.openrouter.extract import EXTRACTOR as OPENROUTER
from crawlers.sources.press.extract import EXTRACTOR as PRESS
from crawlers.sources.vendor_pages.extract import EXTRACTOR as VENDOR_PAGES
from crawlers.sources.web_page.extract import EXTRACTOR as WEB_PAGE

_ALL = (
    GITHUB, HUGGINGFACE, LMARENA, LOCAL_RELEASE, MODELS_DEV, OPENROUTER, PRESS, VENDOR_PAGES,
    WEB_PAGE,
)  # fmt: skip
EXTRACTORS = {each.crawler: each for each in _ALL}
