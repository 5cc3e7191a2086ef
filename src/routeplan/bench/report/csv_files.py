"""The numbers of a report as CSV, and the report as a folder."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from routeplan.bench.families.manifest import Manifest
from routeplan.bench.families.manifest_file import read_manifest
from routeplan.bench.instances import DIGITS, INSTANCES, MANIFEST
from routeplan.bench.judged_runs import Run
from routeplan.bench.report.comparisons import pair_table
from routeplan.bench.report.page import benchmark_page
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import headline, instance_table, wrong_answers
from routeplan.data.file_swap import file_written_aside
from routeplan.report.page.file import refuse_unless_page, write_page

PAGE = "index.html"


def csv_tables(results: Results) -> dict[str, pd.DataFrame]:
    """Tables of a report, by the name of their file without ``.csv``.

    ``summary`` has a row for each setting, ``runs`` for each run, ``pairs`` for each setting against the base,
    ``wrong`` for each wrong answer, and ``instances`` for each instance. Times are in seconds, memory in MB of 1e6
    bytes, gaps and integrals between 0 and 1.
    """
    return {
        "summary": headline(results),
        "runs": results.frame,
        "pairs": pair_table(results),
        "wrong": wrong_answers(results),
        "instances": instance_table(results),
    }


def write_report(results: Results, folder: Path, *, made: date | None = None) -> Path:
    """Write the page of a benchmark, and its tables beside it.

    Parameters
    ----------
    results : Results
        What it tells of.
    folder : Path
        Folder of the report; a report that is there is replaced.
    made : date, optional
        Day that the page tells as that on which it was made.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    UsageError
        When it cannot be written, or something else is in the place of the page.
    """
    page = folder / PAGE
    refuse_unless_page(page)
    text = benchmark_page(results, made=made)
    for name, table in csv_tables(results).items():
        with file_written_aside(folder / f"{name}.csv") as aside:
            aside.write_text(table.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    write_page(text, page)
    return page


def manifests_of(runs: Sequence[Run], folder: Path) -> dict[str, Manifest]:
    """Numbers of the instances of runs, by name, from the folder of the runs; without those that are gone.

    Raises
    ------
    DataError
        When a manifest cannot be read.
    """
    shas = {run.about["instance"]: run.about["sha256"] for run in runs}
    files = {name: folder / INSTANCES / f"{name}-{sha[:DIGITS]}{MANIFEST}" for name, sha in shas.items()}
    return {name: read_manifest(file) for name, file in sorted(files.items()) if file.is_file()}
