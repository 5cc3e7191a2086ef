"""A plan's decisions as rows of the table ``decided``."""

from collections.abc import Collection, Mapping
from typing import Protocol

import pandas as pd

from routeplan.errors import UsageError
from routeplan.instance.rules.words import none_called
from routeplan.schema.frames import typed
from routeplan.schema.inputs import DECIDED, DECISIONS


class PlanTables(Protocol):
    """Anything with the tables of a plan, such as a Result."""

    def __getitem__(self, table: str) -> pd.DataFrame: ...


def decided_by(
    plan: PlanTables, tables: Mapping[str, pd.DataFrame], until: int | None, kinds: Collection[str]
) -> pd.DataFrame:
    """Rows of ``decided`` that fix a plan's choices, besides the existing rows.

    What a plan runs, builds, opens or reinforces is fixed at 1 in each of its periods; what it leaves out stays
    free, so that another scenario may add to it. A plan's row wins over one that is there.

    Parameters
    ----------
    plan : PlanTables
        The plan.
    tables : mapping of str to DataFrame
        The tables of the instance that takes the decisions over.
    until : int, optional
        Last period whose decisions are taken over.
    kinds : collection of str
        Which decisions.

    Raises
    ------
    UsageError
        When a kind is unknown, or the result has no plan.
    """
    unknown = sorted(set(kinds) - set(DECISIONS))
    if unknown:
        raise UsageError(none_called("decision", unknown, DECISIONS, f"decisions: {', '.join(DECISIONS)}"))
    if not kinds:
        return tables["decided"]
    try:
        rows = _rows(plan, tables["periods"]["period"])
    except KeyError:
        raise UsageError("the result has no plan, so that no decision can be taken over") from None
    taken = pd.concat([rows[kind].assign(decision=kind, value=1) for kind in DECISIONS if kind in kinds])
    if until is not None:
        taken = taken[taken["period"] <= until]
    every = pd.concat([typed(DECIDED, taken.reset_index(drop=True)), tables["decided"]])
    return every.drop_duplicates(list(DECIDED.key)).reset_index(drop=True)


def _rows(plan: PlanTables, periods: "pd.Series[int]") -> dict[str, pd.DataFrame]:
    """Choices of a plan, by kind of decision, in the columns of ``decided``."""
    return {
        "runs": plan["runs"].rename(columns={"process": "item", "route": "choice"}),
        "built": _onwards(plan["built"].rename(columns={"link": "item", "size": "choice"}), periods),
        "open": plan["hubs"].query("open == 1").rename(columns={"hub": "item", "option": "choice"}),
        "reinforced": _onwards(plan["reinforced"].rename(columns={"reinforcement": "item"}), periods),
    }


def _onwards(first: pd.DataFrame, periods: "pd.Series[int]") -> pd.DataFrame:
    """Things in place from their first period on, a row for each of these periods."""
    every = first.rename(columns={"period": "begin"}).merge(periods.to_frame(), how="cross")
    return every[every["period"] >= every["begin"]]
