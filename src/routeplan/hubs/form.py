"""The form of a hub design as a file gives it: its keys, and what each of them holds."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, TypeGuard

from routeplan.data.settings_file import unknown_keys
from routeplan.hubs.design import WITHOUT, BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.wrong import Part, Wrong, entry_label
from routeplan.schema.column import LARGEST, Column, Kind
from routeplan.schema.designs import OF_CONTRACT, OF_DESIGN
from routeplan.schema.inputs import HUBS

Entry = dict[str, Any]

KEYS = ("name", "title", "title_nl", "members", "public_share", "forbidden_links", "hub", "link", "contract")
"""Keys of a design."""

ENTRIES = ("hub", "link", "contract")
"""Those of them that hold entries."""

KEYS_OF_LINK, KEYS_OF_CONTRACT = ("link", "size", "first_year"), ("contract", "sites", "coincidence")
"""Keys of the entries ``[[link]]`` and ``[[contract]]``; those of ``[[hub]]`` are columns of the table ``hubs``."""

KEYS_OF_HUB = ("hub", "option", "first_year")
"""Keys of an entry ``[[hub]]`` of which the instance has the rest."""

OR_EMPTY = ", or empty"
"""What is not said of a key of a file, which is left out."""

LONGEST_SHOWN = 60
"""Signs of a value that a message shows."""

_NAME = re.compile(r"\w[\w.+-]{0,59}")
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[1-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending: no folder has one."""
NAMES = f"up to 60 letters, digits, '-', '_', '+' and '.', a letter or digit first, and not '{WITHOUT}'"
"""Names that a design may have: its plan is kept in a folder of that name."""
UNRESERVED = "a name that Windows keeps for no device, as it does con, prn, aux, nul, com1 to com9 and lpt1 to lpt9"

KnownHubs = Collection[tuple[str, str]]
"""Hub options of the instance that a design is for, each by its hub and option; of these no columns are asked for."""


def form_problems(given: Entry, known: KnownHubs = ()) -> Iterator[Wrong]:
    """List what is wrong with the form of a design.

    Parameters
    ----------
    given : dict
        The content of its file; a workbook is told in the same keys.
    known : collection of (str, str)
        Hub options of the instance that it is for.
    """
    yield from _unknown_keys(given, (), KEYS)
    yield from _name_form(given)
    yield from _facts_form(given)
    hub_form = partial(_hub_form, known=known)
    for key, form in (("hub", hub_form), ("link", _link_form), ("contract", _contract_form)):
        entries = given.get(key, [])
        if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
            yield Wrong(f"'{key}' is no list; allowed: entries that begin with [[{key}]]", (key,))
            continue
        for number, entry in enumerate(entries):
            yield from form(entry, (key, number))


def design_of(given: Entry) -> Design:
    """Make a design of content that has the right form."""
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


def sound_part(given: Entry, known: KnownHubs = ()) -> tuple[Design, dict[str, list[int]], bool]:
    """Make a design of what has the right form, so that this too is held against an instance.

    Keys of the wrong form are left out, and entries that lack a key then.

    Returns
    -------
    Design
        What is left, with an empty name where that is wrong.
    dict of str to list of int
        The number of each of its entries among those that are given, by key.
    bool
        Whether all entries are left that are given; of a workbook, those of a design without a name are not known.
    """
    wrong = {each.part for each in form_problems(given, known)}
    cut = {key: _cut(value, (key,), wrong) for key, value in given.items() if (key,) not in wrong}
    lacking = {each.part[:2] for each in form_problems(cut, known)}
    kept = {key: [at for at in range(len(cut.get(key, []))) if (key, at) not in lacking] for key in ENTRIES}
    entries = {key: [cut[key][at] for at in places] for key, places in kept.items() if key in cut}
    whole = "name" in given and all(entries.get(key) == cut.get(key) and (key,) not in wrong for key in ENTRIES)
    return design_of({"name": "", **cut, **entries}), kept, whole


def _cut(value: Any, part: Part, wrong: Collection[Part]) -> Any:
    """A value of a design; of entries without the keys that are wrong."""
    if part[0] not in ENTRIES:
        return value
    return [
        {key: each for key, each in entry.items() if (*part, at, key) not in wrong} for at, entry in enumerate(value)
    ]


def _name_form(given: Entry) -> Iterator[Wrong]:
    name = given.get("name")
    if not (isinstance(name, str) and _NAME.fullmatch(name)) or name.endswith(".") or name.casefold() == WITHOUT:
        yield _wrong((), "name", given.get("name", "missing"), NAMES)
    elif _RESERVED.fullmatch(name):
        yield _wrong((), "name", name, UNRESERVED)


def _facts_form(given: Entry) -> Iterator[Wrong]:
    for key in ("title", "title_nl"):
        if not (isinstance(given.get(key, ""), str) and given.get(key, "").isprintable()):
            yield _wrong((), key, given[key], "text on one line")
    yield from _in_range(OF_DESIGN.column("public_share"), given, ())
    for key, allowed in (
        ("members", "a list of ids of sites; without it all may join"),
        ("forbidden_links", "a list of ids"),
    ):
        if key in given and not (_is_texts(given[key]) and (given[key] or key != "members")):
            yield _wrong((), key, given[key], allowed)
        elif len(set(listed := given.get(key, []))) < len(listed):
            yield _wrong((), key, listed, "each once")


def _in_range(column: Column, entry: Entry, part: Part) -> Iterator[Wrong]:
    """Refuse what is no number, or one that a column with two ends does not allow."""
    value = entry.get(column.name, column.high)
    if not (_is_number(value) and column.low <= value <= column.high and value > column.above):
        yield _wrong(part, column.name, value, f"a number, {column.allowed.removesuffix(OR_EMPTY)}")


def _hub_form(entry: Entry, part: Part, known: KnownHubs) -> Iterator[Wrong]:
    yield from _unknown_keys(entry, part, HUBS.names)
    yield from _texts(entry, part, KEYS_OF_HUB[:2])
    yield from _year(entry, part)
    own = [column for column in HUBS.columns if column.name not in KEYS_OF_HUB]
    if any(column.name in entry for column in own) and (entry.get("hub"), entry.get("option")) not in list(known):
        for column in own:
            yield from _cell(column, entry, part)


def _cell(column: Column, entry: Entry, part: Part) -> Iterator[Wrong]:
    """What is wrong with a column of a hub that the instance does not have; the rules of its table come later."""
    if column.name not in entry:
        if column.required:
            allowed = "every column of the table hubs, for one that the instance does not have"
            yield _wrong(part, column.name, "missing", allowed)
        return
    value = entry[column.name]
    right = isinstance(value, str) and value.isprintable() if column.kind.is_text else _is_number(value)
    if not right or (column.kind is Kind.WHOLE and value % 1):
        largest = "" if column.kind.is_text else f", at most {LARGEST:g}"
        yield _wrong(part, column.name, value, column.allowed.removesuffix(OR_EMPTY) + largest)


def _link_form(entry: Entry, part: Part) -> Iterator[Wrong]:
    yield from _unknown_keys(entry, part, KEYS_OF_LINK)
    yield from _texts(entry, part, KEYS_OF_LINK[:2])
    yield from _year(entry, part)


def _contract_form(entry: Entry, part: Part) -> Iterator[Wrong]:
    yield from _unknown_keys(entry, part, KEYS_OF_CONTRACT)
    yield from _texts(entry, part, KEYS_OF_CONTRACT[:1])
    sites = entry.get("sites")
    if not _is_texts(sites) or len(sites) < 2 or len(set(sites)) < len(sites):
        yield _wrong(part, "sites", entry.get("sites", "missing"), "a list of two sites or more, each once")
    yield from _in_range(OF_CONTRACT.column("coincidence"), entry, part)


def _unknown_keys(given: Entry, part: Part, known: Sequence[str]) -> Iterator[Wrong]:
    for problem in unknown_keys("", entry_label(part), given, list(known)):
        yield Wrong(problem.text, (*part, problem.column))


def _texts(entry: Entry, part: Part, keys: Sequence[str]) -> Iterator[Wrong]:
    for key in keys:
        if not (isinstance(entry.get(key), str) and entry[key]):
            yield _wrong(part, key, entry.get(key, "missing"), "an id")


def _year(entry: Entry, part: Part) -> Iterator[Wrong]:
    year = entry.get("first_year")
    if isinstance(year, bool) or not isinstance(year, int):
        yield _wrong(part, "first_year", "missing" if year is None else year, "a year")


def _wrong(part: Part, key: str, value: object, allowed: str) -> Wrong:
    return Wrong(f"{entry_label(part)}key '{key}' is {_shown(value)}; allowed: {allowed}", (*part, key))


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
    text = text if text.isprintable() else ascii(text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _is_texts(given: object) -> TypeGuard[list[str]]:
    return isinstance(given, list) and all(isinstance(each, str) and each for each in given)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _shared(entry: Entry) -> SharedContract:
    return SharedContract(entry["contract"], tuple(entry["sites"]), float(entry.get("coincidence", 1.0)))


def _opened(entry: Entry) -> OpenedHub:
    rest = {key: value for key, value in entry.items() if key not in KEYS_OF_HUB}
    return OpenedHub(entry["hub"], entry["option"], entry["first_year"], rest)
