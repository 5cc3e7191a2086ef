"""Work of ``routeplan bench phases``."""

from collections.abc import Sequence

from routeplan.bench.phases import phases
from routeplan.cli.bench_progress import telling_how_long
from routeplan.cli.output import ERR, OUT
from routeplan.errors import counted
from routeplan.result.summary import records

SHOWN = {
    "tables": ("tables [MB]", "{:.1f}"),
    "rows": ("rows", "{:,}"),
    "columns": ("columns", "{:,}"),
    "binaries": ("binaries", "{:,}"),
    "read": ("read [s]", "{:.2f}"),
    "build": ("build [s]", "{:.2f}"),
    "compile": ("compile [s]", "{:.2f}"),
    "peak": ("peak [MB]", "{:,.0f}"),
    "growth": ("growth", "{:.2f}"),
    "gap": ("gap", "{:.1e}"),
    "solve": ("solve [s]", "{:.2f}"),
    "check": ("check [s]", "{:.2f}"),
}
"""Headings of columns, and the forms of their numbers."""


def print_phases(instances: Sequence[str], runs: int, gap: float | None, as_json: bool) -> None:
    """Print how long each phase of instances takes, without a gap those before a solve alone."""
    with telling_how_long(ERR, f"measuring {counted(len(instances), 'instance')}", at_once=False):
        frame = phases(instances, runs=runs, gap=gap)
    if as_json:
        OUT.json(records(frame))
        return
    shown = {name: form for name, form in SHOWN.items() if name in frame.columns}
    told = frame.assign(**{name: frame[name].map(form.format) for name, (_, form) in shown.items()})
    OUT.table("Phases", told.rename(columns={name: heading for name, (heading, _) in shown.items()}))
