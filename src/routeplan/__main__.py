"""The program: the script ``routeplan``, and ``python -m routeplan`` where that is not on the path."""

import sys

from routeplan.cli.exits import INTERRUPTED, ExitCode, install_advice, missing_package

try:
    from routeplan.cli.main import main
except KeyboardInterrupt:
    print(INTERRUPTED, file=sys.stderr)
    sys.exit(ExitCode.STOPPED)
except ModuleNotFoundError as error:
    if not (package := missing_package(error)):
        raise
    print(install_advice(package), file=sys.stderr)
    sys.exit(ExitCode.FAULT)

__all__ = ["main"]

if __name__ == "__main__":
    main()
