"""``python -m routeplan``: the program, where its script is not on the path."""

from routeplan.cli.main import main

if __name__ == "__main__":
    main()
