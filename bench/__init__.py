"""Measures what the documents claim. Each module is a command: ``python -m bench.NAME``."""
