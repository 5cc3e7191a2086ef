"""``routeplan demo``: an example out of the package, planned, as a page."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.output import OUT
from routeplan.cli.report import report
from routeplan.cli.solve import print_solved, solve_and_save
from routeplan.data.paths import quoted, refuse_file_name
from routeplan.data.shipped import Example, copy_example
from routeplan.language.language import Language
from routeplan.report.page.file import PAGE_SUFFIX, refuse_unless_page
from routeplan.schema.result_file import GAP

CAPACITY_MAP = "capacity-map"
"""Folder of an example with a capacity map that fits it: map-YEAR.json for each forecast year, and areas.csv."""

EXAMPLES = """Examples:

routeplan demo

routeplan demo tiny --out first-look

routeplan demo achterhoek --language nl"""

Name = Annotated[
    Example, typer.Argument(help="The example: 8 sites made by hand, or 30 sites like those of the Achterhoek.")
]
Out = Annotated[
    Path, typer.Option(metavar="DIR", file_okay=False, help="Folder for the instance, its plan and its page.")
]
PageLanguage = Annotated[Language, typer.Option(help="Language of the page: English or Dutch.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace the instance of that name that is there, and its plan.")
]


def demo(
    name: Name = Example.ACHTERHOEK,
    out: Out = Path("routeplan-demo"),
    language: PageLanguage = Language.ENGLISH,
    overwrite: Overwrite = False,
) -> None:
    """Copy an example out of the package, plan it, make its page, and tell what to do next.

    It needs nothing but the installed package. What it makes is yours to change.
    """
    refuse_file_name(out)
    folder, plan = out / name, out / f"{name}-plan"
    page = out / f"{name}-plan{PAGE_SUFFIX}"
    refuse_unless_page(page)
    copy_example(name, folder, overwrite)
    instance = cli.read_and_warn(folder, quiet=False)
    places = cli.result_folders(instance, plan, overwrite)
    OUT.say(f"The example {name} is in {folder}")
    search = partial(routeplan.solve, gap=GAP)
    result, stopped, saved = solve_and_save(instance, search, *places, quiet=False, overwrite=overwrite)
    print_solved(result, plan, saved, folder)
    if not result.status.has_plan:
        raise typer.Exit(ExitCode.STOPPED if stopped else ExitCode.NO)
    report([plan], page, language)
    for line in _next_steps(folder, plan, instance):
        OUT.say(line)


def _next_steps(folder: Path, plan: Path, instance: "routeplan.Instance") -> list[str]:
    """What to do next, each with the command that does it."""
    late = instance.scenarios[0].name
    other = plan.with_name(f"{folder.name}-{late}-plan")
    steps: dict[str, list[object]] = {
        "Each site of the plan": ["show", plan, "--sites"],
        "What the scenarios change": ["scenarios", folder],
        f"A plan under the scenario {late}": ["solve", folder, "--scenario", late, "--out", other],
        "Both plans side by side": ["compare", plan, other],
        **_map_step(folder),
        "A sheet for sites of your own": ["template", "my-sites.xlsx", "--sites"],
    }
    return ["", *(line for about, words in steps.items() for line in (f"{about}:", f"  routeplan {quoted(*words)}"))]


def _map_step(folder: Path) -> dict[str, list[object]]:
    """How to put the capacity map that comes with an example into it; nothing where none does."""
    here = folder / CAPACITY_MAP
    forecasts = [f"{path.stem.rpartition('-')[2]}={path}" for path in sorted(here.glob("map-*.json"))]
    onto = folder.with_name(f"{folder.name}-on-the-map")
    more = ["--into", folder, "--areas", here / "areas.csv", "--keep-flexible", "--out", onto]
    return (
        {"The grid operators' capacity map in it (a made-up one)": ["import", "capacity", *forecasts, *more]}
        if forecasts
        else {}
    )
