"""``routeplan why``: why a site does not take a route, and from when it can."""

from typing import Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import stop_once_asked
from routeplan.cli.options import AsJson, InLanguage, ResultFolder
from routeplan.cli.output import ERR, OUT
from routeplan.cli.refuse import refuse_no_time
from routeplan.language.language import Language

EXAMPLES = """Examples:

routeplan why achterhoek-plan --site "Board mill 2"

routeplan why achterhoek-plan --site paper-2 --route e_boiler --year 2028

routeplan why achterhoek-plan --site paper-2 --language nl"""

Site = Annotated[str, typer.Option(metavar="ID|NAME", help="The site.")]
Route = Annotated[str | None, typer.Option(metavar="ROUTE", help="Only this route; else all that the plan has not.")]
Year = Annotated[int | None, typer.Option(help="Year that is asked about; else that of the wish, or the first.")]
Each = Annotated[float, typer.Option(help="Most seconds for one option, more than 0.")]


def why(
    folder: ResultFolder,
    site: Site,
    route: Route = None,
    year: Year = None,
    each: Each = 30.0,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Tell why a site does not take a route: what stands in the way, what lifting it brings, and from when it can.

    The route is forced in that period, while all other processes do what the plan says. If that is possible, the answer
    is what it would cost more than the plan; if not, the smallest sets of limits whose lifting makes it possible.
    """
    refuse_no_time("--each", each)
    result = cli.load_verified(folder)
    found = cli.site_called(result.instance, site)
    with stop_once_asked() as stop:
        judged = routeplan.why(result, found, route=route, year=year, each=each, stop=stop.asked)
    if stop.is_set() and not judged:
        ERR.say("Stopped; of no option that the plan does not have is anything known yet.")
        raise typer.Exit(ExitCode.STOPPED)
    if stop.is_set():
        ERR.say("Stopped; these are the answers so far.")
    if as_json:
        OUT.json(cli.why_as_json(result, judged, language))
    else:
        cli.print_why(OUT, result, judged, language)
