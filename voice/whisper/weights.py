"""Read the tensors of a CTranslate2 ``model.bin``.

CTranslate2 scores whole phrases only, one row a phrase. Scoring a graph of phrases that share
their beginnings needs the decoder's own weights. The container is simple and versioned
(CTranslate2's ``python/ctranslate2/specs/model_spec.py``, ``Model.save``): a header, then for
each variable its name, shape, type and bytes, then aliases.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from voice.errors import ModelCorrupt

Array = npt.NDArray[np.float32]

SUPPORTED_BINARY_VERSION = 6

# CTranslate2's DataType enumeration. bfloat16 (5) has no numpy type and is not used by any
# Whisper model in the catalogue.
_DTYPES: dict[int, type[np.generic]] = {
    0: np.float32,
    1: np.int8,
    2: np.int16,
    3: np.int32,
    4: np.float16,
}


def read_tensors(path: Path, prefix: str) -> dict[str, Array]:
    """Tensors whose name begins with ``prefix``, as float32, without the prefix.

    Quantised weights (``x`` with ``x_scale`` beside it) are multiplied out.

    Raises:
        ModelCorrupt: not a CTranslate2 model of the known version, or cut short.
    """
    try:
        raw = _read_raw(path, prefix)
    except (struct.error, ValueError, KeyError, UnicodeDecodeError) as error:
        raise ModelCorrupt(
            f"{path} is not a readable CTranslate2 model: {error}",
            vi="Tệp mô hình nhận giọng nói bị hỏng. Hãy chạy “troly models verify”.",
        ) from error
    tensors: dict[str, Array] = {}
    for name, value in raw.items():
        if name.endswith("_scale"):
            continue
        tensor = value.astype(np.float32)
        scale = raw.get(f"{name}_scale")
        if scale is not None:
            # int8 rows carry one scale each: stored = round(weight * scale).
            tensor = tensor / scale.astype(np.float32).reshape(-1, *[1] * (tensor.ndim - 1))
        tensors[name] = tensor
    return tensors


def _read_raw(path: Path, prefix: str) -> dict[str, npt.NDArray[np.generic]]:
    data = memoryview(path.read_bytes())
    offset = 0

    def number(fmt: str) -> int:
        nonlocal offset
        (value,) = struct.unpack_from(f"<{fmt}", data, offset)
        offset += struct.calcsize(f"<{fmt}")
        return int(value)

    def text() -> str:
        nonlocal offset
        length = number("H")
        value = bytes(data[offset : offset + length])
        offset += length
        return value.rstrip(b"\0").decode()

    version = number("I")
    if version != SUPPORTED_BINARY_VERSION:
        raise ValueError(f"binary version {version}, expected {SUPPORTED_BINARY_VERSION}")
    text()  # name of the model's specification
    number("I")  # its revision
    found: dict[str, npt.NDArray[np.generic]] = {}
    for _ in range(number("I")):
        name = text()
        shape = tuple(number("I") for _ in range(number("B")))
        dtype = _DTYPES[number("B")]
        size = number("I")
        if name.startswith(prefix):
            count = size // np.dtype(dtype).itemsize
            tensor = np.frombuffer(data, dtype=dtype, count=count, offset=offset)
            found[name.removeprefix(prefix)] = tensor.reshape(shape)
        offset += size
    if offset > len(data):
        raise ValueError("the file is cut short")
    return found
