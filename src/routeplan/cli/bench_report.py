"""``routeplan bench report``: runs as a page, as tables, and as charts for papers."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan import cli
from routeplan.cli.output import ERR, OUT
from routeplan.errors import counted

EXAMPLES = """Examples:

routeplan bench report runs --out report

routeplan bench report runs --out report --base highs-plain

routeplan bench report runs --out report --private

routeplan bench report runs --out report --charts svg --charts pdf"""

RunsFolder = Annotated[Path, typer.Argument(metavar="RUNS", help="Folder that bench run has written.")]
Out = Annotated[Path, typer.Option("--out", metavar="REPORT", help="Folder of the page and the tables.")]
Base = Annotated[
    str | None,
    typer.Option(metavar="SETTING", help="Setting that others are held against; highs-default, if it is run."),
]
More = Annotated[
    Path | None,
    typer.Option("--settings", metavar="DIR", help="Folder of settings of your own, whose reasons are told."),
]
Private = Annotated[
    bool, typer.Option("--private", help="Show solvers too whose licence forbids publishing: for your own eyes.")
]
Charts = Annotated[
    list[str] | None,
    typer.Option(
        "--charts",
        metavar="KIND",
        help="Write each chart to REPORT/charts too, for papers: svg or pdf; may be given again.",
    ),
]
Machine = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Machine whose times are shown, if several have run the same; that with most runs."
    ),
]


def report(
    runs: RunsFolder,
    out: Out,
    base: Base = None,
    settings: More = None,
    private: Private = False,
    charts: Charts = None,
    machine: Machine = None,
) -> None:
    """Show runs as one page, wrong answers first, and as tables (CSV).

    The page is one file that opens in any browser, without a network; it can be mailed and printed.
    """
    written, left_out = cli.written_benchmark_report(
        runs, out, base=base, settings=settings, private=private, charts=charts or [], machine=machine
    )
    if left_out:
        OUT.say(f"{left_out}; all: --private")
    if written.others:
        ERR.say(f"charts that are not of this report stay: {', '.join(map(str, written.others))}", style="yellow")
    if written.charts:
        OUT.say(f"in {written.charts[0].parent}: {counted(len(written.charts), 'file')}")
    size = written.page.stat().st_size / 1e6
    OUT.say(f"The page is {written.page} ({size:.1f} MB); open it in a browser")
