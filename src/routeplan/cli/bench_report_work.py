"""Work of ``routeplan bench report``."""

from datetime import date
from pathlib import Path

from routeplan.bench.judged_runs import judge
from routeplan.bench.report.csv_files import PAGE, manifests_of, write_report
from routeplan.bench.report.page import left_out
from routeplan.bench.report.results import results_of
from routeplan.bench.shipped import known_settings
from routeplan.report.page.file import refuse_unless_page


def written_benchmark_report(
    runs: Path, out: Path, *, base: str | None, settings: Path | None, private: bool
) -> tuple[Path, str]:
    """Write the report of a folder of runs; its page, and what is told of runs that are left out."""
    refuse_unless_page(out / PAGE)
    reasons = {name: setting.why for name, setting in known_settings(settings).items()}
    judged = judge(runs)
    results = results_of(judged, base=base, private=private, manifests=manifests_of(judged, runs), reasons=reasons)
    return write_report(results, out, made=date.today()), left_out(results)
