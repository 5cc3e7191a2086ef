"""Work of ``routeplan bench merge``."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from routeplan.bench.instances import INSTANCES
from routeplan.bench.run_suite import POINTS, point_of, point_there
from routeplan.bench.starts import START, same_start
from routeplan.cli.bench_tables import tell_cut
from routeplan.cli.bench_work import refuse_file
from routeplan.errors import DataError, Problem
from routeplan.runs.merge import merge_records
from routeplan.runs.records import Record


def merged_runs(folders: Sequence[Path], out: Path) -> int:
    """Merge records, and copy the instances and points that they are about; count the runs."""
    refuse_file(out)
    problems = [
        Problem(str(out / name), 0, "is there already; allowed: a folder without runs")
        for name in (INSTANCES, POINTS)
        if (out / name).exists()
    ]
    if problems:
        raise DataError(problems)
    _refuse_other_starts(folders)
    kept = merge_records(folders, out, tell_cut)
    for name in (INSTANCES, POINTS):
        (out / name).mkdir(exist_ok=True)
    for folder in folders:
        for file in sorted((folder / INSTANCES).glob("*")):
            if not (out / INSTANCES / file.name).exists():
                copyfile(file, out / INSTANCES / file.name)
    _copy_points(kept, out)
    return len(kept)


def _refuse_other_starts(folders: Sequence[Path]) -> None:
    """Refuse runs that began from different points of the same instance, as if they had begun from one."""
    first: dict[str, Path] = {}
    problems = []
    for file in [file for folder in folders for file in sorted((folder / INSTANCES).glob(f"*{START}"))]:
        known = first.setdefault(file.name, file)
        if not same_start(known, file):
            told = "allowed: one of each instance, so copy the instances before the second machine runs them"
            problems.append(Problem(str(file), 0, f"is another start than {known}; {told}"))
    if problems:
        raise DataError(problems)


def _copy_points(kept: Sequence[Record], out: Path) -> None:
    """Copy the point of each run; where several machines have run the same, each point has its machine in its name."""
    several = {key for key, count in Counter(record.key for record in kept).items() if count > 1}
    for record in kept:
        point = point_there(Path(record.file).parent, record)
        if point.exists():
            copyfile(point, point_of(out, record.key, record.machine if record.key in several else ""))
