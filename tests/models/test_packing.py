"""Packed weights are counted by the numbers they stand for; unknown packings are refused."""

import pytest

from kb.models.architectures import PackedError, count_tensors
from kb.models.weight_headers import TensorInfo

REAL = 4096 * 1024  # a layer of 4,096 inputs and 1,024 outputs


def total(*tensors):
    return count_tensors([TensorInfo(*tensor) for tensor in tensors]).total


AT = "model.layers.0.mlp.up_proj"


@pytest.mark.parametrize(
    ("name", "tensors"),
    [
        ("GPTQ, 4 bits", [(f"{AT}.qweight", (512, 1024), "I32"), (f"{AT}.qzeros", (32, 128), "I32"),
                          (f"{AT}.scales", (32, 1024), "F16"), (f"{AT}.g_idx", (4096,), "I32")]),
        ("GPTQ, 8 bits", [(f"{AT}.qweight", (1024, 1024), "I32"),
                          (f"{AT}.qzeros", (32, 256), "I32"), (f"{AT}.scales", (32, 1024), "F16")]),
        ("AWQ", [(f"{AT}.qweight", (4096, 128), "I32"), (f"{AT}.qzeros", (32, 128), "I32"),
                 (f"{AT}.scales", (32, 1024), "F16")]),
        ("compressed-tensors", [(f"{AT}.weight_packed", (1024, 512), "I32"),
                                (f"{AT}.weight_scale", (1024, 32), "BF16"),
                                (f"{AT}.weight_shape", (2,), "I64")]),
        ("NVFP4", [(f"{AT}.weight_packed", (1024, 2048), "U8"),
                   (f"{AT}.weight_scale", (1024, 256), "F8_E4M3"),
                   (f"{AT}.weight_global_scale", (1,), "F32")]),
        ("MXFP4", [(f"{AT}_blocks", (1, 1024, 128, 16), "U8"),
                   (f"{AT}_scales", (1, 1024, 128), "U8")]),
        ("bitsandbytes, 4 bits", [(f"{AT}.weight", (REAL // 2, 1), "U8"),
                                  (f"{AT}.weight.absmax", (65536,), "U8"),
                                  (f"{AT}.weight.quant_map", (16,), "F32"),
                                  (f"{AT}.weight.quant_state.bitsandbytes__nf4", (90,), "U8")]),
        ("bitsandbytes, 8 bits", [(f"{AT}.weight", (1024, 4096), "I8"),
                                  (f"{AT}.SCB", (1024,), "F32")]),
        ("FP8 in blocks", [(f"{AT}.weight", (1024, 4096), "F8_E4M3"),
                           (f"{AT}.weight_scale_inv", (8, 32), "F32")]),
        ("plain", [(f"{AT}.weight", (1024, 4096), "BF16")]),
    ],
)  # fmt: skip
def test_packed_weights_are_counted_by_what_they_stand_for(name, tensors):
    assert total(*tensors) == REAL, name


@pytest.mark.parametrize(
    "tensors",
    [
        [(f"{AT}.weight", (1024, 512), "I32")],
        [(f"{AT}.weight", (1024, 512), "U32"), (f"{AT}.scales", (1024, 64), "F16")],
        [(f"{AT}.qweight", (512, 1024), "I32")],
        [(f"{AT}.weight_packed", (1024, 512), "I32")],
        [("mystery", (1024, 512), "U8")],
    ],
)
def test_unknown_packings_are_refused(tensors):
    with pytest.raises(PackedError, match=r"packed|packing|scales"):
        total(*tensors)


def test_a_few_indices_are_counted_as_they_lie():
    assert total((f"{AT}.weight", (1024, 4096), "BF16"), ("position_ids", (1, 77), "I64")) == (
        REAL + 77
    )
