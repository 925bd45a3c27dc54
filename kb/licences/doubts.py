"""Clauses that by their meaning may hold a term although no rule could read them.

Sentences are compared with phrases that say each term in other words (cosine of sentence
embeddings). A sentence that is near, clearly nearer than to phrases for what is none, and that no
rule has read is told as a doubt: the reader then says that it is unsure, and not that the term is
absent.
"""

import numpy as np

from kb.domain.encoding import Encoder
from kb.licences.clause_rules.wording import is_about_liability
from kb.licences.terms import Doubt, Term
from kb.licences.text.clauses import Clause
from kb.licences.text.flat import collapse

NEAR, MARGIN = 0.66, 0.05
# A heading has fewer words, and a paragraph without full stops more.
_LEAST_WORDS, _MOST_WORDS = 6, 120
_MOST_SENTENCES = 600
# Each term in the words that licences of models commonly use for it.
_PHRASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("no_commercial_use", (
        "You may not use the model for commercial purposes.",
        "This license is for non-commercial research use only.",
    )),
    ("mau_limit", (
        "If your products have more than a number of monthly active users you must request a license.",
    )),
    ("revenue_limit", (
        "If your annual revenue exceeds a limit you must obtain a commercial license.",
    )),
    ("naming_required", (
        "You must display the name of the model on your website or include it in the name of your model.",
    )),
    ("geographic_restrictions", (
        "The rights are not granted to individuals or companies in certain countries.",
    )),
    ("output_training_restriction", (
        "You may not use outputs of the model to train or improve other AI models.",
    )),
    ("derivative_share_alike", (
        "Derivative works must be distributed under the same license.",
    )),
    ("patent_grant", ("Each contributor grants you a patent license.",)),
    ("termination_on_litigation", (
        "If you sue for patent infringement your license terminates.",
    )),
)  # fmt: skip
# Sentences that share words with terms and are none
_SOMETHING_ELSE = (
    "Derivative works means any work that is based on the work.",
    "As between you and us, you own the derivative works that you make.",
    "No trademark license is granted under this agreement.",
    "Contributions that you submit are under the terms of this license.",
    "You may add your own license terms to your modifications.",
    "This agreement is governed by the laws of a state.",
    "We may terminate this agreement if you breach it.",
    "You are granted a non-exclusive, worldwide, royalty-free license.",
    "You are responsible for the outputs that you generate.",
)


def find_doubts(
    clauses: tuple[Clause, ...], terms: tuple[Term, ...], encoder: Encoder
) -> tuple[Doubt, ...]:
    """Return the nearest unread sentence of each term that no rule found."""
    read = {term.kind for term in terms}
    asked = [(kind, phrase) for kind, phrases in _PHRASES if kind not in read for phrase in phrases]
    sentences = _list_sentences(clauses)
    if not asked or not sentences:
        return ()
    rows = encoder.encode([collapse(sentence) for _, _, sentence in sentences])
    nearness = np.asarray(rows @ encoder.encode([phrase for _, phrase in asked]).T)
    other = np.asarray(rows @ encoder.encode(_SOMETHING_ELSE).T).max(axis=1)
    nearness = np.where(nearness > other[:, None] + MARGIN, nearness, 0.0)
    found: dict[str, Doubt] = {}
    for column, (kind, _) in enumerate(asked):
        best = int(nearness[:, column].argmax())
        near = float(nearness[best, column])
        if near >= NEAR and (kind not in found or near > found[kind].nearness):
            clause, start, sentence = sentences[best]
            words, end = collapse(sentence)[:500], start + len(sentence)
            found[kind] = Doubt(kind, round(near, 3), words, start, end, clause.place)
    return tuple(found.values())


def _list_sentences(clauses: tuple[Clause, ...]) -> list[tuple[Clause, int, str]]:
    found = [
        (clause, start, sentence)
        for clause in clauses
        for start, sentence in clause.list_sentences()
        if _LEAST_WORDS <= len(sentence.split()) <= _MOST_WORDS and not is_about_liability(sentence)
    ]
    return found[:_MOST_SENTENCES]
