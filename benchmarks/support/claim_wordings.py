"""Ways in which articles put the same claim, for a corpus with planted duplicates.

Each entry is a type, the wordings of one proposition, and wordings of others that come near it.
`{…}` are slots; every wording of an entry gets the same values, near misses get one of them
changed where they say so with a slot ending in `2`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """A proposition in several wordings, and near misses."""

    type: str
    wordings: tuple[str, ...]
    near_misses: tuple[str, ...]


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "hardware_fit",
        (
            "runs on {n} {gpu} GPUs",
            "fits on {n} NVIDIA {gpu} GPUs",
            "can be run on {n} {gpu} graphics cards",
            "fits {n} {gpu} accelerators",
        ),
        ("runs on {n2} {gpu} GPUs", "runs on {n} {gpu2} GPUs", "does not run on {n} {gpu} GPUs"),
    ),
    Statement(
        "hardware_fit",
        (
            "needs at least {gb} GB of memory to run {job}",
            "requires at least {gb} GB of memory to run {job}",
            "to run {job} it needs no less than {gb} GB of memory",
        ),
        (
            "needs at least {gb2} GB of memory to run {job}",
            "needs at most {gb} GB of memory to run {job}",
        ),
    ),
    Statement(
        "benchmark_comparison",
        (
            "beats {rival} and {other} on {task}",
            "outperforms {rival} and {other} on {task}",
            "on {task}, better than {rival} and {other}",
            "surpasses both {rival} and {other} on {task}",
            "is ahead of {other} and {rival} on {task}",
        ),
        (
            "trails {rival} and {other} on {task}",
            "beats {rival} and {third} on {task}",
            "beats {rival}, trails {other} on {task}",
            "does not beat {rival} and {other} on {task}",
        ),
    ),
    Statement(
        "benchmark_comparison",
        (
            "beats {rival}, trails {other} in {skill}",
            "outperforms {rival} but lags {other} in {skill}",
            "in {skill} better than {rival}, worse than {other}",
        ),
        ("beats {other}, trails {rival} in {skill}", "matches {rival}, trails {other} in {skill}"),
    ),
    Statement(
        "throughput",
        (
            "answers {job} {times} times faster than {rival}",
            "{times} times quicker than {rival} when it answers {job}",
            "replies to {job} {times} times faster than {rival}",
        ),
        (
            "answers {job} {times2} times faster than {rival}",
            "answers {job} {times} times slower than {rival}",
        ),
    ),
    Statement(
        "modality",
        (
            "takes {media} and {media2} in {lang}",
            "accepts {media2} and {media} in {lang}",
            "handles {media} and {media2} in {lang}",
            "can process {media} and {media2} in {lang}",
        ),
        (
            "takes {media} and {media2} in {lang2}",
            "does not take {media} and {media2} in {lang}",
            "takes {media} in {lang}",
        ),
    ),
    Statement(
        "license_term",
        (
            "free for commercial use by firms with under {users} million monthly users in {place}",
            "commercial use is free for firms with fewer than {users} million users a month"
            " in {place}",
            "in {place}, free for commercial use by firms below {users} million monthly users",
        ),
        (
            "free for commercial use by firms with over {users} million monthly users in {place}",
            "not free for commercial use by firms with under {users} million monthly users"
            " in {place}",
            "free for commercial use by firms with under {users2} million monthly users in {place}",
        ),
    ),
    Statement(
        "license_term",
        (
            "the licence forbids use for {purpose} in {place}",
            "licence prohibits use for {purpose} in {place}",
            "use for {purpose} in {place} is forbidden by the license",
            "the license bans {purpose} use in {place}",
        ),
        (
            "the licence allows use for {purpose} in {place}",
            "the licence forbids use for {purpose2} in {place}",
            "the licence does not forbid use for {purpose} in {place}",
        ),
    ),
    Statement(
        "task_quality",
        (
            "summarises {documents} in {lang}",
            "condenses {documents} in {lang}",
            "sums up {documents} in {lang}",
            "can summarize {documents} in {lang}",
        ),
        ("summarises {documents2} in {lang}", "does not summarise {documents} in {lang}"),
    ),
    Statement(
        "task_quality",
        (
            "writes code for {field} better than a {worker} in {place}",
            "better than a {worker} in {place} at writing code for {field}",
            "beats a {worker} in {place} at coding for {field}",
        ),
        (
            "writes code for {field} worse than a {worker} in {place}",
            "writes code for {field2} better than a {worker} in {place}",
        ),
    ),
    Statement(
        "availability",
        (
            "available on {cloud} in {place} since {month} {year}",
            "offered on {cloud} in {place} since {month} {year}",
            "since {month} {year} available on {cloud} in {place}",
            "accessible on {cloud} in {place} since {month} {year}",
        ),
        (
            "available on {cloud2} in {place} since {month} {year}",
            "not available on {cloud} in {place} since {month} {year}",
            "available on {cloud} in {place} since {month2} {year}",
        ),
    ),
    Statement(
        "training_data",
        (
            "trained on {documents} in {lang} up to {month} {year}",
            "training on {documents} in {lang} up to {month} {year}",
            "was trained on {lang} {documents} up to {month} {year}",
        ),
        (
            "not trained on {documents} in {lang} up to {month} {year}",
            "trained on {documents2} in {lang} up to {month} {year}",
            "trained on {documents} in {lang} up to {month} {year2}",
        ),
    ),
    Statement(
        "task_quality",
        (
            "helps {people} with {field} questions in {lang}",
            "assists {people} with {field} questions in {lang}",
            "gives {people} help with {field} questions in {lang}",
            "helps {people} with {lang} questions on {field}",
        ),
        ("helps {people} with {field2} questions in {lang}",
         "does not help {people} with {field} questions in {lang}"),
    ),
)  # fmt: skip

# Wordings in words that the lexicon does not know: how far nearness of meaning alone goes.
UNKNOWN_WORDS: tuple[Statement, ...] = (
    Statement(
        "task_quality",
        (
            "drafts {documents} for {people} in {place}",
            "composes {documents} for {people} in {place}",
            "writes {documents} for {people} in {place}",
        ),
        (
            "edits {documents} for {people} in {place}",
            "drafts {documents2} for {people} in {place}",
        ),
    ),
    Statement(
        "cost",
        (
            "cheap enough for {people} in {place}",
            "inexpensive enough for {people} in {place}",
            "affordable enough for {people} in {place}",
        ),
        ("too costly for {people} in {place}", "cheap enough for {people2} in {place}"),
    ),
    Statement(
        "task_quality",
        (
            "detects errors in {documents} about {field}",
            "finds mistakes in {documents} about {field}",
            "spots errors in {documents} about {field}",
        ),
        ("makes errors in {documents} about {field}", "detects fraud in {documents} about {field}"),
    ),
    Statement(
        "task_quality",
        (
            "teaches children {field} in {lang}",
            "teaches kids {field} in {lang}",
            "educates children about {field} in {lang}",
        ),
        ("teaches adults {field} in {lang}", "teaches children {field2} in {lang}"),
    ),
    Statement(
        "training_data",
        (
            "trained on {documents} bought from firms in {place}",
            "trained on {documents} purchased from companies in {place}",
            "trained on {documents} acquired from businesses in {place}",
        ),
        (
            "trained on {documents} sold to firms in {place}",
            "trained on {documents} stolen from firms in {place}",
        ),
    ),
)

SLOTS: dict[str, tuple[str, ...]] = {
    "n": ("one", "2", "four", "8", "16", "three", "6", "ten"),
    "gpu": ("H100", "A100", "H200", "L40", "B200", "MI300", "T4", "V100"),
    "gb": ("16", "24", "32", "40", "48", "64", "80", "96", "128", "192"),
    "job": ("chat", "search", "translation", "speech", "retrieval", "captioning", "billing",
            "dictation", "tutoring", "moderation"),
    "rival": ("GPT-4o", "Gemini 2.0 Flash", "Claude 3.7 Sonnet", "DeepSeek V3", "Qwen2.5-72B",
              "Mistral Large 2", "Grok-2", "Phi-4", "Gemma 3 27B", "Llama 3.1 405B"),
    "other": ("GPT-4.5", "Gemini 1.5 Pro", "Claude 3 Opus", "DeepSeek R1", "QwQ-32B",
              "Mixtral 8x22B", "Grok-3", "Yi-34B", "Falcon 180B", "Command R"),
    "third": ("GPT-3.5", "Granite 3.0", "DBRX", "OLMo 2", "Kimi K2", "GLM-4.5"),
    "task": ("MMLU", "GPQA", "HumanEval", "MATH-500", "ChartQA", "MMMU", "BBH", "DROP",
             "LiveCodeBench", "SimpleQA", "TriviaQA", "ARC"),
    "skill": ("reasoning", "mathematics", "translation", "planning", "summarising", "grammar",
              "geometry", "chemistry", "law", "medicine"),
    "times": ("two", "3", "four", "5", "ten", "20"),
    "media": ("images", "video", "audio", "speech", "charts", "tables", "maps", "music"),
    "lang": ("English", "French", "German", "Polish", "Hindi", "Spanish", "Japanese", "Arabic",
             "Turkish", "Swahili", "Czech", "Korean"),
    "users": ("10", "50", "100", "300", "500", "700", "900"),
    "place": ("Europe", "Japan", "Brazil", "Canada", "India", "Kenya", "Norway", "Mexico",
              "Turkey", "Chile", "Egypt", "Vietnam"),
    "purpose": ("surveillance", "weapons", "gambling", "credit scoring", "advertising",
                "recruitment", "insurance", "policing", "lending", "elections"),
    "documents": ("contracts", "emails", "novels", "patents", "lab reports", "court rulings",
                  "meeting notes", "news", "manuals", "tax returns", "recipes", "poems"),
    "field": ("banking", "farming", "medicine", "shipping", "geology", "insurance", "aviation",
              "astronomy", "retail", "mining", "plumbing", "opera"),
    "worker": ("graduate", "beginner", "professional", "freelancer", "student", "contractor"),
    "cloud": ("Azure", "Bedrock", "Vertex", "OpenRouter", "Cloudflare", "Databricks", "Groq",
              "Replicate", "Together", "Fireworks"),
    "month": ("January", "March", "May", "June", "August", "October", "December"),
    "year": ("2022", "2023", "2024", "2025"),
    "people": ("nurses", "pilots", "teachers", "farmers", "lawyers", "tailors", "bakers",
               "plumbers", "librarians", "sailors"),
}  # fmt: skip
