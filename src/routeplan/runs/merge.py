"""Records of several folders in one: of shards, and of other machines."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem, UsageError
from routeplan.runs.records import SUFFIX, OnCut, Read, Record, as_line, read_records

MERGED = f"merged{SUFFIX}"

HARDWARE = ("processor", "cores", "memory")
"""What tells one machine from another, besides its name."""


def merge_records(folders: Sequence[Path | str], target: Path | str, on_cut: OnCut | None = None) -> list[Record]:
    """Write the records of several folders to one folder; what several of them have alike is there once.

    Parameters
    ----------
    folders : sequence of path
        Folders of records.
    target : path
        Folder that has no records yet.
    on_cut : callable, optional
        Told of records that were cut in half, with the paths of their files.

    Returns
    -------
    list of Record
        The records, each with the path of the file that it is from.

    Raises
    ------
    DataError
        When a folder has no records, two machines go by one name, or one machine has two outcomes of one job.
    UsageError
        When the target has records.
    """
    target = Path(target)
    if list(target.glob(f"*{SUFFIX}")):
        raise UsageError(f"{target} has records already; allowed: a folder without any")
    found = [(folder, _from(folder, on_cut)) for folder in map(Path, folders)]
    # The file of a shard that had nothing to run is empty.
    some = any(records for _, records in found)
    wrong = [
        Problem(str(folder), 0, f"has no records; allowed: a folder with files *{SUFFIX}")
        for folder, _ in found
        if not list(folder.glob(f"*{SUFFIX}")) or not some
    ]
    wrong += _namesakes([record for _, records in found for record in records])
    kept, contradicting = _once([records for _, records in found])
    if wrong or contradicting:
        raise DataError(wrong or contradicting)
    with file_written_aside(target / MERGED) as aside:
        aside.write_bytes(b"".join(map(as_line, kept)))
    return kept


def _from(folder: Path, on_cut: OnCut | None) -> list[Record]:
    """Records of a folder, with the paths of their files."""
    read = read_records(folder)
    if on_cut is not None:
        for problem in read.cut:
            on_cut(replace(problem, file=str(folder / problem.file)))
    return [replace(record, file=str(folder / record.file)) for record in read.records]


def _once(found: Sequence[Sequence[Record]]) -> tuple[list[Record], list[Problem]]:
    """Each job of each machine once, and the records that contradict those kept."""
    kept: list[Record] = []
    known: dict[tuple[str, str], Record] = {}
    wrong: list[Problem] = []
    for records in found:
        # What was run again in a folder counts as it ended last, and replaces nothing in other folders.
        for name, last in Read(tuple(records)).latest().items():
            record = replace(last, replaces=())
            earlier = known.setdefault(name, record)
            if earlier is record:
                kept.append(record)
            elif not record.same_as(earlier):
                text = f"is about the same job on the same machine as {earlier.place}; allowed: one record of each"
                wrong.append(Problem(record.file, record.line, text))
    return kept, wrong


def _namesakes(records: Sequence[Record]) -> list[Problem]:
    """Machines that differ and go by one name: their times must not be taken for those of one."""
    known: dict[str, Record] = {}
    told: dict[str, Problem] = {}
    for record in records:
        first = known.setdefault(record.machine, record)
        here, there = record.outcome.machine, first.outcome.machine
        differs = [name for name in HARDWARE if here.get(name) != there.get(name)]
        if differs:
            what = ", ".join(f"{name} {here.get(name)} for {there.get(name)}" for name in differs)
            text = (
                f"machine '{record.machine}' is another one than in {first.place} ({what}); allowed: a name of its own"
            )
            told.setdefault(record.machine, Problem(record.file, record.line, text))
    return list(told.values())
