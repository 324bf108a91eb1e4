"""The graph home on disk: the truth in SQLite (articles, readings, sources, retractions); everything else is rebuilt from it."""

from kg.home.home import GraphHome
from kg.home.summary import Summary
from kg.home.trial import dry_run

__all__ = ["GraphHome", "Summary", "dry_run"]
