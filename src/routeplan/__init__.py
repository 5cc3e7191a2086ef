"""Plan how industry at dispersed sites leaves natural gas: the best route for each site, with proof."""

from routeplan.version import __version__

__all__ = ["__version__"]
