"""Packed weights: the numbers that a quantised release stands for, not those it stores.

Formats, each told by the tensors that come together: GPTQ and AWQ (`qweight`, `qzeros`, `scales`),
compressed-tensors and NVFP4 (`weight_packed`), MXFP4 of gpt-oss (`_blocks`, `_scales`),
bitsandbytes (`absmax`, `quant_state`). FP8 and 8-bit integers hold one number an element beside
scales of their own. What is packed in a way that is not known is refused, not counted as it lies.
"""

from collections.abc import Iterable, Mapping
from math import prod

from kb.models.weight_headers.model import HeaderError, TensorInfo

_BITS = {"I8": 8, "U8": 8, "I16": 16, "U16": 16, "I32": 32, "U32": 32, "I64": 64, "U64": 64}
_HELPERS = (
    ".qzeros", ".scales", ".g_idx", ".weight_scale", ".weight_scale_inv", ".weight_scale_2",
    ".weight_shape", ".weight_zero_point", ".weight_g_idx", ".input_scale", ".output_scale",
    ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", ".SCB", ".weight_format",
    ".k_scale", ".v_scale", ".input_global_scale", ".weight_global_scale",
)  # fmt: skip
_FOUR_BITS = 4
_MOST_UNKNOWN = 0.001


class PackedError(HeaderError):
    """Weights are packed in a way that is not known; the message names the tensor."""


def unpack(tensors: Iterable[TensorInfo]) -> list[TensorInfo]:
    """Return the tensors with their real numbers of elements, helpers of packing left out.

    Raises PackedError for a packing that is not known. A few integers that are no packed weights
    (positions, tables of indices) are counted as they lie.
    """
    by_name = {tensor.name: tensor for tensor in tensors}
    wanted = [tensor for tensor in by_name.values() if not _is_helper(tensor.name, by_name)]
    unknown = [tensor for tensor in wanted if _is_unknown(tensor, by_name)]
    left = {tensor.name for tensor in unknown}
    real = [tensor if tensor.name in left else _unpack_one(tensor, by_name) for tensor in wanted]
    if _count(unknown) > _MOST_UNKNOWN * _count(real):
        first = max(unknown, key=lambda tensor: tensor.elements)
        raise PackedError(f"{first.name} is packed ({first.dtype}) in a way that is not known")
    return real


def _count(tensors: Iterable[TensorInfo]) -> int:
    return sum(tensor.elements for tensor in tensors)


def _is_unknown(tensor: TensorInfo, by_name: Mapping[str, TensorInfo]) -> bool:
    """Whether integers come without any of the tensors that would tell how they are packed."""
    name, bits = tensor.name, _BITS.get(tensor.dtype)
    if bits is None or name.endswith((".qweight", ".weight_packed")):
        return False
    if bits == 8 and (name.endswith("_blocks") or _near(name, by_name)):
        return False
    stem = name.removesuffix(".weight")
    scaled = any(f"{stem}.{suffix}" in by_name for suffix in ("SCB", "weight_scale"))
    return not (bits == 8 and scaled)


def _is_helper(name: str, by_name: Mapping[str, TensorInfo]) -> bool:
    if name.endswith("_scales") and name.removesuffix("_scales") + "_blocks" in by_name:
        return True
    return name.endswith(_HELPERS) or ".quant_state." in name


def _unpack_one(tensor: TensorInfo, by_name: Mapping[str, TensorInfo]) -> TensorInfo:
    name, bits = tensor.name, _BITS.get(tensor.dtype)
    if bits is None:
        return tensor
    if name.endswith("_blocks"):
        return _resize(tensor, name.removesuffix("_blocks"), 8 // _FOUR_BITS)
    if name.endswith(".qweight"):
        stem = name.removesuffix(".qweight")
        return _resize(tensor, f"{stem}.weight", _find_pack(stem, tensor, by_name))
    if name.endswith(".weight_packed"):
        return _unpack_compressed(tensor, bits, by_name)
    return _resize(tensor, name, 8 // _FOUR_BITS) if _near(name, by_name) else tensor


def _near(name: str, by_name: Mapping[str, TensorInfo]) -> list[str]:
    kinds = ("bitsandbytes__nf4", "bitsandbytes__fp4")
    return [key for kind in kinds if (key := f"{name}.quant_state.{kind}") in by_name]


def _find_pack(stem: str, tensor: TensorInfo, by_name: Mapping[str, TensorInfo]) -> int:
    """How many weights one stored number holds, by the sides of the scales and zero points."""
    scales, zeros = by_name.get(f"{stem}.scales"), by_name.get(f"{stem}.qzeros")
    if scales is None or zeros is None or len(scales.shape) != 2 or len(zeros.shape) != 2:
        raise PackedError(f"{tensor.name} has no scales and zero points to tell its packing by")
    outputs, stored = scales.shape[1], zeros.shape[1]
    pack = outputs // stored if stored else 0
    if pack not in (4, 8, 16) or pack * stored != outputs:
        raise PackedError(f"{tensor.name}: {stored} zero points do not stand for {outputs}")
    return pack


def _unpack_compressed(
    tensor: TensorInfo, bits: int, by_name: Mapping[str, TensorInfo]
) -> TensorInfo:
    """Two to a byte (NVFP4); in words of 32 bits only where the scales tell the packing."""
    stem = tensor.name.removesuffix("_packed")
    if bits == 8:
        return _resize(tensor, stem, 2)
    scale = by_name.get(f"{stem}_scale")
    groups = scale.shape[-1] if scale is not None and len(scale.shape) == 2 else 0
    for pack in (32 // _FOUR_BITS, 32 // 8):
        inputs = tensor.shape[-1] * pack
        if groups > 1 and inputs % groups == 0 and inputs // groups in (32, 64, 128):
            return _resize(tensor, stem, pack)
    raise PackedError(f"{tensor.name}: its scales do not tell how many weights a word holds")


def _resize(tensor: TensorInfo, name: str, pack: int) -> TensorInfo:
    return TensorInfo(name, (prod(tensor.shape) * pack,), tensor.dtype)
