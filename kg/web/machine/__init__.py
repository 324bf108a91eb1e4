"""What machines read: SPARQL protocol, linked data, reconciliation."""

from starlette.routing import BaseRoute

from kg.web.machine.annotations import Annotations
from kg.web.machine.dataset import DatasetRoutes
from kg.web.machine.dump import Dump
from kg.web.machine.linked_data import LinkedData
from kg.web.machine.open_access import machine_route
from kg.web.machine.reconcile import Reconciliation
from kg.web.machine.runners import Runners
from kg.web.machine.sparql import Endpoint
from kg.web.site import Site


def machine_routes(site: Site) -> list[BaseRoute]:
    """Return the routes for machines; they are tried before those of the pages."""
    runners = Runners(site)
    endpoint = Endpoint(site, runners)
    return [
        machine_route("/sparql", endpoint, ("GET", "POST")),
        machine_route("/sparql/", endpoint, ("GET", "POST")),
        *LinkedData(site).routes(),
        *Annotations(site).routes(),
        *DatasetRoutes(site).routes(),
        *Dump(site).routes(),
        *Reconciliation(site).routes(),
    ]
