"""The file of names: by which names the fields of a survey are found, what is not needed, and what is known besides."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from routeplan.data.csv_cells import Unreadable
from routeplan.data.file_swap import file_written_aside, refuse_existing
from routeplan.data.settings_file import read_toml
from routeplan.data.workbook.file import Value
from routeplan.errors import DataError
from routeplan.importers.survey.fields import Reason
from routeplan.importers.survey.names_check import EVERY_FIRM, REASONS, NamesCheck
from routeplan.instance.rules.words import folded
from routeplan.language.language import Words

NAMES_FILE = Path(__file__).parent / "names.toml"
"""The package's own file of names."""


@dataclass(frozen=True)
class FieldNames:
    """Where a field is looked for.

    Parameters
    ----------
    names : tuple of str
        Named cells, answers of JSON and addresses of cells; the first with an answer counts.
    unit : str
        Unit of its numbers.
    """

    names: tuple[str, ...]
    unit: str


@dataclass(frozen=True)
class Names:
    """A file of names that was read.

    Parameters
    ----------
    fields : mapping of str to FieldNames
        Where each field is looked for.
    not_needed : mapping of str to Reason
        Patterns of names, folded, and why their answers are not needed.
    given : mapping of str to mapping
        Answers by the name of a file or firm, folded; those of `EVERY_FIRM` fill in what is not said.
    file : str
        Name of the file, for messages.
    """

    fields: Mapping[str, FieldNames]
    not_needed: Mapping[str, Reason]
    given: Mapping[str, Mapping[str, Value]]
    file: str

    @property
    def looked_for(self) -> list[str]:
        """Every name of every field."""
        return [name for field in self.fields.values() for name in field.names]

    @property
    def addresses(self) -> list[str]:
        """Those names that are addresses of cells."""
        return [name for name in self.looked_for if "!" in name]

    def reason(self, name: str) -> Reason | None:
        """Why the answer of a name is not needed; None where nobody says so."""
        found = (why for pattern, why in self.not_needed.items() if fnmatchcase(folded(name), pattern))
        return next(found, None)

    def by_hand(self, *called: str) -> dict[str, Value]:
        """What is given of a firm by the names of its file and its own, but for what is given of all."""
        known: dict[str, Value] = {}
        for name in called:
            known |= self.given.get(folded(name), {}) if name else {}
        return known

    @property
    def of_every_firm(self) -> Mapping[str, Value]:
        """What holds where a survey says nothing."""
        return self.given.get(EVERY_FIRM, {})


def read_names(file: Path | None, words: Words) -> Names:
    """Read the package's names, and those of a file of the user's over them.

    Parameters
    ----------
    file : Path or None
        The user's file.
    words : Words
        Language of messages.

    Raises
    ------
    DataError
        With everything that makes no sense in the file.
    """
    own = _names(tomllib.loads(NAMES_FILE.read_text(encoding="utf-8")), NAMES_FILE.name)
    if file is None:
        return own
    try:
        content = read_toml(file)
    except Unreadable as refused:
        raise DataError([refused.problem]) from None
    if problems := NamesCheck(file.name, words).problems(content):
        raise DataError(problems)
    users = _names(content, file.name)
    taken = {folded(name) for each in users.fields.values() for name in each.names} | set(users.not_needed)
    fields = {name: _over(each, content.get("fields", {}).get(name, {}), taken) for name, each in own.fields.items()}
    return Names(fields, {**users.not_needed, **own.not_needed}, {**own.given, **users.given}, file.name)


def _over(own: FieldNames, users: Mapping[str, Any], taken: set[str]) -> FieldNames:
    """A field as the user's file has it; what that does not mention stays, but for names that it uses elsewhere."""
    left = tuple(name for name in own.names if folded(name) not in taken)
    return FieldNames(tuple(users.get("names", left)), users.get("unit", own.unit))


def _names(content: Mapping[str, Any], file: str) -> Names:
    fields = {
        name: FieldNames(tuple(entry.get("names", ())), entry.get("unit", ""))
        for name, entry in content.get("fields", {}).items()
    }
    not_needed = {
        folded(pattern): REASONS[why] for why, patterns in content.get("not_needed", {}).items() for pattern in patterns
    }
    given = {folded(name): dict(answers) for name, answers in content.get("given", {}).items()}
    return Names(fields, not_needed, given, file)


def write_survey_names(file: Path | str, *, overwrite: bool = False) -> Path:
    """Write the package's file of names, to change it: which named cell of a survey is what.

    Parameters
    ----------
    file : path
        File to make.
    overwrite : bool
        Whether one that is there may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already, or it cannot be written.
    """
    path = Path(file)
    if path.is_dir() or not overwrite:
        refuse_existing(path)
    with file_written_aside(path) as aside:
        aside.write_text(NAMES_FILE.read_text(encoding="utf-8"), encoding="utf-8")
    return path
