"""Tables in and out: read, write, check, and templates.

The modules of workbooks bring openpyxl, and `read` pandas, so names of theirs (in the stub beside this file) are
imported on first use.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
