"""Hearing and speaking: PCM in, hypotheses and phrase scores out; text in, sound out."""

import os

# onnxruntime 1.32 keeps a device id in the home folder and reports its use to its maker unless
# this is set before it is loaded. Nothing leaves the tablet.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
