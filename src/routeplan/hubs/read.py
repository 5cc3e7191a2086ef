"""Read hub designs, and hold them against the instance that they are for: every problem at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from routeplan.data.csv_cells import Unreadable
from routeplan.data.paths import is_workbook
from routeplan.data.settings_file import read_toml
from routeplan.errors import DataError, Problem
from routeplan.hubs.book import BookDesign, designs_in_book
from routeplan.hubs.design import Design
from routeplan.hubs.fit import design_problems
from routeplan.hubs.form import Entry, KnownHubs, design_of, form_problems, sound_part
from routeplan.hubs.wrong import Wrong
from routeplan.instance.instance import Instance


@dataclass(frozen=True)
class FileDesign:
    """A design as a TOML file gives it.

    Parameters
    ----------
    content : dict
        Its keys.
    file : str
        The file.
    """

    content: Entry
    file: str

    def form(self, known: KnownHubs = ()) -> list[Problem]:
        """What is wrong with its form, for an instance that has these hub options."""
        return [self.problem(wrong) for wrong in form_problems(self.content, known)]

    def problem(self, wrong: Wrong) -> Problem:
        """What is wrong, and where it stands."""
        return Problem(self.file, 0, wrong.text, wrong.key)


Given = FileDesign | BookDesign
"""A design as a file or workbook gives it."""


def read_designs(files: Sequence[Path | str], instance: Instance) -> list[Design]:
    """Read hub designs.

    Parameters
    ----------
    files : sequence of path
        TOML files of one design each, and workbooks of any number.
    instance : Instance
        The instance that they are for.

    Returns
    -------
    list of Design
        In the order of the files, and of the rows of a workbook.

    Raises
    ------
    DataError
        With everything that is wrong: in the form of the files, and with what they ask of the instance.
    """
    read: list[tuple[Given, Design]] = []
    problems: list[Problem] = []
    known = list(zip(instance["hubs"]["hub"], instance["hubs"]["option"], strict=True))
    for given in _given_in(files, problems):
        design, kept, whole = sound_part(given.content, known)
        found = design_problems(design, instance, whole)
        problems += [*given.form(known), *(given.problem(_as_given(wrong, kept)) for wrong in found)]
        read.append((given, design))
    problems += _named_twice(read)
    if problems:
        # What is wrong with a contract may be found at each of its sites, or for each of two designs of one name.
        raise DataError(list({str(problem): problem for problem in problems}.values()))
    return [design for _, design in read]


def read_design(file: Path) -> Design:
    """Read a hub design from a TOML file, for whatever instance it is.

    Raises
    ------
    DataError
        With everything that is wrong with the form of the file.
    """
    given = _file_design(file)
    if problems := given.form():
        raise DataError(problems)
    return design_of(given.content)


def _given_in(files: Sequence[Path | str], problems: list[Problem]) -> Iterator[Given]:
    """Every design of the files; those of what cannot be read are added to the problems."""
    for file in map(Path, files):
        try:
            if is_workbook(file):
                designs, wrong = designs_in_book(file)
                problems += wrong
                yield from designs
            else:
                yield _file_design(file)
        except DataError as broken:
            problems += broken.problems


def _file_design(file: Path) -> FileDesign:
    try:
        return FileDesign(read_toml(file), str(file))
    except Unreadable as refused:
        raise DataError([replace(refused.problem, file=str(file))]) from None


def _as_given(wrong: Wrong, kept: Mapping[str, Sequence[int]]) -> Wrong:
    """What is wrong with an entry that was kept, by its number among those that are given."""
    match wrong.part:
        case (str(key), int(at), *rest) if key in kept:
            return replace(wrong, part=(key, kept[key][at], *rest))
    return wrong


def _named_twice(read: Sequence[tuple[Given, Design]]) -> Iterator[Problem]:
    """Folders of plans have the names of designs, and on some disks case is all the same."""
    first: dict[str, Given] = {}
    for given, design in read:
        if not design.name:
            continue
        other = first.setdefault(design.name.casefold(), given)
        if other is not given:
            here, place = (each.problem(Wrong("", ("name",))).place for each in (given, other))
            text = f"key 'name' is {design.name}, as in {place}; allowed: each name once, whatever its case"
            yield given.problem(Wrong("is given twice; allowed: once" if here == place else text, ("name",)))
