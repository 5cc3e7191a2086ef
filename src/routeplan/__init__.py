"""Plan how industry at dispersed sites leaves natural gas: the best route for each site, with proof.

Each name is imported when it is first asked for (the stub beside this file lists them), so that whoever only reads or
checks tables does not wait for the solver.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
