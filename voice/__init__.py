"""Hearing and speaking: PCM in, hypotheses and phrase scores out; text in, sound out."""
