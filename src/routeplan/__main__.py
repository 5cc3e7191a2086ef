"""The program: the script ``routeplan``, and ``python -m routeplan`` where that is not on the path."""

from routeplan.cli.loading import loading

with loading():
    from routeplan.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
