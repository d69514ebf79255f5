"""Whisper's text decoder as an ONNX graph that takes one step on many paths at once.

The architecture is that of "Robust Speech Recognition via Large-Scale Weak Supervision"
(Radford et al., 2022): pre-norm transformer, learned positions, GELU, tied output embedding.
The graph is built from the weights of the CTranslate2 model, so any Whisper in the catalogue
has one, and nothing more has to be installed.

Shapes: ``P`` paths before the step, ``B`` after it, ``L`` tokens before it, ``T`` encoder frames,
``D`` model width, ``H`` heads, ``d = D / H``, ``N`` picked tokens.

Inputs
    ``parents`` (B,) int64      which of the P paths each new path continues
    ``tokens`` (B,) int64       the token each new path appends
    ``position`` (1,) int64     L
    ``picks`` (N, 2) int64      (path, column of the vocabulary) pairs to give the probability of
    ``keys_i``, ``values_i``    (P, H, L, d) self attention of layer i
    ``sound_keys_i`` (H, d, T), ``sound_values_i`` (H, T, d)
Outputs
    ``picked`` (N,)             log probabilities of the picks
    ``new_keys_i``, ``new_values_i`` (B, H, L + 1, d)
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from voice.whisper.weights import Array

_OPSET = 17
_IR_VERSION = 9

_EPSILON = 1e-5
"""Layer normalisation's, as Whisper was trained."""


class _Builder:
    """Collects nodes and weights; every method returns the name of its result."""

    def __init__(self, *, quantise: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._quantise = quantise
        self._quantised: dict[str, tuple[str, str, str]] = {}
        self._count = 0

    def constant(self, value: object, dtype: type[np.generic] = np.int64) -> str:
        return self.weight(np.asarray(value, dtype=dtype))

    def weight(self, value: npt.NDArray[Any]) -> str:
        name = self.name("w")
        self.weights.append(numpy_helper.from_array(np.array(value, order="C"), name))
        return name

    def op(self, kind: str, *inputs: str, out: str | None = None, **attributes: Any) -> str:
        name = out or self.name(kind.lower())
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"

    def norm(self, x: str, tensors: dict[str, Array], name: str) -> str:
        gamma = self.weight(tensors[f"{name}/gamma"])
        beta = self.weight(tensors[f"{name}/beta"])
        return self.op("LayerNormalization", x, gamma, beta, axis=-1, epsilon=_EPSILON)

    def linear(self, x: str, tensors: dict[str, Array], name: str) -> str:
        product = self.matmul(x, tensors[f"{name}/weight"].T)
        bias = tensors.get(f"{name}/bias")
        return product if bias is None else self.op("Add", product, self.weight(bias))

    def matmul(self, x: str, matrix: Array) -> str:
        """``x @ matrix``; in 8 bits when quantising, with one scale a column."""
        if not self._quantise:
            return self.op("MatMul", x, self.weight(matrix))
        if x not in self._quantised:
            names = (self.name("q"), self.name("scale"), self.name("zero"))
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], list(names)))
            self._quantised[x] = names
        q, scale, zero = self._quantised[x]
        columns = np.abs(matrix).max(axis=0) / 127.0
        columns[columns == 0] = 1.0
        stored = np.round(matrix / columns).astype(np.int8)
        product = self.op("MatMulInteger", q, self.weight(stored), zero)
        floats = self.op("Cast", product, to=TensorProto.FLOAT)
        both = self.op("Mul", scale, self.weight(columns.astype(np.float32)))
        return self.op("Mul", floats, both)


def build_step_graph(
    tensors: dict[str, Array], *, layers: int, vocabulary: npt.NDArray[np.int64], quantise: bool
) -> bytes:
    """The serialised ONNX model.

    Args:
        tensors: the decoder's weights, by CTranslate2's names.
        layers: how many there are.
        vocabulary: tokens that can be picked; probabilities are normalised over these alone.
        quantise: 8-bit matrix products instead of 32-bit ones.
    """
    b = _Builder(quantise=quantise)
    heads = int(tensors["num_heads"])
    width = tensors["embeddings/weight"].shape[1]
    head = width // heads
    scale = b.constant(head**-0.5, np.float32)
    split = b.constant([0, heads, head])
    outputs: list[str] = []

    embedding = b.weight(tensors["embeddings/weight"])
    positions = b.weight(tensors["position_encodings/encodings"])
    x = b.op("Add", b.op("Gather", embedding, "tokens"), b.op("Gather", positions, "position"))

    for i in range(layers):
        name = f"layer_{i}"
        # Self attention over the path so far.
        qkv = b.linear(b.norm(x, tensors, f"{name}/self_attention/layer_norm"), tensors,
                       f"{name}/self_attention/linear_0")  # fmt: skip
        parts = [b.name("part") for _ in range(3)]
        b.nodes.append(helper.make_node("Split", [qkv], parts, axis=-1))
        query, key, value = (
            b.op("Unsqueeze", b.op("Reshape", part, split), b.constant([2])) for part in parts
        )  # each (B, H, 1, d)
        keys = b.op("Concat", b.op("Gather", f"keys_{i}", "parents"), key, axis=2,
                    out=f"new_keys_{i}")  # fmt: skip
        values = b.op("Concat", b.op("Gather", f"values_{i}", "parents"), value, axis=2,
                      out=f"new_values_{i}")  # fmt: skip
        outputs += [keys, values]
        turned = b.op("Transpose", keys, perm=[0, 1, 3, 2])
        scores = b.op("MatMul", b.op("Mul", query, scale), turned)
        mixed = b.op("MatMul", b.op("Softmax", scores, axis=-1), values)
        flat = b.op("Reshape", mixed, b.constant([-1, width]))
        x = b.op("Add", x, b.linear(flat, tensors, f"{name}/self_attention/linear_1"))

        # Cross attention to the sound, shared by all paths.
        query = b.linear(b.norm(x, tensors, f"{name}/attention/layer_norm"), tensors,
                         f"{name}/attention/linear_0")  # fmt: skip
        query = b.op("Reshape", b.op("Mul", query, scale), split)
        query = b.op("Transpose", query, perm=[1, 0, 2])
        scores = b.op("MatMul", query, f"sound_keys_{i}")
        mixed = b.op("MatMul", b.op("Softmax", scores, axis=-1), f"sound_values_{i}")
        flat = b.op("Reshape", b.op("Transpose", mixed, perm=[1, 0, 2]), b.constant([-1, width]))
        x = b.op("Add", x, b.linear(flat, tensors, f"{name}/attention/linear_2"))

        hidden = b.linear(b.norm(x, tensors, f"{name}/ffn/layer_norm"), tensors,
                          f"{name}/ffn/linear_0")  # fmt: skip
        x = b.op("Add", x, b.linear(_gelu(b, hidden), tensors, f"{name}/ffn/linear_1"))

    output = tensors["embeddings/weight"][vocabulary]
    logits = b.matmul(b.norm(x, tensors, "layer_norm"), output.T)
    total = b.op("ReduceLogSumExp", logits, axes=[1], keepdims=0)
    rows = b.op("Gather", "picks", b.constant(0), axis=1)
    b.op("Sub", b.op("GatherND", logits, "picks"), b.op("Gather", total, rows), out="picked")

    state = [f"{kind}_{i}" for i in range(layers) for kind in ("keys", "values")]
    graph = helper.make_graph(
        b.nodes,
        "whisper decoder step",
        [
            _value("parents", ["B"], TensorProto.INT64),
            _value("tokens", ["B"], TensorProto.INT64),
            _value("position", [1], TensorProto.INT64),
            _value("picks", ["N", 2], TensorProto.INT64),
            *(_value(n, ["P", heads, "L", head]) for n in state),
            *(_value(f"sound_keys_{i}", [heads, head, "T"]) for i in range(layers)),
            *(_value(f"sound_values_{i}", [heads, "T", head]) for i in range(layers)),
        ],
        [
            _value("picked", ["N"]),
            *(_value(n, ["B", heads, "M", head]) for n in outputs),
        ],
        b.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
    model.ir_version = _IR_VERSION
    serialised: bytes = model.SerializeToString()
    return serialised


def _value(name: str, shape: list[int | str], kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _gelu(b: _Builder, x: str) -> str:
    """The exact GELU: x/2 (1 + erf(x / sqrt 2)). onnxruntime fuses these nodes into one."""
    erf = b.op("Erf", b.op("Div", x, b.constant(np.sqrt(2.0), np.float32)))
    half = b.op("Mul", x, b.op("Add", erf, b.constant(1.0, np.float32)))
    return b.op("Mul", half, b.constant(0.5, np.float32))
