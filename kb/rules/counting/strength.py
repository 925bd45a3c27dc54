"""Which basis outranks which where several results count the same thing."""

from kb.domain.outcomes import Basis

STRENGTH = (
    Basis.READ_FROM_RELEASE,
    Basis.MEASURED_HERE,
    Basis.COMPUTED,
    Basis.REPORTED_BY_OTHERS,
    Basis.STATED_BY_VENDOR,
)
COUNTED = ("params_total", "params_active", "experts")
