"""Whether two addresses belong to one site."""

from urllib.parse import urlsplit

from tldextract import TLDExtract

_extract = TLDExtract(suffix_list_urls=())  # the list that comes with it; nothing is fetched


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses share their registered domain, or at least their host."""
    hosts = [urlsplit(url).hostname or "" for url in (one, other)]
    domains = [_extract(host).top_domain_under_public_suffix for host in hosts]
    return hosts[0] == hosts[1] or (domains[0] == domains[1] != "")
