"""Read hub designs, and hold them against the instance that they are for: every problem at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeGuard

from routeplan.data.csv_cells import Unreadable
from routeplan.data.settings_file import read_toml, unknown_keys
from routeplan.errors import DataError, Problem
from routeplan.hubs.design import WITHOUT, BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.fit import design_problems
from routeplan.instance.instance import Instance
from routeplan.schema.column import LARGEST, Column, Kind
from routeplan.schema.inputs import HUBS

Entry = dict[str, Any]

KEYS = ("name", "title", "title_nl", "members", "public_share", "forbidden_links", "hub", "link", "contract")
"""Keys of a design."""

OF_LINK, OF_CONTRACT = ("link", "size", "first_year"), ("contract", "sites", "coincidence")
"""Keys of the entries ``[[link]]`` and ``[[contract]]``; those of ``[[hub]]`` are columns of the table ``hubs``."""

OF_HUB = ("hub", "option", "first_year")
"""Keys of an entry ``[[hub]]`` of which the instance has the rest."""

LONGEST_SHOWN = 60
"""Signs of a value that a message shows."""

_NAME = re.compile(r"\w[\w.+-]{0,59}")
NAMES = f"up to 60 letters, digits, '-', '_', '+' and '.', a letter or digit first, and not '{WITHOUT}'"
"""Names that a design may have: its plan is kept in a folder of that name."""


def read_designs(files: Sequence[Path | str], instance: Instance) -> list[Design]:
    """Read hub designs.

    Parameters
    ----------
    files : sequence of path
        TOML files of designs.
    instance : Instance
        The instance that they are for.

    Returns
    -------
    list of Design
        In the order of the files.

    Raises
    ------
    DataError
        With everything that is wrong: in the form of the files, and with what they ask of the instance.
    """
    read: list[tuple[Path, Design]] = []
    problems: list[Problem] = []
    for file in map(Path, files):
        try:
            read.append((file, read_design(file)))
        except DataError as broken:
            problems += broken.problems
        else:
            found = design_problems(read[-1][1], instance)
            problems += [Problem(str(file), 0, text, column) for text, column in found]
    problems += _named_twice(read)
    if problems:
        raise DataError(problems)
    return [design for _, design in read]


def read_design(file: Path) -> Design:
    """Read a hub design, for whatever instance it is.

    Raises
    ------
    DataError
        With everything that is wrong with the form of the file.
    """
    try:
        given = read_toml(file)
    except Unreadable as refused:
        raise DataError([replace(refused.problem, file=str(file))]) from None
    if problems := list(_form(given, str(file))):
        raise DataError(problems)
    return _design(given)


def _named_twice(read: Sequence[tuple[Path, Design]]) -> Iterator[Problem]:
    """Folders of plans have the names of designs, and on some disks case is all the same."""
    first: dict[str, Path] = {}
    for file, design in read:
        other = first.setdefault(design.name.casefold(), file)
        if other is not file:
            text = f"key 'name' is {design.name}, as in {other}; allowed: each name once, whatever its case"
            yield Problem(str(file), 0, text, "name")


def _form(given: Entry, file: str) -> Iterator[Problem]:
    """What is wrong with the form of a design."""
    yield from unknown_keys(file, "", given, list(KEYS))
    name = given.get("name")
    if not (isinstance(name, str) and _NAME.fullmatch(name)) or name.endswith(".") or name.casefold() == WITHOUT:
        yield _wrong(file, "", "name", given.get("name", "missing"), NAMES)
    yield from _facts_form(given, file)
    for key, form in (("hub", _hub_form), ("link", _link_form), ("contract", _contract_form)):
        entries = given.get(key, [])
        if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
            yield Problem(file, 0, f"'{key}' is no list; allowed: entries that begin with [[{key}]]", key)
            continue
        for number, entry in enumerate(entries, start=1):
            yield from form(entry, f"{key} {number}: ", file)


def _facts_form(given: Entry, file: str) -> Iterator[Problem]:
    for key in ("title", "title_nl"):
        if not (isinstance(given.get(key, ""), str) and given.get(key, "").isprintable()):
            yield _wrong(file, "", key, given[key], "text on one line")
    share = given.get("public_share", 0.0)
    if not (_is_number(share) and 0.0 <= share <= 1.0):
        yield _wrong(file, "", "public_share", share, "a number from 0 to 1")
    for key, allowed in (
        ("members", "a list of ids of sites; without it all may join"),
        ("forbidden_links", "a list of ids"),
    ):
        if key in given and not (_is_texts(given[key]) and (given[key] or key != "members")):
            yield _wrong(file, "", key, given[key], allowed)


def _hub_form(entry: Entry, label: str, file: str) -> Iterator[Problem]:
    yield from unknown_keys(file, label, entry, HUBS.names)
    yield from _texts(entry, label, file, OF_HUB[:2])
    yield from _year(entry, label, file)
    if not set(entry) <= set(OF_HUB):
        for column in HUBS.columns:
            if column.name not in OF_HUB:
                yield from _cell(column, entry, label, file)


def _cell(column: Column, entry: Entry, label: str, file: str) -> Iterator[Problem]:
    """What is wrong with a column of a hub that the instance does not have; the rules of its table come later."""
    if column.name not in entry:
        if column.required:
            allowed = "every column of the table hubs, for one that the instance does not have"
            yield _wrong(file, label, column.name, "missing", allowed)
        return
    value = entry[column.name]
    right = isinstance(value, str) and value.isprintable() if column.kind.is_text else _is_number(value)
    if not right or (column.kind is Kind.WHOLE and value % 1):
        largest = "" if column.kind.is_text else f", at most {LARGEST:g}"
        yield _wrong(file, label, column.name, value, column.allowed.removesuffix(", or empty") + largest)


def _link_form(entry: Entry, label: str, file: str) -> Iterator[Problem]:
    yield from unknown_keys(file, label, entry, list(OF_LINK))
    yield from _texts(entry, label, file, OF_LINK[:2])
    yield from _year(entry, label, file)


def _contract_form(entry: Entry, label: str, file: str) -> Iterator[Problem]:
    yield from unknown_keys(file, label, entry, list(OF_CONTRACT))
    yield from _texts(entry, label, file, OF_CONTRACT[:1])
    sites = entry.get("sites")
    if not _is_texts(sites) or len(sites) < 2 or len(set(sites)) < len(sites):
        yield _wrong(file, label, "sites", entry.get("sites", "missing"), "a list of two sites or more, each once")
    factor = entry.get("coincidence", 1.0)
    if not (_is_number(factor) and 0.0 < factor <= 1.0):
        yield _wrong(file, label, "coincidence", factor, "a number above 0 and at most 1")


def _texts(entry: Entry, label: str, file: str, keys: Sequence[str]) -> Iterator[Problem]:
    for key in keys:
        if not (isinstance(entry.get(key), str) and entry[key]):
            yield _wrong(file, label, key, entry.get(key, "missing"), "an id")


def _year(entry: Entry, label: str, file: str) -> Iterator[Problem]:
    year = entry.get("first_year")
    if isinstance(year, bool) or not isinstance(year, int):
        yield _wrong(file, label, "first_year", "missing" if year is None else year, "a year")


def _wrong(file: str, label: str, key: str, value: object, allowed: str) -> Problem:
    return Problem(file, 0, f"{label}key '{key}' is {_shown(value)}; allowed: {allowed}", key)


def _shown(value: object) -> str:
    """A value of a file as a message shows it, on one line."""
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, int) and abs(value) > LARGEST:  # Python writes no number of more than 4,300 digits
        return f"a number beyond {LARGEST:g}"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"[:LONGEST_SHOWN]
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(str(value).split()) or ("empty" if not value else "blank")
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _is_texts(given: object) -> TypeGuard[list[str]]:
    return isinstance(given, list) and all(isinstance(each, str) and each for each in given)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _design(given: Entry) -> Design:
    """A design, of the content of a file that has the right form."""
    return Design(
        name=given["name"],
        title=given.get("title", ""),
        title_nl=given.get("title_nl", ""),
        hubs=tuple(_opened(entry) for entry in given.get("hub", ())),
        links=tuple(BuiltLink(**entry) for entry in given.get("link", ())),
        forbidden=tuple(given.get("forbidden_links", ())),
        contracts=tuple(_shared(entry) for entry in given.get("contract", ())),
        members=tuple(given["members"]) if "members" in given else None,
        public_share=float(given.get("public_share", 0.0)),
    )


def _shared(entry: Entry) -> SharedContract:
    return SharedContract(entry["contract"], tuple(entry["sites"]), float(entry.get("coincidence", 1.0)))


def _opened(entry: Entry) -> OpenedHub:
    rest = {key: value for key, value in entry.items() if key not in OF_HUB}
    return OpenedHub(entry["hub"], entry["option"], entry["first_year"], rest)
