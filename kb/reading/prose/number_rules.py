"""What a number in a sentence counts: decided by the words right after it, then by those before.

Each rule is a pattern and a claim type; the first that fits decides. A rule with no type says
that the number is no claim, and why.
"""

import re
from collections.abc import Callable

from kb.domain.claim_types import CLAIM_TYPES, CountPattern, Recognition, find_claim_type
from kb.reading.prose.numbers import Number
from kb.reading.prose.token_rules import find_token_meaning, is_of_tokens
from kb.reading.vocabulary.meaning import Meaning

_PARAM = r"param(?:eter)?s?\b"
_GAP = r"[\s\-–(*,]{0,3}"
_AFTER: tuple[tuple[str, Meaning], ...] = (
    (rf"{_GAP}(?:total )?(?:of which )?(?:{_PARAM} )?(?:are |being |is )?(?:active|activated)\b(?! users)",
     Meaning("params_active")),
    (rf"{_GAP}(?:dense |sparse |total |model |trainable |learnable |non-embedding |language )*{_PARAM}(?: (?:are|being|is))?(?: (?:active|activated)\b)",
     Meaning("params_active")),
    (rf"{_GAP}non-embedding {_PARAM}", Meaning(None, reason="counts without embeddings")),
    (rf"{_GAP}(?:dense |sparse |total |model |trainable |learnable |language |[a-z]+ )?{_PARAM}",
     Meaning("params_total")),
    (r"\s*\((?:total|in total)\)|\s+total\b(?! tokens)|\s+in total\b", Meaning("params_total")),
    (r"\s*(?:additional |isolated )?shared[- ]experts?\b", Meaning(None, reason="shared experts only")),
    (r"\s*(?:of the )?(?:routed |total |local |MoE |available )?experts? (?:are |is |being )?(?:active|activated|selected|chosen|used)\b"
     r"|\s*(?:activated|active|selected) (?:routed )?experts?\b|\s*experts? per (?:token|layer pass)\b",
     Meaning("experts", "active per token")),
    (r"[\s-]*(?:[a-z]+[\s-]){0,2}experts?\b", Meaning("experts", "total")),
    (r"[\s-]*(?:-?tokens? )?(?:max(?:imum)? )?(?:output|completion|generation|response)(?: tokens?| length| limit| window)?\b",
     Meaning("output_length")),
    (r"[\s-]*(?:tokens?[\s-])?(?:token[\s-])?(?:(?:long|native|full|maximum|max|input|extended)[\s-]){0,2}(?:context|sequence[\s-](?:length|window)|input[\s-]window)",
     Meaning("context_length")),
    (r"[\s-]*(?:tokens?[\s-])?(?:rollouts?|trajector\w+|chunks?)\b",
     Meaning(None, reason="tokens of something else")),
    (r"[\s-]*long[\s-](?:input )?texts?\b", Meaning("context_length")),
    (r"[\s-]*(?:token[\s-]|entry[\s-]|word[\s-])?vocab(?:ulary)?\b|\s*tokens? in (?:the|its) vocab",
     Meaning("vocab_size")),
    (r"[\s-]*(?:tokens? )?(?:of )?(?:warm-?up|decay)", Meaning(None, reason="a hyper-parameter")),
    (r",?\s*(?:tokens?,? )?(?:which|that) (?:is|are) the (?:maximum |max )?context", Meaning("context_length")),
    (r"[\s-]*(?:tokens? )?(?:BPE |tiktoken|BBPE )(?:tokenizer)?", Meaning("vocab_size")),
    (r"[\s-]*(?:tokens? )?batch", Meaning(None, reason="a batch size")),
    (r"\s*(?:monthly active users|users|MAU)\b", Meaning(None, reason="a number of users")),
    (r"\s*(?:layers|heads|blocks|hidden|dimensions?|images?|frames|hours|days|weeks|months|years|steps|epochs|shots?|-shot)\b",
     Meaning(None, reason="a hyper-parameter or a duration")),
)  # fmt: skip
_BEFORE: tuple[tuple[str, Meaning], ...] = (
    (r"(?:activat(?:es?|ing)|active(?: parameters?)?:?)\s*(?:only |about |just |~ ?|around )?$", Meaning("params_active")),
    (r"vocab(?:ulary)?(?: size)?s?(?: of| is| to| contains| with|:| =)*\s*(?:about |~ ?|over )?$", Meaning("vocab_size")),
    (r"(?:max(?:imum)? )?(?:output|generation|completion|new)(?: tokens?| length| limit| window)+(?: of| is|:| up to| to)*\s*$"
     r"|(?:generat\w+|output(?:s|ting)?|respon\w+)(?: of| with)? (?:up to|at most|a maximum of)\s*$", Meaning("output_length")),
    (r"(?:context|sequence|input)(?:[\s-](?:token )?(?:length|window|size|limit|len|capacity)){1,3}s?[^\w,;.]{0,3}(?:\(?(?:in )?tokens\)?)?"
     r"(?:[\s,](?:is|of|to|up to|at|from|which|that|reach\w*|support\w*|extend\w*|expand\w*|increas\w*|with|a|the|maximum|max|native\w*|about|around|over|by|default|was|are|can|be|it|~)){0,7}[\s:=(~]*$",
     Meaning("context_length")),
    (r"(?:context|sequence length|context window)s? (?:of|up to|to|is|at)(?: up to| about| over| more than| a maximum of)?\s*~?$",
     Meaning("context_length")),
    (r"batch[\s-]size\s*(?:of|is|:|=)?\s*$", Meaning(None, reason="a batch size")),
    (r"(?:total |model )?(?:param(?:eter)?s?|parameter (?:count|size)s?|model sizes?|sizes)(?: count| size)?(?: of| is| are| at|:| =| ranging from)*\s*~?$",
     Meaning("params_total")),
)  # fmt: skip


def _compile(
    rules: tuple[tuple[str, Meaning], ...],
    find_own: Callable[[Recognition], tuple[CountPattern, ...]],
) -> tuple[tuple[re.Pattern[str], Meaning], ...]:
    """Compile a table, then the patterns that stand with their claim type.

    Those come last, since none of them contends with another type for a number.
    """
    own = (
        (rule.pattern, Meaning(claim_type.name, rule.metric, factor=rule.factor))
        for claim_type in CLAIM_TYPES
        for rule in find_own(claim_type.reading)
    )
    return tuple((re.compile(words, re.IGNORECASE), meaning) for words, meaning in (*rules, *own))


_AFTER_COMPILED = _compile(_AFTER, lambda reading: reading.after_number)
_BEFORE_COMPILED = _compile(_BEFORE, lambda reading: reading.before_number)
_HYPER_BEFORE = re.compile(
    r"\b(?:theta|base frequency|learning rate|weight decay|warm-?up)\b(?:\s(?:of|is|to|at|from|by|increased|set|was)){0,4}[\s:=~]*$",
    re.IGNORECASE,
)
_MODEL_AFTER = re.compile(
    r"[\s-]+(?:(?!and|or|to|in|on|of|for|with|the|a)[A-Za-z-]+\s){0,3}?(?:models?|LLMs?|versions?|variants?|sizes?|MoE|dense)\b"
)
_SIZES = ("params_total", "params_active")
_NEVER_MONEY = (*_SIZES, "experts", "output_length")  # "$15 output" is a price
_NEVER_SCALED = ("experts", "elo", "languages")  # "8M languages" is another thing cut off
# "activates 17B of its parameters", "activating only 3B"
_ACTIVATING = re.compile(r"activat\w*\s*(?:only |about |just |~ ?|around )?$", re.IGNORECASE)
# "selects 8 of 256 experts", "the top-8 experts", "each token is routed to 4 experts"
_CHOSEN = re.compile(
    r"(?:activat\w+|select\w*|choos\w+|chosen|top[\s-]?|active|route[sd]?(?: \w+)* to|when using"
    r"|rout\w+ \w+ to)\s*(?:the |only |top[\s-]?)?$",
    re.IGNORECASE,
)
_SIDES = {"input": "input", "prompt": "input", "output": "output", "completion": "output"}
_PRICE_SIDE = re.compile(r"\b(input|output|prompt|completion)\b", re.IGNORECASE)


def find_meaning(text: str, number: Number) -> Meaning | None:
    """Return what `number` counts in the sentence `text`, or None when no rule says."""
    before, after = (
        text[max(0, number.start - 110) : number.start],
        text[number.end : number.end + 70],
    )
    if re.search(r"(?<![\w-])[+-]\s?$", before) and not number.scale:
        return Meaning(None, reason="a difference")
    if _HYPER_BEFORE.search(before):
        return Meaning(None, reason="a hyper-parameter or a duration")
    for pattern, meaning in _AFTER_COMPILED:
        match = pattern.match(after)
        if match and (found := _settle(meaning, match, number, before, after)):
            return found
    if is_of_tokens(after):
        return find_token_meaning(number, before, after)
    for pattern, meaning in _BEFORE_COMPILED:
        match = pattern.search(before)
        if match and (found := _settle(meaning, match, number, before, after)):
            return found
    if (
        number.scale.lower() in ("b", "billion", "bn", "t", "trillion", "m")
        and not number.currency
        and _MODEL_AFTER.match(after)
    ) and number.value >= 1e6:
        return Meaning("params_total")
    return None


def _settle(
    meaning: Meaning, match: re.Match[str], number: Number, before: str, after: str
) -> Meaning | None:
    """Check that the number can be what the words say; None when it cannot."""
    if meaning.claim_type is None:
        return meaning
    reading = find_claim_type(meaning.claim_type).reading
    if not reading.said_low <= number.value <= reading.said_high:
        return None
    if meaning.claim_type == "price":
        return _settle_price(meaning, match, number, before, after)
    if meaning.claim_type in _NEVER_MONEY and number.currency:
        return None
    if meaning.claim_type in _NEVER_SCALED and number.scale:
        return None
    return _settle_active(meaning, before)


def _settle_active(meaning: Meaning, before: str) -> Meaning:
    """A verb before the number tells the part in use: "activating 17B parameters"."""
    if meaning.claim_type in _SIZES and _ACTIVATING.search(before):
        return Meaning("params_active")
    if (meaning.claim_type, meaning.metric) == ("experts", "total") and _CHOSEN.search(before):
        return Meaning("experts", "active per token")
    return meaning


def _settle_price(
    meaning: Meaning, match: re.Match[str], number: Number, before: str, after: str
) -> Meaning | None:
    """A price has a currency; whether it is for input or output is the word nearest to it."""
    if not number.currency:
        return None
    side = match.groupdict().get("side") or _find_side(before, after)
    return Meaning("price", _SIDES.get(side.lower()) if side else None, None, meaning.factor)


def _find_side(before: str, after: str) -> str | None:
    """Whether a price is for what goes in or comes out: the word nearest to it."""
    if found := _PRICE_SIDE.search(after[:45]):
        return found[1]
    sides = _PRICE_SIDE.findall(before[-40:])
    return sides[-1] if sides else None
