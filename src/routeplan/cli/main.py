"""The program ``routeplan``: its commands, and the behaviour common to all of them."""

import gc
import logging
import os
import signal
import sys
from typing import Annotated

import typer

from routeplan.cli import (
    bench,
    bench_export,
    bench_phases,
    bench_repeat,
    bench_report,
    bench_tune,
    check,
    compare,
    demo,
    doctor,
    export_excel,
    export_geojson,
    export_geopackage,
    export_grid,
    export_public,
    generate,
    hub,
    import_capacity,
    import_ets,
    import_excel,
    import_netburen,
    import_sites,
    import_survey,
    levers,
    migrate,
    perspective,
    reach,
    report,
    scenarios,
    shortfall,
    show,
    solve,
    template,
    verdicts,
    verify,
    why,
)
from routeplan.cli.command import Command, explain
from routeplan.cli.exits import INTERRUPTED, ExitCode
from routeplan.cli.output import ERR, OUT, replace_what_cannot_be_encoded
from routeplan.errors import RouteplanError
from routeplan.solver.worker import any_abandoned
from routeplan.version import __version__

ENDS = """Exit codes: 0 a plan (a valid instance, a check that holds), 1 no plan (a check that fails), \
2 input that is refused, or output that cannot be written, 3 a fault of routeplan, 130 stopped by Ctrl-C with nothing \
to hand over, 141 the reader of a pipe has gone."""


app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, epilog=ENDS)
app.command("demo", cls=Command, epilog=demo.EXAMPLES)(demo.demo)
app.command("check", cls=Command, epilog=check.EXAMPLES)(check.check)
app.command("template", cls=Command, epilog=template.EXAMPLES)(template.template)
app.command("solve", cls=Command, epilog=solve.EXAMPLES)(solve.solve)
app.command("verify", cls=Command, epilog=verify.EXAMPLES)(verify.verify)
app.command("show", cls=Command, epilog=show.EXAMPLES)(show.show)
app.command("scenarios", cls=Command, epilog=scenarios.EXAMPLES)(scenarios.scenarios)
app.command("reach", cls=Command, epilog=reach.EXAMPLES)(reach.reach)
app.command("levers", cls=Command, epilog=levers.EXAMPLES)(levers.levers)
app.command("shortfall", cls=Command, epilog=shortfall.EXAMPLES)(shortfall.shortfall)
app.command("compare", cls=Command, epilog=compare.EXAMPLES)(compare.compare)
app.command("report", cls=Command, epilog=report.EXAMPLES)(report.report)
app.command("verdicts", cls=Command, epilog=verdicts.EXAMPLES)(verdicts.verdicts)
app.command("perspective", cls=Command, epilog=perspective.EXAMPLES)(perspective.perspective)
app.command("why", cls=Command, epilog=why.EXAMPLES)(why.why)
app.command("doctor", cls=Command, epilog=doctor.EXAMPLES)(doctor.doctor)
app.command("generate", cls=Command, epilog=generate.EXAMPLES)(generate.generate)

app.command("migrate", cls=Command, epilog=migrate.EXAMPLES)(migrate.migrate)

importers = typer.Typer(no_args_is_help=True, help="Make an instance from public data, or from a workbook.")
importers.command("ets", cls=Command, epilog=import_ets.EXAMPLES)(import_ets.ets)
importers.command("sites", cls=Command, epilog=import_sites.EXAMPLES)(import_sites.sites)
importers.command("survey", cls=Command, epilog=import_survey.EXAMPLES)(import_survey.survey)
importers.command("capacity", cls=Command, epilog=import_capacity.EXAMPLES)(import_capacity.capacity)
importers.command("netburen", cls=Command, epilog=import_netburen.EXAMPLES)(import_netburen.netburen)
importers.command("excel", cls=Command, epilog=import_excel.EXAMPLES)(import_excel.excel)
app.add_typer(importers, name="import")

exporters = typer.Typer(no_args_is_help=True, help="Write an instance or a result in another form.")
exporters.command("excel", cls=Command, epilog=export_excel.EXAMPLES)(export_excel.excel)
exporters.command("geojson", cls=Command, epilog=export_geojson.EXAMPLES)(export_geojson.geojson)
exporters.command("geopackage", cls=Command, epilog=export_geopackage.EXAMPLES)(export_geopackage.geopackage)
exporters.command("grid", cls=Command, epilog=export_grid.EXAMPLES)(export_grid.grid)
exporters.command("public", cls=Command, epilog=export_public.EXAMPLES)(export_public.public)
app.add_typer(exporters, name="export")

hubs = typer.Typer(no_args_is_help=True, help="Compare hub designs: what they save, and for whom.")
hubs.command("new", cls=Command, epilog=hub.NEW_EXAMPLES)(hub.new)
hubs.command("compare", cls=Command, epilog=hub.COMPARE_EXAMPLES)(hub.compare)
hubs.command("suggest", cls=Command, epilog=hub.SUGGEST_EXAMPLES)(hub.suggest)
app.add_typer(hubs, name="hub")

benchmarks = typer.Typer(no_args_is_help=True, help="Benchmark solvers and their settings.")
benchmarks.command("list", cls=Command, epilog=bench.LIST_EXAMPLES)(bench.list_known)
benchmarks.command("make", cls=Command, epilog=bench.MAKE_EXAMPLES)(bench.make)
benchmarks.command("run", cls=Command, epilog=bench.RUN_EXAMPLES)(bench.run)
benchmarks.command("check", cls=Command, epilog=bench.CHECK_EXAMPLES)(bench.check)
benchmarks.command("best", cls=Command, epilog=bench.BEST_EXAMPLES)(bench.best)
benchmarks.command("compare", cls=Command, epilog=bench.COMPARE_EXAMPLES)(bench.compare)
benchmarks.command("repeat", cls=Command, epilog=bench_repeat.EXAMPLES)(bench_repeat.repeat)
benchmarks.command("phases", cls=Command, epilog=bench_phases.EXAMPLES)(bench_phases.phases)
benchmarks.command("merge", cls=Command, epilog=bench.MERGE_EXAMPLES)(bench.merge)
benchmarks.command("tune", cls=Command, epilog=bench_tune.EXAMPLES)(bench_tune.tune)
benchmarks.command("export", cls=Command, epilog=bench_export.EXAMPLES)(bench_export.export)
benchmarks.command("report", cls=Command, epilog=bench_report.EXAMPLES)(bench_report.report)
app.add_typer(benchmarks, name="bench")


def _version(show: bool) -> None:
    if show:
        OUT.say(f"routeplan {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    debug: Annotated[
        bool, typer.Option("--debug", envvar="ROUTEPLAN_DEBUG", help="Show where in the code an error arose.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Plan how industry at dispersed sites leaves natural gas, with proof.

    A folder of tables goes in; a checked plan comes out.
    """


def main() -> None:
    """Run the program."""
    replace_what_cannot_be_encoded()
    # Pyomo reports an interrupted build on standard output, where it would be taken for ours.
    logging.getLogger("pyomo").setLevel(logging.CRITICAL + 1)
    # What is half done is cleared away, as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with OUT.writing():
            app()
    except RouteplanError as error:  # of help and version, before any command begins
        sys.exit(explain(error))
    except KeyboardInterrupt:  # while the commands are put together
        ERR.say(INTERRUPTED)
        sys.exit(ExitCode.STOPPED)
    except SystemExit as ended:
        # The interpreter would look through every object once more before it ends, a quarter of a small solve.
        gc.freeze()
        if any_abandoned():
            # A solver is at work still, and a plain exit would pull the rug from under its threads.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(ended.code if isinstance(ended.code, int) else ExitCode.FAULT)
        if isinstance(ended.__context__, BrokenPipeError):  # of help; typer ends with 1
            sys.exit(ExitCode.CLOSED_PIPE)
        raise
