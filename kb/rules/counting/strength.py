"""Which basis outranks which where several results count the same thing."""

from kb.domain.outcomes import Basis

STRENGTH = (Basis.READ_FROM_RELEASE, Basis.MEASURED_HERE, Basis.REPORTED_BY_OTHERS)
COUNTED = ("params_total", "params_active", "experts")
