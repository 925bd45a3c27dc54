"""Names of benchmarks: words by which a table of scores is known, and how a name is written."""

import re

# Seen in the tables of model cards and papers; a name that starts like one of these is one too.
_NAMES = (
    "MMLU", "MMMU", "GPQA", "HumanEval", "MBPP", "GSM", "MATH", "AIME", "HMMT", "BBH", "BIG-?Bench",
    "HellaSwag", "ARC", "WinoGrande", "PIQA", "SIQA", "SocialIQA", "BoolQ", "OpenBookQA", "OBQA",
    "TruthfulQA", "TriviaQA", "NaturalQuestions", "Natural Questions", "NQ", "DROP", "SQuAD", "QuAC",
    "RACE", "C-?Eval", "CMMLU", "GAOKAO", "AGI ?Eval", "LiveCodeBench", "LiveBench", "SWE", "IFEval",
    "IF-Eval", "MT-?Bench", "AlpacaEval", "Arena", "MGSM", "MTOB", "TydiQA", "TyDi", "ChartQA", "DocVQA",
    "TextVQA", "VQA", "MathVista", "MathVision", "InfoVQA", "OCRBench", "AI2D", "RULER", "NoLiMa",
    "Needle", "LongBench", "InfiniteBench", "HELMET", "LV-?Eval", "ZeroSCROLLS", "MRCR", "SimpleQA",
    "Aider", "Codeforces", "CodeElo", "BFCL", "Tau-?bench", "τ", "TAU", "Terminal-?Bench", "MultiPL",
    "EvalPlus", "CRUXEval", "BigCodeBench", "DS-?1000", "Spider", "BIRD", "ToxiGen", "Toxigen", "BBQ",
    "CrowS", "RealToxicity", "WildBench", "ZebraLogic", "MuSR", "Humanity", "HLE", "ARC-AGI", "FRAMES",
    "FACTS", "GlobalMMLU", "INCLUDE", "Belebele", "FLORES", "WMT", "XNLI", "XCOPA", "LAMBADA", "COPA",
    "CommonsenseQA", "CommonSenseQA", "CSQA", "StrategyQA", "MedQA", "PubMedQA", "LegalBench", "Math",
    "OlympiadBench", "Minerva", "CMATH", "CNMO", "Omni-MATH", "SuperGPQA", "MMStar", "MMBench", "MME",
    "Video-?MME", "EgoSchema", "BrowseComp", "WebVoyager", "OSWorld", "ScreenSpot", "SciCode",
    "LiveBench", "WritingBench", "EQ-Bench", "PopQA", "Nexus", "API-Bank", "Multi-IF", "InstructEval",
    "MultiChallenge", "CollIE", "Collie", "PolyMATH", "PolyMath", "MixEval", "Pile", "WikiText", "SAMSum",
    "QMSum", "SQuALITY", "GovReport", "MT-AIME", "AlignBench", "KILT", "SuperGLUE", "GLUE", "QASPER",
    "Qasper", "SciQ", "LogiQA", "WSC", "AA-?LCR", "IFBench", "CharXiv", "ERQA", "Vibe", "Vending",
    "FinanceBench", "Average", "Avg", "ACEBench", "OJBench", "Acebench", "HaluEval", "DiscrimEval",
    "XSTest", "StrongReject", "HarmBench", "AdvBench", "NIAH", "ScienceQA", "Overall",
)  # fmt: skip
# A short name is one only when its word ends with it: "ARC" is no part of "Architecture".
_SHORT = 7
_KNOWN = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(n for n in _NAMES if len(n) > _SHORT)}"
    rf"|(?:{'|'.join(n for n in _NAMES if len(n) <= _SHORT)})(?-i:(?![a-z])))",
    re.IGNORECASE,
)
# In running text a word must be one of these to be taken for a benchmark: capital letters and all.
_IN_TEXT = re.compile(
    rf"(?<![\w-])(?:{'|'.join(n for n in _NAMES if n not in ('Average', 'Avg', 'Math', 'Overall', 'Needle', 'Pile', 'INCLUDE', 'FACTS', 'FRAMES', 'Arena', 'Spider', 'RACE', 'TAU', 'Humanity', 'Vibe', 'Vending'))})"
    r"[\w+\-]{0,20}(?: (?:Pro|Diamond|Verified|Hard|Challenge|Easy|Bench|Lite|Redux|v\d|\d{4}|\d{2}|Multilingual|Plus|Full))?(?![\w])"
)


def is_benchmark(text: str) -> bool:
    """Whether a label holds the name of a benchmark that is known."""
    return _KNOWN.search(text[:200]) is not None


def find_benchmarks(text: str) -> list[tuple[str, int, int]]:
    """Return benchmarks named in running text, with their places."""
    return [(m[0].strip(), m.start(), m.end()) for m in _IN_TEXT.finditer(text)]


def split_metric(label: str) -> tuple[str, str | None]:
    """Return name and setting: "MMLU (5-shot)" → ("MMLU", "5-shot")."""
    words = re.sub(r"[↑↓*†‡^]+", " ", label)
    words = re.sub(r"\s+", " ", words).strip(" :,;-")
    match = re.fullmatch(r"(.{2,120}?)\s*[(\[]([^()\[\]]{1,60})[)\]]", words)
    if match:
        return match[1].strip(), match[2].strip()
    shots = re.fullmatch(r"(.{2,120}?)[,\s]+(\d{1,2}[- ]?shots?\b.{0,30})", words, re.IGNORECASE)
    if shots:
        return shots[1].strip(" ,"), shots[2].strip()
    return words, None
