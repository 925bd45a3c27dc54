"""What one run is asked to bring in, and what that means for one source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawlers.wanted.declaration import Declaration
from crawlers.wanted.pages import PageOptions
from kb.domain.errors import UserError
from kb.settings import Settings


@dataclass(frozen=True)
class Wishes:
    """Sources to read whole, by name, and single items, by the option that asks for them.

    `defaults` says whether to read what is read when nothing else is named; None decides by
    what is named.
    """

    sources: tuple[str, ...] = ()
    items: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pages: PageOptions = field(default_factory=PageOptions)
    defaults: bool | None = None


@dataclass(frozen=True)
class Wanted:
    """What a run asks of one source: all that it declares (`whole`), single items, or both."""

    declaration: Declaration
    settings: Settings
    whole: bool = False
    items: tuple[str, ...] = ()
    pages: PageOptions = field(default_factory=PageOptions)

    def find_host(self, name: str) -> str:
        """Return where a host is asked: as declared, or where KB_<NAME>_URL says."""
        declared = self.declaration.hosts[name]
        return self.settings.source_urls.get(name, declared).rstrip("/")

    @property
    def addresses(self) -> list[str]:
        """The declared addresses, if the source is read whole, at the hosts that are asked."""
        return [self._relocate(url) for url in self.declaration.fixed_addresses if self.whole]

    def _relocate(self, url: str) -> str:
        for name, host in self.declaration.hosts.items():
            if url.startswith(f"{host.rstrip('/')}/"):
                return self.find_host(name) + url.removeprefix(host.rstrip("/"))
        return url

    def refuse(self, item: str, why: str) -> UserError:
        """Return the error for an item that cannot be asked for, with what to do about it."""
        option = self.declaration.option
        flag, remedy = (option.flag, option.remedy) if option else ("--source", None)
        return UserError(f"{flag} {item[:200]}: {why}" + (f"; {remedy}" if remedy else ""))
