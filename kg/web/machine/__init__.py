"""What machines read: SPARQL protocol, linked data, reconciliation."""

from starlette.routing import BaseRoute

from kg.web.machine.open_access import machine_route
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
    ]
