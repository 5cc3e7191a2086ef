"""Sections on how it was run: machines, solvers, settings, instances, and the commands to do it again."""

from routeplan.bench.machines import settings_together
from routeplan.bench.report.commands import commands
from routeplan.bench.report.part import Exhibit, Part, number, percent, plural, table_of, text, whole
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import instance_table, machines, setting_table, versions


def environment_part(results: Results) -> Part:
    """Machines and versions."""
    frame = machines(results)
    columns = {
        "machine": ("Machine", text),
        "processor": ("Processor", text),
        "system": ("System", text),
        "cores": ("Cores", text),
        "memory": ("Memory [GiB]", text),
        "python": ("Python", text),
        "runs": ("Runs", whole),
        "busy": ("Processor time, median", percent),
        "least": ("Processor time, least", percent),
        "first": ("First run (UTC)", text),
        "last": ("Last run (UTC)", text),
    }
    note = (
        "Load is told by the processor time of a run as a share of its time on the clock: with one thread, near 100 % "
        "when nothing else wanted the processor, less when runs waited for it or for the disk."
    )
    count = frame["machine"].nunique()
    warning = _of_machines(results, count)
    solvers = {"solver": ("Solver", text), "version": ("Version", text), "settings": ("Settings", text)}
    exhibits = [
        Exhibit(f"All runs were made on {plural(count, 'machine')}", table_of(frame, columns, 3), note=note),
        Exhibit("Versions of the solvers", table_of(versions(results), solvers, 3)),
    ]
    mixed = count > 1 and not results.machine and not settings_together(results.frame)
    return Part("environment", "Machines", "Machines and versions", warning, exhibits, alarm=mixed)


def _of_machines(results: Results, count: int) -> list[str]:
    """What is to be said where there are several machines."""
    if results.machine:
        return [
            f"Times on this page are those of {results.machine} alone. Wrong answers are of all machines, and so is "
            "the comparison of rankings."
        ]
    if count > 1 and settings_together(results.frame):
        return [
            "Times of different machines stand on this page, but all settings of an instance and seed were run on one: "
            "factors are fair, and means are over instances of which each has its machine."
        ]
    if count > 1:
        return ["Times of different machines are mixed here; they can be compared on one machine only."]
    return []


def settings_part(results: Results) -> Part:
    """Settings: options, what differs from the base, and reasons."""
    columns = {
        "setting": ("Setting", text),
        "solver": ("Solver", text),
        "difference": (f"Difference from {results.base}", text),
        "options": ("Options, by the solver's own names", text),
        "why": ("Reason", text),
    }
    table = table_of(setting_table(results), columns, 5)
    note = "The options are those of the runs. The reason is that of the setting of this name as it stands now."
    return Part("settings", "Settings", "Settings", [note], [Exhibit("", table)])


def instances_part(results: Results) -> Part:
    """What the instances are like."""
    large = {
        "instance": ("Instance", text),
        "family": ("Family", text),
        "size": ("Size", text),
        "rows": ("Rows", whole),
        "columns": ("Columns", whole),
        "nonzeros": ("Nonzeros", whole),
        "binaries": ("Binary columns", whole),
        "integers": ("Other whole columns", whole),
        "presolved_rows": ("Rows after presolve", whole),
        "presolved_columns": ("Columns after presolve", whole),
    }
    hard = {
        "instance": ("Instance", text),
        "lp_bound": ("Bound of the relaxation", number),
        "root_gap": ("Root gap", percent),
        "settings": ("Settings", whole),
        "solved_by": ("Solved by", whole),
    }
    note = (
        "Rows are constraints, columns are decisions, nonzeros are the coefficients that tie them together. The root "
        "gap is between the bound of the relaxation and the optimum, or else the best point of all runs."
    )
    frame = instance_table(results)
    exhibits = [
        Exhibit("How large they are", table_of(frame, large, 3)),
        Exhibit("How hard they are", table_of(frame, hard)),
    ]
    return Part("instances", "Instances", "Instances", [note], exhibits)


def commands_part(results: Results) -> Part:
    """The commands to do it again."""
    notes = [
        "These lines make the same instances, run them with the same settings, limits and seeds, check the answers, "
        "and make this page. Settings that do not come with routeplan are given by --settings DIR.",
    ]
    return Part("commands", "Commands", "To do it again", notes, code=commands(results))
