"""Trains the small learned parts from `../shared/gold` and our own labelled articles; `python -m kg.train` writes `kg/read/models`."""
