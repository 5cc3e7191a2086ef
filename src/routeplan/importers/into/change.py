"""What an import changes in an instance, as those need it that write it where the instance is stored."""

from typing import Protocol

import pandas as pd

from routeplan.errors import Message
from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.schema.column import Table


class Change(Protocol):
    """An instance before and after an import."""

    @property
    def before(self) -> Instance:
        """The instance into which something was imported."""

    @property
    def instance(self) -> Instance:
        """The instance with it; of its tables, none but `tables` are other than before."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that may be other than before."""

    @property
    def derivation(self) -> pd.DataFrame:
        """Rows of ``derivation.csv``: what made what is other than before."""

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """Columns in which a row of `derivation` is like those that it replaces."""

    @property
    def words(self) -> Words:
        """The words of the language of what is written."""

    def source(self, place: str) -> Message:
        """What the column ``source`` says of rows that are other than before; `place` is where the derivation is."""
