"""Agreement with a written → spoken test set of other people."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "text" / "nemo_vi_tn"


@pytest.mark.skipif(not CASES.is_dir(), reason="needs ../shared")
def test_nine_of_ten_agree_and_the_rest_is_explained() -> None:
    spec = importlib.util.spec_from_file_location("bench_reader", ROOT / "bench" / "reader.py")
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    result = bench.nemo(CASES)
    total = result["total"]
    assert total["cases"] > 400
    assert total["lenient"] >= 0.9 * total["cases"]
    assert all(case["reason"] != "unexplained" for case in result["differing"])
