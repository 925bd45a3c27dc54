"""Shapes of models: config → tensors by role, counts, and what a text takes in memory."""

from kb.models.architectures.config import Config, ShapeError
from kb.models.architectures.counting import Count, count_shape
from kb.models.architectures.gguf_config import make_gguf_config
from kb.models.architectures.header_counts import count_tensors
from kb.models.architectures.packing import PackedError
from kb.models.architectures.parts import QUANTISED, CacheLayer, Part, Role, Shape
from kb.models.architectures.shapes import make_shape

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
