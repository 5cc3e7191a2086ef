"""``routeplan hub``: hub designs, to fill in and to compare."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

import routeplan
from routeplan import cli
from routeplan.cli.completion import instances
from routeplan.cli.exits import ExitCode
from routeplan.cli.interrupt import finish_despite_interrupt, stop_on_interrupt
from routeplan.cli.options import (
    SOLVE_SECONDS,
    AsJson,
    HeldAgainst,
    InLanguage,
    InstanceOrResult,
    ShowAll,
    SolveSeconds,
    Workers,
)
from routeplan.cli.output import ERR, OUT, say_tables
from routeplan.cli.refuse import refuse_no_folder, refuse_no_time, refuse_to_replace, refuse_what_blocks
from routeplan.data.file_swap import refuse_existing
from routeplan.data.paths import WORKBOOK_SUFFIX, quoted, refuse_result
from routeplan.errors import NoPlan, UsageError
from routeplan.language.language import Language, Words
from routeplan.schema.result_file import GAP

if TYPE_CHECKING:  # pandas takes longer to import than help takes to print
    from routeplan.hubs.payers import Payers
    from routeplan.hubs.saving import Coalition, Saving

DESIGN_SUFFIXES = (".toml", WORKBOOK_SUFFIX)

NEW_EXAMPLES = """Examples:

routeplan hub new instances/achterhoek --out my-hub.toml

routeplan hub new instances/achterhoek --out my-hub.xlsx --language nl"""

COMPARE_EXAMPLES = """Examples:

routeplan hub compare instances/achterhoek instances/achterhoek/hubs/*.toml

routeplan hub compare instances/achterhoek my-hub.xlsx --workers 2 --out my-hub-compared --language nl

routeplan hub compare instances/achterhoek my-hub.toml --years-late 5 --seconds 60 --json"""

SUGGEST_EXAMPLES = """Examples:

routeplan hub suggest instances/achterhoek

routeplan hub suggest cluster6-nl-plan --workers 2

routeplan hub suggest achterhoek-plan --out suggested --workers 2 --most 3

routeplan hub suggest achterhoek-plan --out suggested.xlsx --language nl"""

Source = Annotated[
    Path, typer.Argument(metavar="INSTANCE", help="Folder or workbook of the instance.", autocompletion=instances)
]
Design = Annotated[Path, typer.Option(metavar="FILE", help="Design to write, .toml or .xlsx; it must not be there.")]
Designs = Annotated[
    list[Path], typer.Argument(metavar="DESIGN...", help="Files of designs: TOML, and workbooks of any number of them.")
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", help="Apply this scenario of the instance first; given twice, both, in this order."),
]
YearsLate = Annotated[
    list[int] | None,
    typer.Option("--years-late", min=1, max=50, help="Years by which grid and networks are late; else 3 and 5."),
]
Gap = Annotated[float, typer.Option(min=0.0, help="Gap between plan and bound that will do; 0.01 is 1 %.")]
Seconds = Annotated[float | None, typer.Option(help="Most time for each plan, more than 0; the best one counts.")]
Start = Annotated[
    Path | None,
    typer.Option(
        metavar="PLAN",
        file_okay=False,
        help="Begin from the plan in this folder, of the instance or one like it; of a country that saves minutes.",
    ),
]
Each = Annotated[float, typer.Option(help="Most time for each plan of a design that is tried, more than 0.")]
Coalitions = Annotated[bool, typer.Option(help="Tell what fewer members save, and without whom it does not pay.")]
AskedPayers = Annotated[
    bool, typer.Option("--payers", help="Tell who pays what: groups of members are planned, every one up to 8 members.")
]
Suggested = Annotated[
    Path | None, typer.Option(metavar="PLACE", help="Write the designs to this new folder, or workbook (.xlsx).")
]
Most = Annotated[int, typer.Option(min=1, help="Suggestions at most: of what the plan has, and of what is new.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Write the tables (CSV) and the plans to this folder.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a comparison that is there.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def new(instance: Source, out: Design = Path("my-hub.toml"), language: InLanguage = Language.ENGLISH) -> None:
    """Write a hub design to fill in, with the hubs, links and stations of the instance to choose from.

    It is a text file, or a workbook (.xlsx) with headings in the language that is asked for.
    """
    refuse_result(instance)
    refuse_no_folder(out, "--out")
    refuse_what_blocks(out, "--out")
    refuse_existing(out)
    if out.suffix.lower() not in DESIGN_SUFFIXES:
        ends = " or ".join(DESIGN_SUFFIXES)
        raise UsageError(f"{out} does not end in {ends}; allowed for --out: the name of a TOML file or a workbook")
    routeplan.write_blank_design(cli.read_instance(instance), out, language=language)
    then = f"routeplan hub compare {quoted(instance)} {quoted(out)}"
    words = Words(language)
    OUT.say(words("A design to fill in is {place}; then: {command}", place=out, command=then))


def compare(
    instance: Source,
    designs: Designs,
    scenario: Scenarios = None,
    years_late: YearsLate = None,
    gap: Gap = GAP,
    seconds: Seconds = None,
    start: Start = None,
    workers: Workers = 1,
    coalitions: Coalitions = True,
    payers: AskedPayers = False,
    out: Out = None,
    overwrite: Overwrite = False,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
    show_all: ShowAll = False,
    quiet: Quiet = False,
) -> None:
    """Tell what each hub design saves, for whom, and what becomes of it when grid or networks come late.

    The instance is planned without designs, and with each: it is forced, then left open, then forced while grid or
    networks come late and all else is planned anew. In each plan the other designs are absent. What differs by less
    than the plans are proven to is said to be so.
    """
    _refuse_to_compare(instance, seconds, out, overwrite)
    begin = None if start is None else routeplan.load(start)
    given = cli.read_instance(instance)
    given = given.under(*scenario) if scenario else given
    asked = routeplan.read_designs(designs, given)
    search = partial(
        routeplan.compare_designs,
        late=years_late or (3, 5),
        search=routeplan.Search(gap, seconds),
        start=begin,
        workers=workers,
    )
    lost: list[str] = []
    with stop_on_interrupt() as stop:
        with _explained(given, asked, stop, None if quiet or as_json else language):
            with nullcontext() if quiet else cli.show_plans_progress(ERR, language) as report:
                found = search(given, asked, stop=stop.is_set, on_plan=report)
            groups = partial(_groups, found, seconds, workers, stop, payers, quiet, language, lost.append)
            savings, paid = groups() if coalitions or payers else ({}, [])
            missing = cli.missing_in(found, stop=stop.is_set)
        if stop.is_set():
            _say_stopped(found, Words(language))
        with finish_despite_interrupt():
            tables = routeplan.hub_tables(found, savings, missing, paid)
            if out is not None:
                routeplan.write_comparison(found, tables, out, overwrite=overwrite)
        if as_json:
            OUT.json(cli.comparison_of_hubs_as_json(found, tables, stop.is_set()))
        elif not quiet:
            cli.print_hubs(OUT, found, tables, missing, language)
            say_tables(out, Words(language))
    _end_on_faults([*cli.faults_told(found, Words(language)), *lost])
    if not any(plan.status.has_plan for case, plan in found.plans.items() if case.design):
        raise typer.Exit(ExitCode.NO)


def _refuse_to_compare(instance: Path, seconds: float | None, out: Path | None, overwrite: bool) -> None:
    """Refuse what could not be planned or written, before anything is read."""
    refuse_result(instance)
    if seconds is not None:
        refuse_no_time("--seconds", seconds)
    if out is not None:
        refuse_to_replace(out, overwrite, "--out DIR")
        cli.refuse_to_write_comparison(out, overwrite)


def _say_designs(place: Path | None, words: Words) -> None:
    """Say where designs were written, or how they can be."""
    OUT.say(words("The designs are in {place}", place=place) if place else words("The designs, as files: --out DIR"))


def _groups(
    found: "routeplan.Comparison",
    seconds: float | None,
    workers: int,
    stop: Event,
    payers: bool,
    quiet: bool,
    language: Language,
    tell_fault: Callable[[str], None],
) -> "tuple[dict[str, dict[Coalition, Saving]], list[Payers]]":
    """What groups of users save, and where it is asked who pays what; of whom that is not told, it is said why."""
    unsaid: list[str] = []
    words, say = Words(language), unsaid.append

    def lose(group: "Coalition", fault: str) -> None:
        sites = ", ".join(sorted(group)) or words("nobody")
        tell_fault(words("A fault of routeplan took the plan of a group ({sites}): {fault}", sites=sites, fault=fault))

    with nullcontext() if quiet else cli.show_count(ERR, words("groups of members"), language) as count:
        savings = cli.savings_of_users(found, seconds, workers, stop.is_set, payers, count, lose)
        paid = (
            cli.payers_of(found, savings, seconds, workers, stop.is_set, count, lose, say, language) if payers else []
        )
    for text in unsaid:
        ERR.say(text)
    return savings, paid


def _end_on_faults(faults: Sequence[str]) -> None:
    """Say what faults took, after all else was told and written, and end the command with the code of a fault."""
    for fault in faults:
        ERR.say(fault, style="red")
    if faults:
        raise typer.Exit(ExitCode.FAULT)


def suggest(
    folder: InstanceOrResult,
    plan: HeldAgainst = None,
    scenario: Scenarios = None,
    out: Suggested = None,
    most: Most = 5,
    each: Each = 60.0,
    seconds: SolveSeconds = SOLVE_SECONDS,
    workers: Workers = 1,
    language: InLanguage = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Suggest hub designs beside a plan: contracts that a station's sites could share, and hubs at other places.

    Each is tried with its likely members while everything else stays as planned: planned anew it may save more or
    less, which `hub compare` tells. What the plan has already comes first, then what is new; what is not proven to save
    is left out.
    """
    refuse_no_time("--each", each)
    refuse_no_time("--seconds", seconds)
    if out is not None:
        refuse_what_blocks(out, "--out")
        refuse_existing(out)
    result = cli.result_to_judge(folder, plan, scenario, seconds, as_json, language)
    words = Words(language)
    lost: list[str] = []

    def lose(design: "routeplan.Design", fault: str) -> None:
        name = cli.design_title(design, words)
        lost.append(words("A fault of routeplan took the plan {plan}: {fault}", plan=name, fault=fault))

    with cli.show_count(ERR, words("designs tried"), language) as report, stop_on_interrupt() as stop:
        found = routeplan.suggestions(
            result,
            search=routeplan.Search(1e-4, each),
            workers=workers,
            stop=stop.is_set,
            on_tried=report,
            on_fault=lose,
        )
    if stop.is_set():
        ERR.say(words("Stopped; these are the suggestions so far."))
    found = cli.most_of_each_kind(found, most)
    if out is not None and found:
        routeplan.write_suggestions(found, out, language=language)
    if as_json:
        OUT.json(cli.suggestions_as_json(found))
    else:
        cli.print_suggestions(OUT, result, found, language)
        if found:
            _say_designs(out, words)
    _end_on_faults(lost)


@contextmanager
def _explained(
    instance: "routeplan.Instance", designs: "list[routeplan.Design]", stop: Event, language: Language | None
) -> Iterator[None]:
    """End the command where there is nothing to compare with: it was stopped before, or there is no plan."""
    try:
        yield
    except NoPlan as none:
        if stop.is_set():
            raise KeyboardInterrupt from None
        ERR.say(str(none), style="red")
        if language is not None:
            cli.print_missing_without(OUT, instance, designs, language)
        raise typer.Exit(ExitCode.NO) from None


def _say_stopped(found: "routeplan.Comparison", words: Words) -> None:
    """Tell of how many plans all is; where there is none with a design, the command ends."""
    if not any(case.design for case in found.plans):
        raise KeyboardInterrupt
    ERR.say(words("Stopped: this is what is known from {count} plans.", count=len(found.plans)))
