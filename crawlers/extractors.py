"""The extractors of all sources: a new source is one entry."""

from crawlers.sources.huggingface.extract import EXTRACTOR as HUGGINGFACE
from crawlers.sources.local_release.extract import EXTRACTOR as LOCAL_RELEASE
from crawlers.sources.web_page.extract import EXTRACTOR as WEB_PAGE

EXTRACTORS = {each.crawler: each for each in (HUGGINGFACE, LOCAL_RELEASE, WEB_PAGE)}
