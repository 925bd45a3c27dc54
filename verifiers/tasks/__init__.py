"""Tasks on long texts, in the four families of RULER (arXiv 2404.06654), in words of our own.

Retrieval, tracing, counting, and questions over distractors; and one more family, after NoLiMa
(arXiv 2502.05167), where question and fact have no words in common. Every task is seeded and fills
any length.
"""
