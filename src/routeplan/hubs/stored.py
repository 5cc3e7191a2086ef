"""A comparison of hub designs read back from its folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from routeplan.data.paths import holds_result, path_of
from routeplan.data.tables import read_tables
from routeplan.errors import UsageError, problems_below
from routeplan.hubs.design import WITHOUT, Design
from routeplan.hubs.read import read_design
from routeplan.result.folder import load
from routeplan.result.result import Result
from routeplan.schema.frames import empty
from routeplan.schema.hubs import DESIGNS, HUB_TABLES

FILES = [table.file for table in HUB_TABLES.values()]
"""Files of its tables."""

NEEDED = [table.file for table in HUB_TABLES.values() if not table.optional]
"""Those that every comparison has; older ones lack the others."""

MARK = DESIGNS.file
"""File by which a folder of a comparison is known."""

PLANS = "plans"
"""Folder in it of the plans, each by the name of its design."""

DESIGNS_FOLDER = "designs"
"""Folder in it of the designs as they were."""


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
    read = {name: table.frame for name, table in read_tables(place, present).items()}
    tables = {name: read[name] if name in read else empty(table) for name, table in HUB_TABLES.items()}
    designs = tuple(map(read_design, sorted((place / DESIGNS_FOLDER).glob("*.toml"))))
    folders = {name: folder_of_plan(place, name) for name in (WITHOUT, *(each.name for each in designs))}
    return Compared(designs, tables, {name: _plan(each) for name, each in folders.items() if holds_result(each)})


def folder_of_plan(folder: Path, name: str) -> Path:
    """Folder of the plan with a design in that of a comparison, or of the plan `WITHOUT` any."""
    return folder / PLANS / name


def _plan(folder: Path) -> Result:
    """A plan of a comparison; what is wrong with it is told with its folder, as there are several."""
    with problems_below(folder):
        return load(folder)
