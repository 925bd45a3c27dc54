"""Counts of parameters from the headers of weights files, with the config where there is one."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb.models.architectures.config import Config, ShapeError
from kb.models.architectures.counting import Count, make_count, sum_by_role
from kb.models.architectures.families import FAMILIES
from kb.models.architectures.packing import unpack
from kb.models.architectures.parts import Role
from kb.models.architectures.roles import find_role
from kb.models.weight_headers.model import TensorInfo


def count_tensors(tensors: Iterable[TensorInfo], config: Mapping[str, Any] | None = None) -> Count:
    """Return the exact counts of what the headers declare, packed weights by their numbers.

    Without a config of a known architecture there is no active count: how many experts a token
    uses stands nowhere else. Raises PackedError for a packing that is not known, ShapeError for
    a config that contradicts itself.
    """
    known = _find_known(config)
    layers = known.layers() if known else None
    real = unpack(tensors)
    by_role = sum_by_role((find_role(tensor.name, layers), tensor.elements) for tensor in real)
    return make_count(by_role, _find_used(by_role, known))


def _find_known(config: Mapping[str, Any] | None) -> Config | None:
    found = Config(config) if config is not None else None
    return found if found is not None and found.architecture in FAMILIES else None


def _find_used(by_role: dict[Role, int], config: Config | None) -> dict[Role, int] | None:
    if config is None or Role.OTHER in by_role:
        return None
    family = FAMILIES[config.architecture or ""]
    experts = config.experts(*family.experts)
    divided = Role.EXPERTS in by_role
    if divided != (experts > 1):
        raise ShapeError(
            f"the config says {experts} experts, the weights have {'some' if divided else 'none'}"
        )
    if not divided:
        return dict(by_role)
    used = config.integer("num_experts_per_tok", "experts_per_token")
    if not 0 < used <= experts:
        raise ShapeError(f"a token cannot use {used} of {experts} experts")
    return {**by_role, Role.EXPERTS: by_role[Role.EXPERTS] * used // experts}
