"""A probe's context for tests of its logic: a scripted engine, answers in memory, no base."""

from types import SimpleNamespace

from kb.domain.results import RawAnswer, ScoredAnswer
from kb.settings import Settings
from verifiers.engines.scripted import ScriptedEngine
from verifiers.probing.claim_under_test import ClaimUnderTest
from verifiers.serving.listening import Listener


class WordTokenizer:
    """Makes a token of each word, and remembers the text that a prompt came from."""

    template_sha256 = None

    def __init__(self):
        self.texts = {}

    def encode_prompt(self, instruction, answer_prefix):
        text = f"{instruction}\n{answer_prefix}"
        ids = tuple(hash(word) & 0xFFFF for word in text.split())
        self.texts[ids] = text
        return ids


class ScriptedContext:
    """Stands for a `ProbeContext`; `answer` makes the model's answer from the prompt's text.

    `windows` are served up to `longest`. What is in `answers` beforehand is on record.
    """

    def __init__(
        self, parameters, answer=str, *, claim=None, probe=None, settings=None, longest=10**9,
        answers=(), earlier=(),
    ):  # fmt: skip
        self.parameters, self.probe, self.random_seed = parameters, probe, 7
        self.claim = claim or ClaimUnderTest("context_length", 8192.0)
        self.settings = settings or Settings()
        self.title, self.listener, self.longest = "a test", Listener(), longest
        self.answers, self.earlier = dict(answers), list(earlier)
        self.tokenizer = WordTokenizer()
        self.engine = ScriptedEngine(lambda ids: answer(self.tokenizer.texts[ids]), longest)

    def is_over(self):
        return False

    def read_earlier_results(self, probe):
        return self.earlier

    def open_bench(self, window_tokens):
        facts = {"engine": "scripted", "hardware": "none", "served_window_tokens": self.longest}
        return SimpleNamespace(
            engine=self.engine, tokenizer=self.tokenizer, describe=lambda: facts,
            loss=SimpleNamespace(bits_per_byte=1.0, tokens=100),
        )  # fmt: skip

    def close_engine(self):
        pass

    def ask_once(self, bench, question):
        if question.item not in self.answers:
            completion = bench.engine.complete(question.prompt, question.max_tokens)
            raw = RawAnswer(
                question.item, question.task, completion.text, len(question.prompt),
                question.expected, question.context_tokens, completion.finish_reason,
            )  # fmt: skip
            score = self.probe.score(raw)
            self.answers[question.item] = ScoredAnswer(raw, self.probe.scorer, score)
        return self.answers[question.item]

    def open_interview(self, window_tokens, make_question):
        return ScriptedInterview(self, self.open_bench(window_tokens), make_question)


class ScriptedInterview:
    """Asks one question after the other."""

    def __init__(self, context, bench, make_question):
        self.context, self.bench, self.make_question = context, bench, make_question
        self.answers = context.answers

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def ask(self, items, ahead=()):
        for item in items:
            self.context.ask_once(self.bench, self.make_question(item, self.bench))
