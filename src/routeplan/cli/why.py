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
from routeplan.language.language import Language, Words

EXAMPLES = """Examples:

routeplan why achterhoek-plan --site "Board mill 2"

routeplan why achterhoek-plan --site paper-2 --route e_boiler --year 2028

routeplan why achterhoek-plan --site paper-2 --route e_boiler --year 2028 --prove

routeplan why achterhoek-plan --site paper-2 --language nl"""

Site = Annotated[str, typer.Option(metavar="ID|NAME", help="The site.")]
Route = Annotated[str | None, typer.Option(metavar="ROUTE", help="Only this route; else all that the plan has not.")]
Year = Annotated[int | None, typer.Option(help="Year that is asked about; else that of the wish, or the first.")]
Prove = Annotated[bool, typer.Option("--prove", help="Prove it by solving; else what the tables say, at once.")]
Each = Annotated[float, typer.Option(help="Most seconds to prove one answer, more than 0.")]


def why(
    folder: ResultFolder,
    site: Site,
    route: Route = None,
    year: Year = None,
    prove: Prove = False,
    each: Each = 30.0,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Tell why a site does not take a route: what stands in the way, what is left of it, and from when it can.

    At once, and without a solve, the tables of the plan tell whether the route is there by then, whether a network
    reaches the site, and whether the plan leaves room on the grid, green gas, heat and public money, each by itself.

    With --prove the route is forced in that period, while all other processes do what the plan says. If that is
    possible, the answer is what it would cost more than the plan; if not, the smallest sets of limits whose lifting
    makes it possible, and what that brings. That takes some seconds for each option.
    """
    refuse_no_time("--each", each)
    result = cli.load_verified(folder)
    found = cli.site_called(result.instance, site)
    if prove:
        _prove(result, found, route, year, each, language, as_json)
        return
    answers = routeplan.why(result, found, route=route, year=year)
    if as_json:
        OUT.json(cli.answers_from_tables_as_json(result, answers, language))
    else:
        cli.print_answers_from_tables(OUT, result, answers, language)


def _prove(
    result: "routeplan.Result",
    found: str,
    route: str | None,
    year: int | None,
    each: float,
    language: Language,
    as_json: bool,
) -> None:
    """Tell what is proven."""
    words = Words(language)
    with stop_once_asked() as stop:
        judged = routeplan.why(result, found, route=route, year=year, prove=True, each=each, stop=stop.asked)
    if stop.is_set() and not judged:
        ERR.say(words("Stopped; of no option that the plan does not have is anything known yet."))
        raise typer.Exit(ExitCode.STOPPED)
    if stop.is_set():
        ERR.say(words("Stopped; these are the answers so far."))
    if as_json:
        OUT.json(cli.why_as_json(result, judged, language))
    else:
        cli.print_why(OUT, result, judged, language)
