"""A comparison of hub designs read back from its folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.paths import holds_result, path_of
from routeplan.data.tables import read_tables
from routeplan.data.typed import TypedTable
from routeplan.errors import DataError, Problem, UsageError, problems_below, value_problem
from routeplan.hubs.design import WITHOUT, Design
from routeplan.hubs.read import read_design
from routeplan.result.folder import load
from routeplan.result.result import Result
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.frames import empty
from routeplan.schema.hubs import COALITIONS, DESIGNS, HUB_TABLES, Presence
from routeplan.schema.result_file import Status

FILES = [table.file for table in HUB_TABLES.values()]
"""Files of its tables."""

NEEDED = [table.file for table in HUB_TABLES.values() if not table.optional]
"""Those that every comparison has; older ones lack the others."""

PLANS = "plans"
"""Folder in it of the plans, each by the name of its design."""

DESIGNS_FOLDER = "designs"
"""Folder in it of the designs as they were."""


def is_design(path: Path) -> bool:
    """Whether a file in the folder of designs is one of them."""
    return path.suffix == ".toml"


def holds_comparison(folder: Path) -> bool:
    """Whether a folder is that of a comparison of hub designs, readable or not."""
    there = [(folder / file).is_file() for file in NEEDED]
    return all(there) or (any(there) and (folder / DESIGNS_FOLDER).is_dir())


@dataclass(frozen=True, eq=False)
class Compared:
    """A comparison of hub designs, read back.

    Parameters
    ----------
    designs : tuple of Design
        The designs.
    tables : mapping of str to DataFrame
        What `hub_tables` makes.
    plans : mapping of str to Result
        The plan without designs, by the name `WITHOUT`, and those with each that has one, by its name.
    """

    designs: tuple[Design, ...]
    tables: Mapping[str, pd.DataFrame]
    plans: Mapping[str, Result]


def read_comparison(folder: Path | str) -> Compared:
    """Read a comparison of hub designs back.

    Parameters
    ----------
    folder : path
        A folder written by `write_comparison`.

    Raises
    ------
    UsageError
        When it is none, or one without its plans.
    DataError
        When its files cannot be read.
    """
    place = path_of(folder)
    if not holds_comparison(place):
        raise UsageError(f"{place} holds no comparison of hub designs; allowed: a folder with {', '.join(NEEDED)}")
    lacking = [file for file in NEEDED if not (place / file).is_file()]
    lacking += [] if holds_result(folder_of_plan(place, WITHOUT)) else [f"{PLANS}/{WITHOUT}"]
    if lacking:
        raise UsageError(
            f"{place} lacks {', '.join(lacking)}; allowed: a folder as `routeplan hub compare --out` writes it"
        )
    present = [table for table in HUB_TABLES.values() if (place / table.file).is_file()]
    designs = tuple(map(read_design, sorted(filter(is_design, (place / DESIGNS_FOLDER).glob("*")))))
    folders = {name: folder_of_plan(place, name) for name in (WITHOUT, *(each.name for each in designs))}
    plans = {name: _plan(each) for name, each in folders.items() if holds_result(each)}
    with problems_below(place):
        read = read_tables(place, present)
        _refuse_strange(read, designs, plans)
    frames = {name: table.frame for name, table in read.items()}
    tables = {name: frames[name] if name in frames else empty(table) for name, table in HUB_TABLES.items()}
    return Compared(designs, tables, plans)


def _refuse_strange(tables: Mapping[str, TypedTable], designs: Sequence[Design], plans: Mapping[str, Result]) -> None:
    """Refuse names that are not those of the designs and of the plans' instance, and plans that are not there."""
    instance = plans[WITHOUT].instance
    known: dict[str, set[Any]] = {name: set(instance[name][of]) for name, of in (("sites", "site"), ("areas", "area"))}
    known |= {"designs": {each.name for each in designs}, "periods": set(instance.horizon.first.tolist())}
    problems = [
        value_problem(HUB_TABLES[name].file, int(line), column.name, cell, OF_NAMES[of])
        for name, table in tables.items()
        for column in HUB_TABLES[name].columns
        if (of := _names_of(HUB_TABLES[name], column)) is not None
        for line, cell in zip(table.lines, table.frame[column.name], strict=True)
        if not known[of].issuperset(cell.split() if column.kind is Kind.TEXT else [cell])
    ]
    if lost := [name for name in _planned(tables[DESIGNS.name].frame) if name not in plans]:
        problems += [
            Problem(f"{PLANS}/{name}", 0, f"is not there; by {DESIGNS.file} there is such a plan") for name in lost
        ]
    if problems:
        raise DataError(problems)


OF_NAMES = {
    "designs": f"the name of a design in the folder {DESIGNS_FOLDER}",
    "sites": "sites of the plans' instance",
    "areas": "an area of the plans' instance",
    "periods": "the first year of a period of the plans' instance",
}
"""What names in the tables are of, and how that is told."""


def _names_of(table: Table, column: Column) -> str | None:
    """What a column names: it says so, has the names of designs themselves, or several sites with blanks between."""
    if column.name == DESIGNS.key[0]:
        return "designs"
    if column.name == "sites" or (table, column.name) == (COALITIONS, "without"):
        return "sites"
    return next(iter(column.refers), None)


def _planned(designs: pd.DataFrame) -> list[str]:
    """Designs whose plan is kept: it is forced, and nothing is late."""
    kept = (designs["presence"] == Presence.FORCED) & (designs["late"] == "")
    return designs.loc[kept & designs["status"].isin([each for each in Status if each.has_plan]), "design"].tolist()


def folder_of_plan(folder: Path, name: str) -> Path:
    """Folder of the plan with a design in that of a comparison, or of the plan `WITHOUT` any."""
    return folder / PLANS / name


def _plan(folder: Path) -> Result:
    """A plan of a comparison; what is wrong with it is told with its folder, as there are several."""
    with problems_below(folder):
        return load(folder)
