"""The Entity Reconciliation API 0.2 at `/reconcile`: for OpenRefine and the like, which match tables of names with the graph."""

from kg.web.machine.reconcile.routes import Reconciliation

__all__ = ["Reconciliation"]
