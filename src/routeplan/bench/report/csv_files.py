"""The numbers of a report as CSV, and the report as a folder: page, tables and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from routeplan.bench.families.manifest import Manifest
from routeplan.bench.families.manifest_file import read_manifest
from routeplan.bench.instances import INSTANCES, manifest_of
from routeplan.bench.judged_runs import Run
from routeplan.bench.report.chart_files import CHARTS, chart_files, charts_in, refuse_kinds
from routeplan.bench.report.comparisons import pair_table
from routeplan.bench.report.page import benchmark_page, parts_of
from routeplan.bench.report.results import Results
from routeplan.bench.report.tables import headline, instance_table, wrong_answers
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import UsageError
from routeplan.report.page.file import refuse_unless_page, write_page

PAGE = "index.html"


@dataclass(frozen=True)
class Written:
    """Files of a report.

    Parameters
    ----------
    page : Path
        The page.
    charts : sequence of Path
        The charts.
    others : sequence of Path
        Charts in their folder besides, such as those of an earlier report, which stay as they are.
    """

    page: Path
    charts: Sequence[Path]
    others: Sequence[Path]


def csv_tables(results: Results) -> dict[str, pd.DataFrame]:
    """Tables of a report, by the name of their file without ``.csv``.

    ``summary`` has a row for each setting, ``runs`` for each run on any machine, ``pairs`` for each setting against the
    base, ``wrong`` for each wrong answer, and ``instances`` for each instance. Times are in seconds, memory in MB of
    1e6 bytes, gaps and integrals between 0 and 1.
    """
    return {
        "summary": headline(results),
        "runs": results.everywhere.frame,
        "pairs": pair_table(results),
        "wrong": wrong_answers(results),
        "instances": instance_table(results),
    }


def write_report(results: Results, folder: Path, *, made: date | None = None, charts: Sequence[str] = ()) -> Written:
    """Write the page of a benchmark, its tables beside it, and its charts in a folder below.

    Parameters
    ----------
    results : Results
        What it tells of.
    folder : Path
        Folder of the report; a report that is there is replaced.
    made : date, optional
        Day that the page tells as that on which it was made.
    charts : sequence of str, optional
        Kinds of files in which the charts are written too: ``svg``, ``pdf``.

    Returns
    -------
    Written
        Its files.

    Raises
    ------
    UsageError
        When it cannot be written, something else is in the place of the page or the charts, or there is no such kind
        of chart.
    """
    page = folder / PAGE
    refuse_report(folder, charts)
    parts = parts_of(results)
    text = benchmark_page(results, made=made, parts=parts)
    # All is made before anything is written, so that no half of a report takes the place of a whole one.
    tables = {f"{name}.csv": _csv(table) for name, table in csv_tables(results).items()}
    drawn = {f"{CHARTS}/{name}": content for name, content in chart_files(parts, charts).items()}
    for name, content in {**tables, **drawn}.items():
        with file_written_aside(folder / name) as aside:
            aside.write_bytes(content)
    write_page(text, page)
    made_now = [folder / name for name in drawn]
    return Written(page, made_now, sorted(set(charts_in(folder)) - set(made_now)))


def refuse_report(folder: Path, charts: Sequence[str] = ()) -> None:
    """Refuse a report that could not be written, before it is made.

    Raises
    ------
    UsageError
        When something else is in the place of the page or the charts, or there is no such kind of chart.
    """
    refuse_kinds(charts)
    refuse_unless_page(folder / PAGE)
    if charts and (folder / CHARTS).exists() and not (folder / CHARTS).is_dir():
        raise UsageError(f"{folder / CHARTS} is a file; allowed: a folder, or a new name")


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def manifests_of(runs: Sequence[Run], folder: Path) -> dict[str, Manifest]:
    """Numbers of the instances of runs, by name, from the folder of the runs; without those that are gone.

    Raises
    ------
    DataError
        When a manifest cannot be read.
    """
    names = sorted({run.about["instance"] for run in runs})
    files = {name: manifest_of(name, folder / INSTANCES) for name in names}
    return {name: read_manifest(file) for name, file in files.items() if file is not None}
