"""Shapes of models: config → tensors by role, counts, and what a text takes in memory."""

from kb.domain.architectures.config import Config, ShapeError
from kb.domain.architectures.counting import Count, count_shape
from kb.domain.architectures.gguf_config import make_gguf_config
from kb.domain.architectures.header_counts import count_tensors
from kb.domain.architectures.packing import PackedError
from kb.domain.architectures.parts import QUANTISED, CacheLayer, Part, Role, Shape
from kb.domain.architectures.shapes import make_shape

__all__ = [
    "QUANTISED",
    "CacheLayer",
    "Config",
    "Count",
    "PackedError",
    "Part",
    "Role",
    "Shape",
    "ShapeError",
    "count_shape",
    "count_tensors",
    "make_gguf_config",
    "make_shape",
]
