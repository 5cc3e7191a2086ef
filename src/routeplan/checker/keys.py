"""Keys: the columns that identify the rows of a table, and the position of each key."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from routeplan.instance.horizon import IntArray

Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Keys:
    """The keys of N things, each once, in order.

    Parameters
    ----------
    columns : tuple of str
        The key columns.
    values : list of tuple
        The N keys, each with a value for each column.
    """

    columns: tuple[str, ...]
    values: list[Key]

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, column: str) -> NDArray[np.object_]:
        """One key column, shape (N,)."""
        at = self.columns.index(column)
        return np.fromiter((key[at] for key in self.values), dtype=object, count=len(self))

    @cached_property
    def _position(self) -> Mapping[Key, int]:
        return {key: position for position, key in enumerate(self.values)}

    def find(self, keys: Iterable[Key]) -> IntArray:
        """Position of each of these keys; -1 where there is no such key."""
        return np.fromiter(map(self._position.get, keys, repeat(-1)), dtype=np.int64)

    def where(self, mask: NDArray[np.bool_]) -> "Keys":
        """The keys for which `mask` is true, shape (N,)."""
        return Keys(self.columns, [key for key, kept in zip(self.values, mask, strict=True) if kept])

    def within(self, **values: str) -> "Keys":
        """The same keys with constant columns put in front."""
        front = tuple(values.values())
        return Keys((*values, *self.columns), [(*front, *key) for key in self.values])


def keys_of(table: "pd.DataFrame | Keys", columns: Iterable[str]) -> list[Key]:
    """List the key of every row of a table."""
    return list(zip(*(table[column].tolist() for column in columns), strict=True))
