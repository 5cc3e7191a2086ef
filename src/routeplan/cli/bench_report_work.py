"""Work of ``routeplan bench report``."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from routeplan.bench.judged_runs import judge
from routeplan.bench.report.csv_files import Written, manifests_of, refuse_report, write_report
from routeplan.bench.report.page import left_out
from routeplan.bench.report.results import results_of
from routeplan.bench.shipped import known_settings
from routeplan.cli.bench_tables import tell_cut, tell_of_refuted


def written_benchmark_report(
    runs: Path,
    out: Path,
    *,
    base: str | None,
    settings: Path | None,
    private: bool,
    charts: Sequence[str] = (),
    machine: str | None = None,
) -> tuple[Written, str]:
    """Write the report of a folder of runs; its files, and what is told of runs that are left out."""
    refuse_report(out, charts)
    reasons = {name: setting.why for name, setting in known_settings(settings).items()}
    judged = judge(runs, on_cut=tell_cut)
    tell_of_refuted(judged)
    manifests = manifests_of(judged, runs)
    results = results_of(judged, base=base, private=private, manifests=manifests, reasons=reasons, machine=machine)
    return write_report(results, out, made=date.today(), charts=charts), left_out(results)
