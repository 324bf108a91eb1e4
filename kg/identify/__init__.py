"""Readings -> the resolved graph: who is who within an article as its reading says, across articles by safe keys only."""

from kg.identify.resolve import identity_version, resolve

__all__ = ["identity_version", "resolve"]
