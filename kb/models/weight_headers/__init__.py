"""Headers of weights files, read from their first bytes with everything bounded."""

from kb.models.weight_headers.facts import WeightFacts, read_weight_facts
from kb.models.weight_headers.gguf import GgufHeader, parse_gguf_header
from kb.models.weight_headers.model import HeaderError, HeaderTruncatedError, TensorInfo
from kb.models.weight_headers.safetensors import SafetensorsHeader, parse_safetensors_header

__all__ = [
    "GgufHeader",
    "HeaderError",
    "HeaderTruncatedError",
    "SafetensorsHeader",
    "TensorInfo",
    "WeightFacts",
    "parse_gguf_header",
    "parse_safetensors_header",
    "read_weight_facts",
]
