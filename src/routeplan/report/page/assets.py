"""Assets inside a page: style sheet, scripts, and the libraries that they use."""

from importlib.resources import files

from routeplan.report.vega import inside, vega

_FILES = files(__package__) / "files"


def style() -> str:
    """The page's style sheet."""
    return (_FILES / "page.css").read_text(encoding="utf-8")


def scripts() -> list[str]:
    """The page's scripts, in the order in which they run: the libraries first."""
    return _with_libraries("page.js")


def style_of_verdicts() -> str:
    """The style sheet of the page of verdicts."""
    return style() + (_FILES / "verdicts.css").read_text(encoding="utf-8")


def scripts_of_verdicts() -> list[str]:
    """The scripts of the page of verdicts, in the order in which they run."""
    return _with_libraries("verdicts.js")


def scripts_of_hubs() -> list[str]:
    """The scripts of the page of hub designs, in the order in which they run."""
    return [vega("vegaEmbed"), inside((_FILES / "hubs.js").read_text(encoding="utf-8"))]


def _with_libraries(script: str) -> list[str]:
    own = (_FILES / name for name in ("vendor/dataTables.min.js", script))
    return [vega("vegaEmbed"), *(inside(file.read_text(encoding="utf-8")) for file in own)]
