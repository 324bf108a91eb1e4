"""Measures the reader against `../shared/gold` and our own test sentences, with floors: `python -m kg.quality`, `make quality`."""
