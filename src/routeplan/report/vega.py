"""Vega, Vega-Lite and Vega-Embed as a script that stands inside a page and asks no server for anything."""

from functools import cache

import vl_convert


@cache
def vega(name: str) -> str:
    """The script, which puts Vega-Embed into the window under a name."""
    return inside(vl_convert.javascript_bundle(f"window.{name} = vegaEmbed;"))


def inside(script: str) -> str:
    """A script made safe to stand inside a page: a text in it that looks like its end is escaped."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
