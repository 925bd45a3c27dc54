"""The sentence on a test by others of how well a model uses long texts."""

from kb.rules.case import Evidence
from kb.rules.evidence_words import write_by
from kb.rules.wording import write_number

_ASKS = {
    "NoLiMa": "NoLiMa asks for facts that share hardly a word with the question.",
    "RULER": "RULER asks for facts to be found, traced and counted in made-up texts.",
}


def say_use(result: Evidence) -> str:
    """What the test found, what it asks, and what its record says of how far it went."""
    told = result.conditions
    rule = told.rule or ""
    by_rule = f" by the rule “{rule}”" if rule else ""
    found = (
        f"How well it uses long texts is another question: its effective context{by_rule} is "
        f"{write_number(result.value)} tokens ({write_by(result)})."
    )
    asks = next((words for name, words in _ASKS.items() if rule.startswith(name)), "")
    note = f"{told.note.rstrip('.')}." if told.note else ""
    return " ".join(filter(None, (found, asks, note)))
