"""Assets inside a page: style sheet, scripts, and the libraries that they use."""

from functools import cache
from importlib.resources import files

import vl_convert

_LOADED = "window.vegaEmbed = vegaEmbed;"
"""What the bundle does when it is loaded."""

_FILES = files(__package__) / "files"


def style() -> str:
    """The page's style sheet."""
    return (_FILES / "page.css").read_text(encoding="utf-8")


def scripts() -> list[str]:
    """The page's scripts, in the order in which they run: the libraries first."""
    own = (_FILES / name for name in ("vendor/dataTables.min.js", "page.js"))
    return [_vega(), *(_inside(file.read_text(encoding="utf-8")) for file in own)]


@cache
def _vega() -> str:
    """Vega, Vega-Lite and Vega-Embed, which put ``vegaEmbed`` into the window."""
    return _inside(vl_convert.javascript_bundle(_LOADED))


def _inside(script: str) -> str:
    """A script made safe to stand inside a page: a text in it that looks like its end is escaped."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
