"""The technology step: from sites with heat demand to processes and options."""

from routeplan.estimate.technology.demand import spare_capacity
from routeplan.estimate.technology.options import SiteOptions, options_for_sites

__all__ = ["SiteOptions", "options_for_sites", "spare_capacity"]
