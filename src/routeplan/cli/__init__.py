"""The commands of the program ``routeplan``.

The module of a command imports only what takes no time, so that `--help` and short commands need not wait for pandas
and the solver. What a command needs besides is a public name of `routeplan`, or a name of this package: both are
imported on first use (the stub beside this file lists those of this package).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
