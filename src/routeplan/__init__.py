"""Plan how industry at dispersed sites leaves natural gas: the best route for each site, with proof."""

from routeplan.compare import compare
from routeplan.data.read import read
from routeplan.data.write import write
from routeplan.errors import DataError, UsageError
from routeplan.instance import Instance
from routeplan.result import Result, Status
from routeplan.result_folder import load, save
from routeplan.solve.exact import solve
from routeplan.verify.verify import verify
from routeplan.version import __version__

__all__ = [
    "DataError",
    "Instance",
    "Result",
    "Status",
    "UsageError",
    "__version__",
    "compare",
    "load",
    "read",
    "save",
    "solve",
    "verify",
    "write",
]
