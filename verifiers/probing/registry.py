"""All probes: the modules of `verifiers.probes`, each found under its name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kb.domain.errors import UserError
from verifiers import probes
from verifiers.probing.probe import Probe


def list_probe_names() -> list[str]:
    """Return the names of all probes, in alphabetical order."""
    return sorted(module.name for module in iter_modules(probes.__path__))


def list_probes() -> list[Probe]:
    """Return all probes, in the order in which they test a claim."""
    found = [find_probe(name) for name in list_probe_names()]
    return sorted(found, key=lambda probe: (probe.place, probe.name))


@cache
def find_probe(name: str) -> Probe:
    """Return the probe called `name`; raise UserError naming those there are.

    Only its own module is imported, so that a replay needs no more than its own probe does.
    """
    known = list_probe_names()
    if name not in known:
        raise UserError(f"no probe {name!r}; there are {', '.join(known)}")
    probe = getattr(import_module(f"{probes.__name__}.{name}"), "PROBE", None)
    if not isinstance(probe, Probe) or probe.name != name:
        raise UserError(f"verifiers/probes/{name} holds no PROBE called {name!r}")
    return probe


def is_scored(name: str | None) -> bool:
    """Whether the results of this probe come from raw answers that are kept."""
    return name in list_probe_names() and find_probe(str(name)).scorer is not None
