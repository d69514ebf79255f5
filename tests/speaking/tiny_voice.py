"""A Piper voice of a few kilobytes: the inputs and the output of VITS, and a tone a phoneme.

Like piper1-gpl's own tests, speech is proved with a generated voice, with no download. The graph
takes phoneme ids, their count and the three scales, and gives 256 samples an id times the length
scale, each id a pitch of its own.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE = 22_050
HOP = 256

# Every sign that eSpeak's Vietnamese rules give, in one alphabet.
_SIGNS = " !'(),-.:;?_^$abcdefghijklmnopqrstuvwxyzæðŋɐɑɒɓɔɕɖəɗɘɛɜɡɣɤɪɯɲɹɾʂʃʈʊʌʐʑʒʔʰˈˌːˑ̪͡1234567ăâ̆"


def tiny_voice(folder: Path, name: str = "thu", *, length_scale: float = 1.0) -> Path:
    """Write the voice into ``folder``; returns its ``.onnx`` file."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    model.write_bytes(_graph().SerializeToString())
    ids = {sign: [i] for i, sign in enumerate(dict.fromkeys("_^$" + _SIGNS))}
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "vi"},
        "inference": {"noise_scale": 0.667, "length_scale": length_scale, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "num_symbols": len(ids),
        "num_speakers": 1,
        "phoneme_id_map": ids,
    }
    model.with_name(model.name + ".json").write_text(json.dumps(config), encoding="utf-8")
    return model


def _graph() -> onnx.ModelProto:
    weights = {
        "one_more": np.array([2], dtype=np.int64),
        "hop": np.ones((1, 1, HOP), dtype=np.float32),
        "flat": np.array([1, 1, -1], dtype=np.int64),
        "base": np.array(0.03, dtype=np.float32),
        "step": np.array(0.002, dtype=np.float32),
        "unit": np.ones(2, dtype=np.float32),
        "second": np.array([1], dtype=np.int64),
        "third": np.array([2], dtype=np.int64),
        "axis": np.array(2, dtype=np.int64),
        "half": np.array(0.5, dtype=np.float32),
    }
    node = helper.make_node
    nodes = [
        node("Cast", ["input"], ["ids"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["ids", "one_more"], ["column"]),
        node("Mul", ["column", "hop"], ["repeated"]),
        node("Reshape", ["repeated", "flat"], ["frames"]),
        node("Slice", ["scales", "second", "third"], ["length"]),
        node("Concat", ["unit", "length"], ["sizes"], axis=0),
        node("Resize", ["frames", "", "sizes"], ["stretched"], mode="nearest"),
        node("Mul", ["stretched", "step"], ["offset"]),
        node("Add", ["offset", "base"], ["speed"]),
        node("CumSum", ["speed", "axis"], ["phase"]),
        node("Sin", ["phase"], ["wave"]),
        node("Mul", ["wave", "half"], ["output"]),
    ]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes,
        "a tone a phoneme",
        [
            value("input", TensorProto.INT64, [1, "phonemes"]),
            value("input_lengths", TensorProto.INT64, [1]),
            value("scales", TensorProto.FLOAT, [3]),
        ],
        [value("output", TensorProto.FLOAT, [1, 1, "samples"])],
        [numpy_helper.from_array(array, name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return model
