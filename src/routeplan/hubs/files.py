"""A comparison of hub designs as a folder: its tables as CSV files, and the plans beside them."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from routeplan.data.folder_swap import keep_others, refuse_unless_ours, refuse_unless_writable, written_aside
from routeplan.data.paths import holds_result
from routeplan.data.tables import write_tables
from routeplan.hubs.compare import Comparison
from routeplan.hubs.design import WITHOUT
from routeplan.hubs.stored import DESIGNS_FOLDER, FILES, NEEDED, PLANS, is_design
from routeplan.hubs.write import write_designs
from routeplan.result.folder import save
from routeplan.schema.hubs import HUB_TABLES


def refuse_to_write_comparison(folder: Path, overwrite: bool) -> None:
    """Refuse a folder to which no comparison can or must be written.

    Raises
    ------
    UsageError
        When there is something that is none, or one that may not be replaced.
    """
    for file in NEEDED:
        refuse_unless_ours(folder, overwrite, file, "comparison of hub designs")
    refuse_unless_writable(folder)


def write_comparison(
    found: Comparison, tables: Mapping[str, pd.DataFrame], folder: Path | str, *, overwrite: bool = False
) -> Path:
    """Write a comparison of hub designs to a folder, which appears complete or not at all.

    Parameters
    ----------
    found : Comparison
        The plans: that without designs and those in which one is forced, nothing being late, are kept.
    tables : mapping of str to DataFrame
        What `hub_tables` makes.
    folder : path
        Where to.
    overwrite : bool
        Whether one that is there may be replaced; other files in it are kept.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    UsageError
        When there is something that may not be replaced.
    """
    target = Path(folder)
    refuse_to_write_comparison(target, overwrite)
    with written_aside(target) as aside:
        keep_others(target, aside, (*FILES, PLANS, DESIGNS_FOLDER))
        for name, ours in {PLANS: holds_result, DESIGNS_FOLDER: is_design}.items():
            (aside / name).mkdir()
            within = target / name
            keep_others(within, aside / name, [path.name for path in _content(within) if ours(path)])
        write_designs(found.designs, aside / DESIGNS_FOLDER)
        for name, plan in {WITHOUT: found.without, **found.forced}.items():
            save(plan, aside / PLANS / name)
        write_tables(aside, HUB_TABLES.values(), tables)
    return target


def _content(folder: Path) -> list[Path]:
    """What is in a folder, which need not be there."""
    return list(folder.iterdir()) if folder.is_dir() else []
