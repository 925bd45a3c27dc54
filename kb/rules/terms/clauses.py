"""Names of clauses and documents, as evidence on licences holds them."""

from kb.rules.case import Evidence

LICENCE_READ, POLICY_READ = "license_text", "use_policy_text"
TERM = "license_term."


def name_place(clause: Evidence) -> str:
    """Return where a clause stands: section 2 of the Llama 4 Community License."""
    place = clause.conditions
    return f"{place.clause or 'a clause'} of the {place.document or 'licence'}"
