"""``routeplan doctor``: check of an installation."""

from typing import Any

import typer

import routeplan
from routeplan import cli
from routeplan.cli.exits import ExitCode
from routeplan.cli.options import AsJson
from routeplan.cli.output import OUT

EXAMPLES = """Examples:

routeplan doctor

routeplan doctor --json > doctor.json

Exit codes: 0 all is well, 1 a package is lacking or of a wrong version, or an answer of the solver is wrong."""


def doctor(as_json: AsJson = False) -> None:
    """Look the installation over: versions, the machine, what is missing, and whether the solver can be trusted.

    The solver is asked small programmes that releases of HiGHS got wrong, and whose right answers are known.
    """
    found = routeplan.checkup()
    if as_json:
        OUT.json(_as_json(found))
    else:
        cli.print_checkup(found)
    raise typer.Exit(ExitCode.DONE if found.well else ExitCode.NO)


def _as_json(found: "routeplan.Checkup") -> dict[str, Any]:
    return {
        "well": found.well,
        "versions": dict(found.versions),
        "unfit": list(found.unfit),
        "missing": {extra: list(names) for extra, names in found.missing.items()},
        "system": found.machine.system,
        "cores": found.machine.cores,
        "memory_gib": found.machine.memory,
        "programmes": [
            {
                "name": each.case.name,
                "right": each.right,
                "told": each.told,
                "least": each.case.least,
                "why": each.case.why,
                "known": each.case.known,
            }
            for each in found.verdicts
        ],
    }
