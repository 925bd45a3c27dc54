"""Number formats in which weights are served: what each tensor takes in them."""

from dataclasses import dataclass

from kb.domain.errors import UserError
from kb.models.architectures import QUANTISED, Role, Shape

_EXPERTS = frozenset({Role.EXPERTS})
_PLAIN_BYTES = 2.0  # what is not quantised stays in bf16


@dataclass(frozen=True)
class Precision:
    """A number format: bytes a weight, scales of its group included, for the roles it packs.

    `cache_bytes` is what a number of the cache takes: engines keep it in 16 bits unless told
    otherwise, also where the weights are smaller.
    """

    name: str
    weight_bytes: float
    roles: frozenset[Role] = QUANTISED
    plain_bytes: float = _PLAIN_BYTES
    cache_bytes: int = 2


# Four-bit formats have a 16-bit scale for 128 weights (GPTQ, AWQ) or an 8-bit one for 32 (MXFP4,
# OCP Microscaling Formats 1.0, section 5.1); those of 8 bits one for a row, which is nothing.
PRECISIONS: tuple[Precision, ...] = (
    Precision("float32", 4.0, plain_bytes=4.0, cache_bytes=4),
    Precision("bf16", 2.0),
    Precision("fp8", 1.0),
    Precision("int8", 1.0),
    Precision("int4", 0.5 + 2 / 128),
    Precision("mxfp4", 0.5 + 1 / 32, _EXPERTS),
)
_SAME = {
    "bfloat16": "bf16", "fp16": "bf16", "float16": "bf16", "fp32": "float32", "fp4": "int4",
    "4-bit": "int4", "8-bit": "int8", "on-the-fly int4": "int4", "f32": "float32",
}  # fmt: skip


def find_precision(name: str) -> Precision:
    """Return the precision of this name; raise UserError naming those that are known."""
    wanted = _SAME.get(name.lower(), name.lower())
    found = next((precision for precision in PRECISIONS if precision.name == wanted), None)
    if found is None:
        known = ", ".join(precision.name for precision in PRECISIONS)
        raise UserError(f"no precision {name!r}; known are {known}")
    return found


def is_same_precision(one: str, other: str) -> bool:
    """Whether two names mean the same number format."""
    return _SAME.get(one.lower(), one.lower()) == _SAME.get(other.lower(), other.lower())


def compute_weights_bytes(shape: Shape, precision: Precision) -> int:
    """Return what the weights take in this precision, in bytes."""
    return round(
        sum(
            part.elements
            * (precision.weight_bytes if part.role in precision.roles else precision.plain_bytes)
            for part in shape.parts
        )
    )
