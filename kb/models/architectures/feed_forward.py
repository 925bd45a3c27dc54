"""The feed-forward half of a layer: dense, or experts of which a token uses a few."""

from dataclasses import dataclass

from kb.models.architectures.parts import Part, Role


@dataclass(frozen=True)
class Experts:
    """How a layer is divided: `count` experts of `width`, `used` of them a token.

    `shared` is the width of the expert that every token uses, 0 for none. `stacked` experts
    lie in one tensor, `biased` ones have biases, as in gpt-oss.
    """

    count: int
    used: int
    width: int
    shared: int = 0
    stacked: bool = False
    biased: bool = False
    correction: bool = False
    shared_gate: bool = False


def make_dense(at: str, hidden: int, width: int, role: Role = Role.DENSE) -> list[Part]:
    """Return the three matrices of a gated feed-forward layer."""
    return [
        Part(f"{at}.gate_proj.weight", role, (width, hidden)),
        Part(f"{at}.up_proj.weight", role, (width, hidden)),
        Part(f"{at}.down_proj.weight", role, (hidden, width)),
    ]


def make_experts(at: str, hidden: int, experts: Experts) -> list[Part]:
    """Return the router, the experts and the shared expert of a layer under the name `at`."""
    parts = [Part(f"{at}.gate.weight", Role.ROUTER, (experts.count, hidden))]
    if experts.biased:
        parts.append(Part(f"{at}.router.bias", Role.ROUTER, (experts.count,)))
    if experts.correction:
        parts.append(Part(f"{at}.gate.e_score_correction_bias", Role.ROUTER, (experts.count,)))
    parts += (
        _make_stacked(at, hidden, experts) if experts.stacked else _make_apart(at, hidden, experts)
    )
    if experts.shared:
        parts += make_dense(f"{at}.shared_experts", hidden, experts.shared, Role.SHARED)
    if experts.shared_gate:
        parts.append(Part(f"{at}.shared_expert_gate.weight", Role.SHARED, (1, hidden)))
    return parts


def _make_apart(at: str, hidden: int, experts: Experts) -> list[Part]:
    shapes = {"gate_proj": (experts.width, hidden), "up_proj": (experts.width, hidden),
              "down_proj": (hidden, experts.width)}  # fmt: skip
    return [
        Part(f"{at}.experts.{{expert}}.{name}.weight", Role.EXPERTS, size, experts.count,
             experts.used)
        for name, size in shapes.items()
    ]  # fmt: skip


def _make_stacked(at: str, hidden: int, experts: Experts) -> list[Part]:
    """One tensor holds all experts, so the number of them is its first side."""
    shapes: dict[str, tuple[int, ...]] = {
        "gate_up_proj": (hidden, 2 * experts.width), "down_proj": (experts.width, hidden),
    }  # fmt: skip
    if experts.biased:
        shapes |= {"gate_up_proj_bias": (2 * experts.width,), "down_proj_bias": (hidden,)}
    return [
        Part(f"{at}.experts.{name}", Role.EXPERTS, size, experts.count, experts.used)
        for name, size in shapes.items()
    ]
