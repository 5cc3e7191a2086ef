"""The charts of a report as files, for papers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import vl_convert

from routeplan.bench.report.part import Part
from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called

CHARTS = "charts"
"""Folder of the charts, below that of the report."""

KINDS: Mapping[str, Callable[[str], bytes]] = {"svg": str.encode, "pdf": vl_convert.svg_to_pdf}
"""How a chart, drawn as SVG, becomes a file of each kind; a kind is the ending of its files."""

WIDTH, SIDE = 600, 480
"""Width of what is drawn between the axes, and side of a chart that is a square [px]."""

LONGEST = 100
"""Letters of a file's name, at most."""


def refuse_kinds(kinds: Iterable[str]) -> None:
    """Refuse kinds of files that there are not.

    Raises
    ------
    UsageError
        When there is one.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise UsageError(none_called("kind of chart", unknown, KINDS, f"allowed: {', '.join(KINDS)}"))


def chart_files(parts: Sequence[Part], kinds: Sequence[str]) -> dict[str, bytes]:
    """Draw the charts of a report; a section without a chart has no file.

    Parameters
    ----------
    parts : sequence of Part
        Sections of the report.
    kinds : sequence of str
        Kinds of files: of `KINDS`.

    Returns
    -------
    dict of str to bytes
        What is in each file, by its name: that of the section, and where a section has a chart for each family, that of
        the family.

    Raises
    ------
    UsageError
        When there is no such kind.
    """
    refuse_kinds(kinds)
    if not kinds:
        return {}
    drawn = {name: as_svg(chart) for name, chart in named_charts(parts).items()}
    return {f"{name}.{kind}": KINDS[kind](svg) for kind in dict.fromkeys(kinds) for name, svg in drawn.items()}


def charts_in(folder: Path) -> list[Path]:
    """The files of charts below the folder of a report."""
    return [file for kind in KINDS for file in (folder / CHARTS).glob(f"*.{kind}")]


def named_charts(parts: Iterable[Part]) -> dict[str, dict[str, Any]]:
    """The charts of a report, each under a name that can be that of a file on any system."""
    times: Counter[str] = Counter()
    found = {}
    for part in parts:
        for each in part.exhibits:
            if each.chart is not None:
                name = _file_name("-".join(filter(None, (part.key, each.key))))
                times[name] += 1
                found[name if times[name] == 1 else f"{name}.{times[name]}"] = each.chart
    return found


def _file_name(text: str) -> str:
    """A text as the name of a file, in small letters: some systems do not tell capitals from them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST]


def as_svg(chart: Mapping[str, Any]) -> str:
    """Draw a chart as SVG: its texts stay texts, and nothing is fetched for it."""
    size = {"width": SIDE, "height": SIDE} if chart["usermeta"]["square"] else {"width": WIDTH}
    return str(vl_convert.vegalite_to_svg({**chart, **size}, allowed_base_urls=[]))
