"""Hub designs as the sheets of a workbook give them, each part with the cell in which it stands."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from routeplan.errors import Problem
from routeplan.hubs.form import KEYS_OF_LINK, Entry, KnownHubs, form_problems
from routeplan.hubs.sheets import DesignSheet, Given, read_design_sheets
from routeplan.hubs.wrong import Part, Wrong
from routeplan.instance.rules.words import did_you_mean
from routeplan.language.language import Words
from routeplan.schema.column import Table
from routeplan.schema.designs import OF_CONTRACT, OF_DESIGN, OF_HUB, OF_LINK, OF_MEMBER

A_SITE, A_LINK = "a site of the instance", "a candidate link of the instance"

_LABEL = re.compile(r"^(?:hub|link|contract) \d+: ")
"""Which entry of a file it is, where a cell tells that."""
_MISSING = re.compile(r"^(key '\w+' is) missing;")
_KEY = re.compile(r"\bkey '(\w+)'")
_ENTRY = re.compile(r"\[\[(hub|link|contract)\]\]")

_SHEET_OF_ENTRY = {"hub": OF_HUB, "link": OF_LINK, "contract": OF_CONTRACT}
_COLUMN_OF_KEY = {"members": "site", "sites": "site", "forbidden_links": "link"}
"""Columns that are not called as the keys of a file; the name of a design is another."""


@dataclass
class BookDesign:
    """A design as the sheets of a workbook give it.

    Parameters
    ----------
    content : dict
        What it holds, in the keys of a TOML file.
    sheets : dict of str to DesignSheet
        The sheets that are there, by their names in the schema.
    coincidences : dict of str to dict of int to float
        The coincidence on each row of its contracts; None where the cell is empty.
    """

    content: Entry
    sheets: dict[str, DesignSheet]
    coincidences: dict[str, dict[int, float | None]] = field(default_factory=dict)
    _rows: dict[Part, tuple[str, int]] = field(default_factory=dict)
    _told: list[Problem] = field(default_factory=list)

    def stands(self, part: Part, table: Table, line: int) -> None:
        """Keep the row in which a part stands; of several the first."""
        self._rows.setdefault(part, (table.name, line))

    def refuse(self, *problems: Problem) -> None:
        """Keep what is wrong with cells of its rows; of each the first."""
        cells = {told.place for told in self._told if told.cell}
        self._told += [problem for problem in problems if problem.place not in cells]

    def form(self, known: KnownHubs = ()) -> list[Problem]:
        """What is wrong with its form: with its cells, and with the whole where no cell tells it."""
        cells = {problem.place for problem in self._told}
        found = [self.problem(wrong) for wrong in form_problems(self.content, known)]
        return self._told + [problem for problem in found if problem.place not in cells]

    def problem(self, wrong: Wrong) -> Problem:
        """What is wrong, and the cell in which it stands."""
        part = wrong.part
        while part not in self._rows:
            part = part[:-1]
        name, line = self._rows[part]
        sheet = self.sheets[name]
        column = _column_of(wrong.key) if wrong.part not in ((), ("name",)) else "design"
        return sheet.at(line, column, _in_words_of_a_sheet(wrong, sheet.words))


def _column_of(key: str) -> str:
    return _COLUMN_OF_KEY.get(key, key)


def _in_words_of_a_sheet(wrong: Wrong, words: Words) -> str:
    """Tell of columns and sheets what a message tells of keys and entries of a file."""
    text = _MISSING.sub(r"\1 empty;", _LABEL.sub("", wrong.text))
    if wrong.part == ("name",):
        text = text.replace("key 'name'", "key 'design'", 1)
    text = _KEY.sub(lambda key: f"column '{words(_column_of(key[1]))}'", text)
    text = text.replace("no [[", "no row of sheet [[", 1)
    return _ENTRY.sub(lambda entry: words(_SHEET_OF_ENTRY[entry[1]].name), text)


def designs_in_book(path: Path) -> tuple[list[BookDesign], list[Problem]]:
    """Read the hub designs of a workbook, which may be that of an instance.

    Parameters
    ----------
    path : Path
        The workbook.

    Returns
    -------
    designs : list of BookDesign
        In the order of their rows.
    problems : list of Problem
        What is wrong with the sheets; not what is wrong with rows of a design.

    Raises
    ------
    DataError
        When it is no workbook, lacks the sheet of designs, or a sheet has no such form that its rows can be read.
    """
    sheets, problems = read_design_sheets(path)
    first = sheets[OF_DESIGN.name]
    if not first.rows:
        problems.append(Problem(first.place, 0, "has no rows; allowed: a row for each design"))
    designs = [_design(line, row, sheets) for line, row in first.rows.items()]
    # Two designs of one name, which are refused later, have the same rows.
    by_name: dict[str, list[BookDesign]] = {}
    for design in designs:
        by_name.setdefault(design.content.get("name", ""), []).append(design)
    for name, add in _ADD.items():
        for line, row in sheets[name].rows.items() if name in sheets else ():
            its = by_name.get(row["design"], []) if "design" in row else []
            if not its:
                problems += _nobodys(sheets[name], line, row, first, [each for each in by_name if each])
            for design in its:
                design.refuse(*sheets[name].problems_on(line))
                add(design, sheets[name], line, row)
    for design in designs:
        _one_coincidence(design)
    of_headers = (problem for sheet in sheets.values() for problem in sheet.problems if problem.line not in sheet.rows)
    return designs, [*problems, *of_headers]


def _design(line: int, row: Given, sheets: dict[str, DesignSheet]) -> BookDesign:
    """A design with what its own row gives."""
    facts = {key: value for key, value in row.items() if key != "design"}
    design = BookDesign(facts | ({"name": row["design"]} if "design" in row else {}), sheets)
    design.stands((), OF_DESIGN, line)
    design.refuse(*sheets[OF_DESIGN.name].problems_on(line))
    return design


def _nobodys(sheet: DesignSheet, line: int, row: Given, first: DesignSheet, names: list[str]) -> list[Problem]:
    """What is wrong with a row that is of no design."""
    name = row.get("design", "")
    title = first.place.rpartition(": ")[2]
    listed = ", ".join(names) or "none is there"
    allowed = f"a design of sheet {title}: {listed}{did_you_mean(name, names) if name else ''}"
    return [*sheet.problems_on(line), sheet.wrong_value(line, "design", name, allowed)]


def _entries(design: BookDesign, key: str) -> list[Entry]:
    entries: list[Entry] = design.content.setdefault(key, [])
    return entries


def _add_hub(design: BookDesign, sheet: DesignSheet, line: int, row: Given) -> None:
    entries = _entries(design, "hub")
    design.stands(("hub", len(entries)), OF_HUB, line)
    entries.append({key: value for key, value in row.items() if key != "design"})


def _add_link(design: BookDesign, sheet: DesignSheet, line: int, row: Given) -> None:
    """A link that is built, or one that is forbidden, of which no size and year can be told."""
    if not row.get("forbidden"):
        entries = _entries(design, "link")
        design.stands(("link", len(entries)), OF_LINK, line)
        entries.append({key: row[key] for key in KEYS_OF_LINK if key in row})
        return
    for key in KEYS_OF_LINK[1:]:
        if key in row:
            design.refuse(sheet.wrong_value(line, key, row[key], "empty, as the link is forbidden"))
    if "link" not in row:
        design.refuse(sheet.wrong_value(line, "link", "", A_LINK))
        return
    links = design.content.setdefault("forbidden_links", [])
    design.stands(("forbidden_links", len(links)), OF_LINK, line)
    links.append(row["link"])


def _add_contract(design: BookDesign, sheet: DesignSheet, line: int, row: Given) -> None:
    """A site of a contract: the rows of one id are one contract, whose coincidence is on each of them."""
    entries = _entries(design, "contract")
    number = next((at for at, each in enumerate(entries) if each.get("contract") == row.get("contract")), len(entries))
    if number == len(entries):
        design.stands(("contract", number), OF_CONTRACT, line)
        entries.append({"sites": [], **({"contract": row["contract"]} if "contract" in row else {})})
    entry = entries[number]
    if "site" in row:
        design.stands(("contract", number, "sites", len(entry["sites"])), OF_CONTRACT, line)
        entry["sites"].append(row["site"])
    else:
        design.refuse(sheet.wrong_value(line, "site", "", A_SITE))
    if "coincidence" in row:
        entry.setdefault("coincidence", row["coincidence"])
        design.stands(("contract", number, "coincidence"), OF_CONTRACT, line)
    design.coincidences.setdefault(row.get("contract", ""), {})[line] = row.get("coincidence")


def _one_coincidence(design: BookDesign) -> None:
    """Refuse rows of a contract that have another coincidence than the first one, or none."""
    for of_rows in design.coincidences.values():
        first = next((line for line, given in of_rows.items() if given is not None), 0)
        for line, given in of_rows.items():
            if given != of_rows.get(first):
                allowed = f"{of_rows[first]}, as on row {first}: a contract has one, on each of its rows"
                shown = "" if given is None else given
                design.refuse(design.sheets[OF_CONTRACT.name].wrong_value(line, "coincidence", shown, allowed))


def _add_member(design: BookDesign, sheet: DesignSheet, line: int, row: Given) -> None:
    if "site" not in row:
        design.refuse(sheet.wrong_value(line, "site", "", A_SITE))
        return
    members = design.content.setdefault("members", [])
    design.stands(("members", len(members)), OF_MEMBER, line)
    design.stands(("members",), OF_MEMBER, line)
    members.append(row["site"])


_ADD = {OF_HUB.name: _add_hub, OF_LINK.name: _add_link, OF_CONTRACT.name: _add_contract, OF_MEMBER.name: _add_member}
"""How a row of each sheet but the first is added to its design."""
