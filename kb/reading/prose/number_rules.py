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

# "parameters", "params", "parameter"
_PARAM = r"param(?:eter)?s?\b"
_GAP = r"[\s\-–(*,]{0,3}"
_AFTER: tuple[tuple[str, Meaning], ...] = (
    # "17B active", "(of which 3B parameters are activated)"; "800M active users" is none.
    (rf"{_GAP}(?:total )?(?:of which )?(?:{_PARAM} )?(?:are |being |is )?(?:active|activated)\b(?! users)",
     Meaning("params_active")),
    # "22B parameters are activated per token", "3B params active"
    (rf"{_GAP}(?:dense |sparse |total |model |trainable |learnable |non-embedding |language )*{_PARAM}(?: (?:are|being|is))?(?: (?:active|activated)\b)",
     Meaning("params_active")),
    # Qwen cards give a second count, "31.0B non-embedding parameters", beside the total.
    (rf"{_GAP}non-embedding {_PARAM}", Meaning(None, reason="counts without embeddings")),
    # "70 billion parameters", "8B dense params", "671B total parameters"
    (rf"{_GAP}(?:dense |sparse |total |model |trainable |learnable |language |[a-z]+ )?{_PARAM}",
     Meaning("params_total")),
    # "a 235B (total) model", "400B total"; "15T total tokens" counts something else.
    (r"\s*\((?:total|in total)\)|\s+total\b(?! tokens)|\s+in total\b", Meaning("params_total")),
    # "2 shared experts" run for every token and are told apart from the routed ones.
    (r"\s*(?:additional |isolated )?shared[- ]experts?\b", Meaning(None, reason="shared experts only")),
    # "8 experts activated", "8 of the routed experts are selected", "2 experts per token"
    (r"\s*(?:of the )?(?:routed |total |local |MoE |available )?experts? (?:are |is |being )?(?:active|activated|selected|chosen|used)\b"
     r"|\s*(?:activated|active|selected) (?:routed )?experts?\b|\s*experts? per (?:token|layer pass)\b",
     Meaning("experts", "active per token")),
    # "128 experts", "256 fine-grained routed experts"
    (r"[\s-]*(?:[a-z]+[\s-]){0,2}experts?\b", Meaning("experts", "total")),
    # "8K max output", "64,000 output tokens", "32K-token response limit"
    (r"[\s-]*(?:-?tokens? )?(?:max(?:imum)? )?(?:output|completion|generation|response)(?: tokens?| length| limit| window)?\b",
     Meaning("output_length")),
    # Model cards write "128K context", "128k-token context window", "32K sequence length"
    (r"[\s-]*(?:tokens?[\s-])?(?:token[\s-])?(?:(?:long|native|full|maximum|max|input|extended)[\s-]){0,2}(?:context|sequence[\s-](?:length|window)|input[\s-]window)",
     Meaning("context_length")),
    # "64K-token rollouts" and "512-token chunks" are settings of training and of retrieval.
    (r"[\s-]*(?:tokens?[\s-])?(?:rollouts?|trajector\w+|chunks?)\b",
     Meaning(None, reason="tokens of something else")),
    # "handles 200K long texts"
    (r"[\s-]*long[\s-](?:input )?texts?\b", Meaning("context_length")),
    # "a 152K-token vocabulary", "128,256 tokens in its vocabulary"
    (r"[\s-]*(?:token[\s-]|entry[\s-]|word[\s-])?vocab(?:ulary)?\b|\s*tokens? in (?:the|its) vocab",
     Meaning("vocab_size")),
    # "500B tokens of decay" is a phase of training
    (r"[\s-]*(?:tokens? )?(?:of )?(?:warm-?up|decay)", Meaning(None, reason="a hyper-parameter")),
    # "8192 tokens, which is the maximum context"
    (r",?\s*(?:tokens?,? )?(?:which|that) (?:is|are) the (?:maximum |max )?context", Meaning("context_length")),
    # "a 100K tiktoken tokenizer"
    (r"[\s-]*(?:tokens? )?(?:BPE |tiktoken|BBPE )(?:tokenizer)?", Meaning("vocab_size")),
    # "4M tokens batch", "a 2048 batch"
    (r"[\s-]*(?:tokens? )?batch", Meaning(None, reason="a batch size")),
    # In licences: "700 million monthly active users"
    (r"\s*(?:monthly active users|users|MAU)\b", Meaning(None, reason="a number of users")),
    # "80 layers", "64 heads", "25-shot", "3 epochs", "2 months"
    (r"\s*(?:layers|heads|blocks|hidden|dimensions?|images?|frames|hours|days|weeks|months|years|steps|epochs|shots?|-shot)\b",
     Meaning(None, reason="a hyper-parameter or a duration")),
)  # fmt: skip
_BEFORE: tuple[tuple[str, Meaning], ...] = (
    # For example "activating only 37B", "active parameters: 3B"
    (r"(?:activat(?:es?|ing)|active(?: parameters?)?:?)\s*(?:only |about |just |~ ?|around )?$", Meaning("params_active")),
    # "a vocabulary size of about 256,000"
    (r"vocab(?:ulary)?(?: size)?s?(?: of| is| to| contains| with|:| =)*\s*(?:about |~ ?|over )?$", Meaning("vocab_size")),
    # "maximum output length of 8,192", "generates up to 4096"
    (r"(?:max(?:imum)? )?(?:output|generation|completion|new)(?: tokens?| length| limit| window)+(?: of| is|:| up to| to)*\s*$"
     r"|(?:generat\w+|output(?:s|ting)?|respon\w+)(?: of| with)? (?:up to|at most|a maximum of)\s*$", Meaning("output_length")),
    # "context window has been extended from 8K to 128K": verbs and prepositions may stand
    # between.
    (r"(?:context|sequence|input)(?:[\s-](?:token )?(?:length|window|size|limit|len|capacity)){1,3}s?[^\w,;.]{0,3}(?:\(?(?:in )?tokens\)?)?"
     r"(?:[\s,](?:is|of|to|up to|at|from|which|that|reach\w*|support\w*|extend\w*|expand\w*|increas\w*|with|a|the|maximum|max|native\w*|about|around|over|by|default|was|are|can|be|it|~)){0,7}[\s:=(~]*$",
     Meaning("context_length")),
    # "a context of up to 32K", "sequence length of 4096"
    (r"(?:context|sequence length|context window)s? (?:of|up to|to|is|at)(?: up to| about| over| more than| a maximum of)?\s*~?$",
     Meaning("context_length")),
    # "batch size of 1024"
    (r"batch[\s-]size\s*(?:of|is|:|=)?\s*$", Meaning(None, reason="a batch size")),
    # For example "model sizes ranging from 0.5B", "parameter count: 7.6B"
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
# "RoPE theta of 500,000", "warm-up from 2000": figures of training, whatever follows them.
_HYPER_BEFORE = re.compile(
    r"\b(?:theta|base frequency|learning rate|weight decay|warm-?up)\b(?:\s(?:of|is|to|at|from|by|increased|set|was)){0,4}[\s:=~]*$",
    re.IGNORECASE,
)
# "the 8B and 70B models", "a 7B dense variant": a size that stands for the model.
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
# "$3 per million input tokens, $15 for output"
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
