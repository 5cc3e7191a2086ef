"""An instance from rows of plain Python values, for the generators of this folder."""

from collections.abc import Mapping, Sequence

import pandas as pd

from routeplan.instance.instance import Instance
from routeplan.schema.frames import typed
from routeplan.schema.inputs import INPUT_TABLES
from routeplan.schema.settings import Settings

Row = Mapping[str, str | float | None]
Rows = Sequence[Row]


def instance_from_rows(settings: Settings, tables: Mapping[str, Rows]) -> Instance:
    """Make an instance; tables that are not given have no rows, cells that are not given their default."""
    frames = {name: pd.DataFrame(list(tables.get(name, ()))) for name in INPUT_TABLES}
    for name, table in INPUT_TABLES.items():
        if frames[name].empty:
            frames[name] = pd.DataFrame(columns=table.names)
    return Instance(settings, {name: typed(table, frames[name]) for name, table in INPUT_TABLES.items()})
