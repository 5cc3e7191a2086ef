"""The page of a benchmark: one file that opens from a disk and asks no server for anything."""

from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from routeplan.bench.report.curve_parts import gap_part, profile_part, runs_told, solved_part
from routeplan.bench.report.look import WORDS
from routeplan.bench.report.outcome_parts import failure_part, headline_part, wrong_part
from routeplan.bench.report.pair_parts import (
    factor_part,
    grid_part,
    ranking_part,
    scaling_part,
    scatter_part,
    seed_part,
)
from routeplan.bench.report.part import Part, plural
from routeplan.bench.report.results import Results
from routeplan.bench.report.setup_parts import commands_part, environment_part, instances_part, settings_part
from routeplan.report.page.assets import style
from routeplan.report.vega import inside, vega
from routeplan.version import __version__

PARTS: tuple[Callable[[Results], Part], ...] = (
    wrong_part,
    failure_part,
    headline_part,
    solved_part,
    profile_part,
    gap_part,
    scatter_part,
    factor_part,
    seed_part,
    ranking_part,
    scaling_part,
    grid_part,
    environment_part,
    settings_part,
    instances_part,
    commands_part,
)
"""Sections of the page, in their order: what is wrong comes before what is fast."""


def parts_of(results: Results) -> list[Part]:
    """Make the sections of the page."""
    return [make(results) for make in PARTS]


def benchmark_page(results: Results, *, made: date | None = None, parts: Sequence[Part] | None = None) -> str:
    """Make the page of a benchmark.

    Parameters
    ----------
    results : Results
        What it tells of.
    made : date, optional
        Day on which it is made, which its head then tells.
    parts : sequence of Part, optional
        Its sections, where they are made already.

    Returns
    -------
    str
        The page: HTML with everything that it needs inside.
    """
    parts = parts_of(results) if parts is None else parts
    return _TEMPLATES.get_template("page.html").render(
        version=__version__,
        told=runs_told(results),
        left_out=left_out(results),
        made="" if made is None else f"Made on {WORDS.day(made)} by routeplan {__version__}",
        parts=parts,
        charts=[each.chart for part in parts for each in part.exhibits if each.chart is not None],
        separators=WORDS.separators,
        style=style() + _file("bench.css"),
        scripts=[vega("vegaEmbed"), inside(_file("bench.js"))],
    )


def left_out(results: Results) -> str:
    """What is left out because it may not be published; "" where nothing is."""
    if not results.left_out:
        return ""
    return (
        f"{plural(results.left_out, 'run')} of solvers whose licence forbids publishing results "
        f"{'is' if results.left_out == 1 else 'are'} left out, here and in the tables beside this page."
    )


_TEMPLATES = Environment(
    loader=PackageLoader(__package__, "files"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}


def _file(name: str) -> str:
    return (files(__package__) / "files" / name).read_text(encoding="utf-8")
