"""What went wrong with a request, in words for the report."""

from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError
from twisted.web.client import ResponseFailed


def describe_error(error: BaseException) -> str:
    """Return one line; errors that Twisted wraps are unwrapped."""
    if isinstance(error, ResponseDataLossError):
        return "the answer broke off in the middle"
    if isinstance(error, DownloadCancelledError):
        return str(error) or "the answer is larger than KB_CRAWL_MAX_BYTES allows"
    if isinstance(error, DownloadFailedError) and isinstance(error.__cause__, ResponseFailed):
        reasons = (wrapped.value for wrapped in error.__cause__.reasons)
        words = (f"{type(reason).__name__}: {reason}" for reason in reasons)
        return f"no HTTP answer: {'; '.join(words)}"
    return f"{type(error).__name__}: {error}"
