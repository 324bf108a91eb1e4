"""What machines read: SPARQL protocol, linked data, reconciliation."""

from starlette.routing import BaseRoute

from kg.web.site import Site


def machine_routes(site: Site) -> list[BaseRoute]:
    """Return the routes for machines; they are tried before those of the pages."""
    return []
