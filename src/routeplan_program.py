"""The script ``routeplan``. It stands beside the package, because all of it is imported before any module inside.

That takes a second. A Ctrl-C meanwhile ends the program as silently as any other, not with a traceback.
"""

import signal

_before = signal.getsignal(signal.SIGINT)
if _before is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from routeplan.cli.main import main  # noqa: E402

signal.signal(signal.SIGINT, _before)

__all__ = ["main"]
