"""``routeplan perspective``: when each route of a site becomes possible, and what there is until then."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import stop_once_asked
from routeplan.cli.options import SOLVE_SECONDS, AsJson, InLanguage, ResultFolder, Workers
from routeplan.cli.output import ERR, OUT
from routeplan.cli.refuse import refuse_no_folder, refuse_no_time, refuse_to_replace, refuse_what_blocks
from routeplan.errors import UsageError
from routeplan.language.language import Language, Words

EXAMPLES = """Examples:

routeplan perspective achterhoek-plan --site paper-1

routeplan perspective achterhoek-plan --site "Board mill 2" --language nl --out board-mill.xlsx

routeplan perspective achterhoek-plan --years 5 --out perspective.csv --overwrite

Ctrl-C ends it; what is known by then is shown and written."""

Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="ID|NAME", help="This site, route by route; may be given more often. Else all."),
]
Years = Annotated[int, typer.Option(min=1, max=50, help="Years by which networks are early or late.")]
Each = Annotated[float, typer.Option(help="Most seconds for one route under one dates, more than 0.")]
Seconds = Annotated[float, typer.Option(help="Most seconds for a plan under other dates, where one is needed.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="CSV file, or workbook (.xlsx), to write.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace such a file that is there.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def perspective(
    folder: ResultFolder,
    site: Sites = None,
    years: Years = 3,
    each: Each = 30.0,
    seconds: Seconds = SOLVE_SECONDS,
    workers: Workers = 1,
    out: Out = None,
    overwrite: Overwrite = False,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell when each route that a process does not have today becomes possible, and what the plan has until then.

    A route is possible in a period when it can start then while all other processes do what the plan says. The first
    such period is told under the dates of the tables, and under early and late ones: room on the grid as early or late
    as the dated works of its area, hydrogen and CO2 networks --years. Where the plan cannot hold under late dates, the
    other processes do what a plan says that is made under these. A firm must decide the lead time before the start.
    """
    refuse_no_time("--each", each)
    refuse_no_time("--seconds", seconds)
    if out is not None:
        _refuse_unless_writable(out, overwrite)
    result = cli.load_verified(folder)
    asked = [cli.site_called(result.instance, name) for name in site] if site else None
    words = Words(language)
    progress = nullcontext() if quiet else cli.show_count(ERR, words("routes"), language)
    with progress as report, stop_once_asked() as stop:
        found = routeplan.perspective(
            result,
            asked,
            years=years,
            each=each,
            seconds=seconds,
            workers=workers,
            stop=stop.asked,
            on_outlook=report,
        )
    if found.stopped:
        ERR.say(words("Stopped; these are {count} routes.", count=len(found.outlooks)))
    if found.stopped and not found.outlooks:
        raise typer.Exit(ExitCode.STOPPED)
    if out is not None:
        routeplan.write_perspective(found, out, language=language, overwrite=overwrite)
    if as_json:
        OUT.json(cli.perspective_as_json(found))
    elif not quiet:
        cli.print_perspective(OUT, found, language, each_route=bool(site))
        as_file = words("The table, as a file: --out FILE.csv or FILE.xlsx")
        OUT.say(as_file if out is None else words("The table is in {place}", place=out))


def _refuse_unless_writable(out: Path, overwrite: bool) -> None:
    """Refuse a file that cannot or must not be written, before any time is spent."""
    refuse_no_folder(out, "--out")
    refuse_what_blocks(out, "--out")
    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"{out} ends in neither .csv nor .xlsx; allowed for --out: a CSV file or a workbook")
    refuse_to_replace(out, overwrite, "--out FILE")
