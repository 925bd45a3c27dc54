"""Names of models in running text.

A name is a word that families of models are known by, or a word with a size after it, and what
follows it: version, variant words, sizes, dates. The words are vocabulary, not facts: a family
that is not listed is still found when a size is part of its name, or when the document is about it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

FAMILIES = (
    "Code ?Llama", "Llama", "Mixtral", "Mistral", "Ministral", "Magistral", "Codestral", "Devstral",
    "Pixtral", "Voxtral", "Phi", "Yi", "DBRX", "Granite", "Falcon", "Gemma", "CodeGemma",
    "RecurrentGemma", "PaliGemma", "Gemini", "PaLM", "ChatGPT", "GPT", "gpt-oss", "o[134](?=[- ]mini|\\b)",
    "Claude", "Qwen", "QwQ", "QVQ", "DeepSeek", "Baichuan", "Skywork", "InternLM", "InternVL",
    "Intern-S1", "Aquila", "ChatGLM", "GLM", "Kimi", "Moonlight", "MiniMax", "Jamba", "Command",
    "Aya", "Grok", "Nemotron", "OLMo", "OLMoE", "Molmo", "Tulu", "MPT", "Pythia", "BLOOM", "OPT",
    "Vicuna", "Alpaca", "WizardLM", "WizardCoder", "StarCoder", "StableLM", "SmolLM", "SmolVLM",
    "Mamba", "Zamba", "Hunyuan", "ERNIE", "EXAONE", "Solar", "Arctic", "Nova", "Reka", "Inflection",
    "MiMo", "LongCat", "Ling", "Ring", "Orca", "Zephyr", "OpenHermes", "Hermes", "Dolly",
    "RedPajama", "RWKV", "Persimmon", "Fuyu", "CodeGen", "CodeT5", "T5", "UL2", "Chinchilla",
    "Gopher", "LaMDA", "PanGu", "MiniCPM", "TinyLlama", "OpenELM", "XGen", "Xwin", "Seed-OSS",
    "Apertus", "BitNet", "LFM2?", "Step", "Sonar", "Titan", "Muse", "Cogito", "dots\\.llm1",
    "OpenCoder", "Nanbeige", "Hymba", "DCLM", "Snowflake Arctic", "Dolphin", "Starling", "Llemma",
    "MAP-Neo", "K2-Think", "SEA-LION", "Sailor", "SeaLLM", "Viking", "Poro", "EuroLLM", "Teuken",
    "Salamandra", "Bielik", "Velvet", "Minerva", "Fugaku-LLM", "PLaMo", "Swallow", "Kanana",
    "A\\.X", "Trinity", "INTELLECT", "Ministral", "Zhipu", "SenseNova", "Doubao", "Spark",
)  # fmt: skip
# Words that are names only with a version, size or hyphen after them.
_WEAK = {
    "command", "solar", "arctic", "nova", "step", "titan", "spark", "ring", "ling", "opt", "orca",
    "dolphin", "falcon", "granite", "muse", "hermes", "velvet", "minerva", "trinity",
    "sailor", "viking", "swallow", "inflection", "mamba", "bloom", "phi", "alpaca", "aya",
    "sonar", "reka", "hunyuan", "seed", "starling", "yi",
}  # fmt: skip
_VARIANTS = (
    "Scout", "Maverick", "Behemoth", "Instruct", "Base", "Chat", "it", "Vision", "Mini", "Small",
    "Medium", "Large", "Nano", "Tiny", "Pro", "Flash", "Flash-Lite", "Ultra", "Lite", "Turbo", "Plus",
    "Max", "Opus", "Sonnet", "Haiku", "MoE", "Coder", "Code", "Math", "VL", "Omni", "Thinking",
    "Reasoning", "Preview", "Experimental", "Exp", "Next", "Air", "Nemo", "Super", "Edge", "Guard",
    "Distill", "Zero", "Speciale", "Terminus", "Heavy", "Fast", "Codex", "Original", "Dense",
    "Deep Think", "Reasoner", "R\\+?", "Text", "Audio", "Think", "High", "xhigh", "Micro",
)  # fmt: skip
# Variants that name one model of a family when they stand alone, with the family understood.
_TELLING = ("Scout", "Maverick", "Behemoth", "Opus", "Sonnet", "Haiku", "Nemo", "Terminus")
# "7B", "8x22B", "1.5b", "235B-A22B", "17B-16E"
_SIZE = r"(?:\d{1,4}x)?\d{1,4}(?:\.\d{1,3})?[BbMT](?:-?[xX]?A?\d{1,3}(?:\.\d)?[BE])?"
# "Llama has 70B parameters": the size belongs to the sentence, not to the name.
_NOT_A_SIZE = r"(?![A-Za-z0-9])(?![\s-]{1,2}(?:total |active |activated |dense )?(?:param|token|vocab|people|users))"
# "3.1", "v2", "4.5"; not the "3" of "Gemma 3 billion" or the "128" of "Qwen 128 experts"
_VERSION = (
    r"(?:[A-Z](?=\d)|v)?\d{1,4}(?:\.\d{1,2}){0,3}[acehnopsv]?(?![\w%])(?!\.\d)(?![\s-](?:billion|million|trillion|tokens|experts"
    r"|languages|GPUs?|x\s|times|hours|days|months|points|percent|parameters"
    r"|new|open|and \d|to \d|of|out of|[KMBT]\b))"
)
# What may follow a family: "-Instruct-v0.3", " 4 Scout", " 27B it"
_TAIL = (
    r"(?:[-_](?![-_])[A-Za-z0-9.]{1,40}(?<!\.))*"
    rf"(?:\s(?:{_SIZE}{_NOT_A_SIZE}|{_VERSION}|(?:{'|'.join(_VARIANTS)})(?![A-Za-z0-9]))"
    r"(?:[-_][A-Za-z0-9.]{1,40}(?<!\.)){0,8}){0,6}"
)
# "meta-llama/", the account on a hub
_OWNER = r"(?:[A-Za-z0-9][\w.-]{1,40}/)?"
# An unlisted name is known by its size: "Toyla 7B", "Toyla-2-70B-Chat"
_GENERIC = re.compile(
    rf"(?<![\w./-]){_OWNER}[A-Z][A-Za-z]*[A-Za-z][\d.]{{0,4}}(?:-[A-Za-z0-9.]{{1,20}}){{0,3}}[-\s]"
    rf"(?:\d{{1,3}}x)?\d{{1,4}}(?:\.\d{{1,3}})?[BM]{_NOT_A_SIZE}{_TAIL}"
)
# Small letters are a name when hyphens join them: "toyla-1.5b-v2".
_JOINED = re.compile(
    rf"(?<![\w./@-]){_OWNER}[A-Za-z][A-Za-z0-9]{{1,20}}(?:[-_][A-Za-z][A-Za-z0-9]{{0,20}}|[-_]\d{{1,2}}){{0,3}}[-_]"
    rf"(?:\d{{1,3}}x)?\d{{1,4}}(?:\.\d{{1,3}})?b(?![A-Za-z0-9]){_TAIL}"
)
# "Chinchilla-optimal", "GPT-4-level", "Llama-based": the name only serves to compare
_ONLY_LIKE = re.compile(
    r"-(?:optimal|like|style|based|compatible|class|level|inspired|generated|trained|powered|transformers?)\b",
    re.IGNORECASE,
)
# "the Phi family", "Command models": a common word used as a name after all.
_CALLED_MODELS = re.compile(r"\s(?:series|family|models?\b|LLMs?\b)")
# "the 7B", "H100 80B", "Table 3B", "over 70B": what _GENERIC would take for names.
_NOT_MODELS = re.compile(
    r"^(?:the|a|an|our|this|both|with|of|and|from|to|at|over|about|than|only|all|for|its|in|is|are|has"
    r"|nvidia|amd|a100|h100|h200|b200|v100|rtx|mi300x?|gpus?|python|cuda|top|section|table|figure|step"
    r"|size|params?|parameters|model|models|context|tokens?|version|dense|sparse|moe|using|smallest"
    r"|largest|total|active|up|some|train(?:ed)?|release|billion|while|each|uses?|released|novel"
    r"|base|instruct|chat|raised|series|funding|worth|paid|spent|invest\w*|users|revenue)\b",
    re.IGNORECASE,
)


# For example "(Experimental-0326)", "(Preview)"
_STAGE = re.compile(
    r" ?\((?P<stage>(?:Experimental|Exp|Preview|Beta)(?:[- ][\w-]{1,20})?)\)", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """A model's name: text[start:end]; `name` is it written out."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=256)
def _compile(own: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted((*FAMILIES, *(re.escape(name) for name in own)), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w./@-]){_OWNER}(?P<family>{'|'.join(words)})"
        rf"(?P<joined>\d{{1,3}}(?:\.\d{{1,2}})?[a-z]?(?![\w])(?!\.\d))?(?![a-z]){_TAIL}",
        re.IGNORECASE,
    )


def find_mentions(text: str, own: Iterable[str] = ()) -> list[Mention]:
    """Return the names in `text`, in order; `own` are names the document goes by."""
    own_words = tuple(sorted(set(own)))
    found = [
        _make(match[0], match.start())
        for match in _compile(own_words).finditer(text)
        if _is_name(match, own_words)
    ]
    for pattern in (_GENERIC, _JOINED):
        taken = [(mention.start, mention.end) for mention in found]
        for match in pattern.finditer(text):
            clear = all(match.end() <= start or match.start() >= end for start, end in taken)
            if clear and not _NOT_MODELS.match(match[0].rsplit("/", 1)[-1]):
                found.append(_make(match[0], match.start()))
    staged = (_take_stage(text, mention) for mention in found)
    return sorted(staged, key=lambda mention: mention.start)


def _is_name(match: re.Match[str], own: tuple[str, ...]) -> bool:
    """Whether a word that is a family's name is meant as one."""
    family = match["family"]
    if family in own:
        return True
    rest = match[0][match.end("family") - match.start() :]
    if _ONLY_LIKE.match(rest):
        return False
    if family.lower() in _WEAK and not _CALLED_MODELS.match(match.string, match.end()):
        return (
            family[0].isupper() and bool(re.match(r"[-\s]?[vV]?\d|-[A-Z0-9]|\s[A-Z0-9]", rest))
        ) or bool(re.match(r"-\d", rest))
    if family.islower() and not re.match(r"-?\d|-[a-z]", rest):
        return family.lower().startswith("gpt-oss") or bool(re.fullmatch(r"o[134]", family))
    return True


def _make(text: str, start: int) -> Mention:
    name = text.rstrip(" .,;:-")
    end = start + len(name)
    return Mention(name.rsplit("/", 1)[-1], start, end)


def _take_stage(text: str, mention: Mention) -> Mention:
    """Take a stage in brackets into the name: "Toy (Experimental-0326)" is not plain Toy."""
    stage = _STAGE.match(text, mention.end)
    if stage is None:
        return mention
    return Mention(f"{mention.name} {stage['stage']}", mention.start, stage.end())


def is_free(start: int, end: int, mentions: list[Mention]) -> bool:
    """Whether [start, end) is no part of a name."""
    return all(end <= mention.start or start >= mention.end for mention in mentions)


def find_telling_variants(text: str, base: str) -> list[Mention]:
    """Return variant words that stand alone ("Scout"), as members of the family `base`."""
    return [
        Mention(f"{base} {match[0]}", match.start(), match.end())
        for match in re.finditer(rf"\b(?:{'|'.join(_TELLING)})\b", text)
    ]


def make_family_key(name: str) -> str:
    """Return the family of a name in lower case letters: "Llama-4-Scout" and "LLaMA2" are llama."""
    match = _compile(()).match(name.strip())
    family = match["family"] if match else re.split(r"[-\s\d]", name.strip(), maxsplit=1)[0]
    return re.sub(r"[^a-z]", "", family.lower())
