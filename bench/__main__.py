"""All benches, one after the other: ``make bench``. Each prints a table and a JSON document."""

from __future__ import annotations

import subprocess
import sys

BENCHES = (
    ("recognise",),
    ("commands",),
    ("turn",),
    ("understand",),
    ("reader", "speed"),
    ("slots",),
    ("itn",),
    ("form_check",),
)

failed = [
    " ".join(bench)
    for bench in BENCHES
    if subprocess.run([sys.executable, "-m", f"bench.{bench[0]}", *bench[1:]]).returncode
]
if failed:
    sys.exit(f"failed: {', '.join(failed)}")
