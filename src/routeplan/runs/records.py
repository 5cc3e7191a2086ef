"""Records of jobs: lines of JSON that are appended one by one, so that nothing that was done is lost."""

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from routeplan.errors import DataError, Problem, UsageError, system_reason
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome, Usage

with suppress(ModuleNotFoundError):  # Windows has none
    import fcntl

FORMAT = 1
"""Version of the records' format."""

SUFFIX = ".jsonl"

BEGIN, END = b'{"format": ', b"}"
"""How the line of a record begins and ends."""

PADDING = b" \r\n\0"
"""What may stand around half a record: some file systems leave zeros where the power went off."""

OnCut = Callable[[Problem], None]
"""Told of a record that was cut in half when its writer was ended."""

CUT = "the record was cut in half, and counts for nothing"
CUT_BEFORE_ANOTHER = f"{CUT}; the one behind it in the same line counts"


@dataclass(frozen=True)
class Record:
    """What a job was about, and what came of it.

    Parameters
    ----------
    key : str
        The job's key.
    about : mapping of str
        What the job was about.
    outcome : Outcome
        What came of it.
    file : str
        File that it was read from.
    line : int
        Line in the file.
    replaces : tuple of str
        Names of the machines whose records of this job it replaces: they ended so that it was run again.
    """

    key: str
    about: Mapping[str, Any]
    outcome: Outcome
    file: str = ""
    line: int = 0
    replaces: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the record stands."""
        return f"{self.file}:{self.line}"

    @property
    def machine(self) -> str:
        """Name of the machine that it ran on."""
        return str(self.outcome.machine.get("name", ""))

    def same_as(self, other: "Record") -> bool:
        """Whether another record says the same, wherever it stands."""
        return (self.key, self.about, self.outcome) == (other.key, other.about, other.outcome)


@dataclass(frozen=True)
class Read:
    """Records of a folder.

    Parameters
    ----------
    records : tuple of Record
        All that can be read, by file and line.
    cut : tuple of Problem
        Lines that were cut in half when their writer was ended, wherever they stand: those jobs are run again.
    """

    records: tuple[Record, ...]
    cut: tuple[Problem, ...] = ()

    def latest(self) -> dict[tuple[str, str], Record]:
        """Last record of each job on each machine, by its key and the machine's name, without those replaced."""
        last: dict[tuple[str, str], Record] = {}
        # By the clock: what was run again may stand in a file that is read before that of the first time.
        for record in sorted(self.records, key=lambda record: record.outcome.started):
            for machine in record.replaces:
                last.pop((record.key, machine), None)
            last[record.key, record.machine] = record
        return {(each.key, each.machine): each for each in self.records if last.get((each.key, each.machine)) is each}


def read_records(folder: Path | str) -> Read:
    """Read the records in the files ``*.jsonl`` of a folder; of a folder that is not there, none.

    Parameters
    ----------
    folder : path
        The folder.

    Raises
    ------
    DataError
        With every line that is no record, but for those that were cut in half.

    Notes
    -----
    A line that is no JSON was cut in half where it begins or ends as a record does, or does not end at all. What a
    later program has appended to such a line without a break is read: a whole record behind half of another.
    """
    records: list[Record] = []
    cut: list[Problem] = []
    wrong: list[Problem] = []
    for path in sorted(Path(folder).glob(f"*{SUFFIX}")):
        for line, text in enumerate(_lines(path), start=1):
            whole = _record_in(text, path.name, line)
            found = whole or _behind_half(text, path.name, line)
            records += [] if found is None else [found]
            if whole is None and _is_cut(text):
                cut.append(Problem(path.name, line, CUT if found is None else CUT_BEFORE_ANOTHER))
            elif whole is None:
                wrong.append(Problem(path.name, line, f"is no record; allowed: a line of JSON of format {FORMAT}"))
    if wrong:
        raise DataError(wrong)
    return Read(tuple(records), tuple(cut))


def _behind_half(text: bytes, file: str, line: int) -> Record | None:
    """A whole record that stands behind half of another; none where the line holds no such thing."""
    return _record_in(text[max(text.rfind(BEGIN), 0) :], file, line) if _is_cut(text) else None


def _is_cut(text: bytes) -> bool:
    """Whether a line is one that was cut in half: it has no end, or is no JSON and begins or ends as records do."""
    if not text.endswith(b"\n"):
        return True
    try:
        json.loads(text)
    except ValueError:
        half = text.strip(PADDING)
        return half.startswith(BEGIN) or BEGIN.startswith(half) or half.endswith(END)
    return False


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines(keepends=True)
    except OSError as error:
        raise DataError([Problem(path.name, 0, f"cannot be read: {system_reason(error)}")]) from None


def _record_in(text: bytes, file: str, line: int) -> Record | None:
    """The record that a line holds; none where it holds something else, or has no end."""
    if not text.endswith(b"\n"):
        return None
    try:
        return _record(json.loads(text), file, line)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _record(line: Mapping[str, Any], file: str, number: int) -> Record:
    if line["format"] != FORMAT:
        raise ValueError("another format")
    told = dict(line["outcome"])
    outcome = Outcome(**{**told, "ended": Ended(told["ended"]), "usage": Usage(**told["usage"])})
    replaces = tuple(map(str, line.get("replaces", ())))
    return Record(str(line["key"]), dict(line["about"]), outcome, file, number, replaces)


def as_line(record: Record) -> bytes:
    """Write a record as its line."""
    line = {"format": FORMAT, "key": record.key, "about": dict(record.about), "outcome": asdict(record.outcome)}
    if record.replaces:
        line["replaces"] = list(record.replaces)
    return json.dumps(line, ensure_ascii=False, allow_nan=False).encode() + b"\n"


class Journal:
    """A file of records that is appended to; `journal` opens it.

    Parameters
    ----------
    file : binary file
        The file, open for appending.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def append(self, job: Job, outcome: Outcome, replaces: Sequence[str] = ()) -> Record:
        """Append a record, in place of those of some machines; when this returns, it is on the disk."""
        here = str(outcome.machine.get("name", ""))
        record = Record(job.key, job.about, outcome, replaces=tuple(name for name in replaces if name != here))
        self._file.write(as_line(record))
        self._file.flush()
        os.fsync(self._file.fileno())
        return record


@contextmanager
def journal(folder: Path | str, name: str) -> Iterator[Journal]:
    """Open a file of records for appending, which is made where it is not there; half a last line is cut off.

    Parameters
    ----------
    folder : path
        Its folder.
    name : str
        Its name, without ``.jsonl``. Several programs may write to one folder at a time, under names of their own.

    Raises
    ------
    UsageError
        When another program writes to it, or it cannot be written.
    """
    path = Path(folder) / f"{name}{SUFFIX}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("r+b" if path.exists() else "x+b")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {system_reason(error)}") from None
    with file:
        _lock(file, path)
        _cut_off_half_a_line(file)
        yield Journal(file)


def _lock(file: IO[bytes], path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except NameError:
        return
    except OSError:
        raise UsageError(f"{path} is being written by another program; allowed: one at a time") from None


def _cut_off_half_a_line(file: IO[bytes]) -> None:
    whole = file.read().rfind(b"\n") + 1
    file.truncate(whole)
    file.seek(whole)


def done(read: Read, again: Collection[Ended] = ()) -> set[str]:
    """Keys of the jobs that need not be run: those with a record of any machine that did not end to be run again."""
    return {key for (key, _), record in read.latest().items() if record.outcome.ended not in again}


def machines_of(read: Read) -> dict[str, list[str]]:
    """Names of the machines that have a record of each job, by its key."""
    found: dict[str, list[str]] = {}
    for key, machine in read.latest():
        found.setdefault(key, []).append(machine)
    return found
