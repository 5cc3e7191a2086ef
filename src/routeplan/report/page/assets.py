"""Assets inside a page: style sheet, scripts, and the libraries that they use."""

from importlib.resources import files

from routeplan.report.vega import inside, vega

_FILES = files(__package__) / "files"


def style() -> str:
    """The page's style sheet."""
    return (_FILES / "page.css").read_text(encoding="utf-8")


def scripts() -> list[str]:
    """The page's scripts, in the order in which they run: the libraries first."""
    own = (_FILES / name for name in ("vendor/dataTables.min.js", "page.js"))
    return [vega("vegaEmbed"), *(inside(file.read_text(encoding="utf-8")) for file in own)]
