"""Whisper: features, encoder, free decoding, and scoring of given phrases."""
