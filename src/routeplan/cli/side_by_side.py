"""The tables that `compare` prints: a row for each number, a column for each result."""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from routeplan.cli.output import Output
from routeplan.cli.tables import exceeded_in_words
from routeplan.comparison import (
    BINDS,
    BOUND,
    CAPACITY,
    COST,
    EMISSIONS,
    ENERGY,
    EXCEEDED,
    FIRM,
    GAP,
    GRANTS,
    OBJECTIVE,
    PROCESSES,
    TERM,
)
from routeplan.result import Result

TITLES: Mapping[str, str] = {
    TERM: "Cost by term, M EUR over all periods, discounted",
    EMISSIONS: "CO2, kt/yr",
    PROCESSES: "Processes by family of routes",
    ENERGY: "Energy of all processes, GWh/yr",
    FIRM: "New firm grid capacity, MW",
    CAPACITY: "New grid capacity, firm and flexible, MW",
    GRANTS: "Grants, M EUR in the period",
}

SEPARATOR = 2
"""Blanks between columns."""

NOTHING = "-"

Worded = Callable[[float], str]


def print_side_by_side(out: Output, results: Mapping[str, Result], folders: list[str], rows: pd.DataFrame) -> None:
    """Print what is compared, and then each measure; results that do not fit beside each other follow below.

    Parameters
    ----------
    out : Output
        Where to.
    results : mapping of str to Result
        The results by name; the first is the reference.
    folders : list of str
        Where each of them is.
    rows : DataFrame
        What `compare` returns.
    """
    out.table("Results", _overview(results, folders, rows))
    planned = [name for name, result in results.items() if result.status.has_plan]
    if not planned:
        return
    told = f"; in brackets the difference from {planned[0]}" if len(planned) > 1 else ""
    out.say(f"Numbers of the results with a plan{told}\n")
    for measure, title in TITLES.items():
        _print_measure(out, title, rows[rows["measure"] == measure], planned)
    _print_binding(out, rows[rows["measure"] == BINDS], rows[rows["measure"] == EXCEEDED], planned)


def _overview(results: Mapping[str, Result], folders: list[str], rows: pd.DataFrame) -> pd.DataFrame:
    """How each result ended: a row a result, since names and folders may be long."""
    facts = rows[rows["item"] == ""].drop_duplicates(["measure", "unit"])
    told = {
        f"{measure} {unit}".strip(): facts[(facts["measure"] == measure) & (facts["unit"] == unit)]
        for measure, unit in zip(facts["measure"], facts["unit"], strict=True)
        if measure in (OBJECTIVE, BOUND, GAP, COST)
    }
    shown = {
        heading: [_known(row[name].item(), _percent if heading == GAP else _money) for name in results]
        for heading, row in told.items()
    }
    # The objective is the cost, unless emissions are minimised.
    shown = {heading: cells for heading, cells in shown.items() if heading != "objective M EUR"}
    return pd.DataFrame(
        {"result": list(results), "folder": folders, "status": [str(result.status) for result in results.values()]}
        | {heading: _right(cells) for heading, cells in shown.items()}
    )


def _print_measure(out: Output, title: str, rows: pd.DataFrame, names: list[str]) -> None:
    """Print one measure; rows that are 0 in every result are left out."""
    rows = rows[rows[names].abs().max(axis=1) > 0]
    if rows.empty:
        return
    worded = _whole if (rows[names] % 1 == 0).all(axis=None) else _money if "M EUR" in title else _amount
    _print_blocks(out, title, _heads(rows), _cells(rows, names, worded))


def _print_binding(out: Output, rows: pd.DataFrame, exceeded: pd.DataFrame, names: list[str]) -> None:
    """Print the limits that bind, and the periods in which they do, with what lies above a limit."""
    if rows.empty:
        return
    binds = rows[["item"]].drop_duplicates(ignore_index=True)
    places = ["item", "period"]
    for name in names:
        there = rows.loc[rows[name].notna(), places]
        above = there.join(exceeded.set_index(places)[name], on=places)[name].fillna(0.0)
        told = there["period"].astype("str") + exceeded_in_words(above)
        binds[name] = binds["item"].map(told.groupby(there["item"]).agg(", ".join)).fillna(NOTHING)
    title = "Limits that bind (99.9 % used) or, at a price, are exceeded: when"
    _print_blocks(out, title, binds[["item"]].rename(columns={"item": "limit"}), binds[names])


def _heads(rows: pd.DataFrame) -> pd.DataFrame:
    """Item and period of each row, where there are any; an item stands once, before its first period."""
    heads = pd.DataFrame(index=rows.index)
    if (rows["item"] != "").any():
        heads["item"] = rows["item"].mask(rows["item"] == rows["item"].shift(), "")
    if rows["period"].notna().any():
        heads["period"] = rows["period"].astype("str")
    return heads


def _cells(rows: pd.DataFrame, names: list[str], worded: Worded) -> pd.DataFrame:
    """Numbers, and behind those of all but the first the difference that is seen; digits one under the other."""
    reference = [_known(value, worded) for value in rows[names[0]]]
    cells = {names[0]: _right(reference)}
    for name in names[1:]:
        shown = [_known(value, worded) for value in rows[name]]
        change = [
            f" ({'+' if value > base else ''}{worded(value - base)})" if text != first else ""
            for text, first, value, base in zip(shown, reference, rows[name], rows[names[0]], strict=True)
        ]
        width = max(map(len, change))
        cells[name] = [number + text.ljust(width) for number, text in zip(_right(shown), change, strict=True)]
    return pd.DataFrame(cells, index=rows.index)


def _print_blocks(out: Output, title: str, heads: pd.DataFrame, cells: pd.DataFrame) -> None:
    """Print as many results beside each other as the terminal is wide; the reference comes again in each block."""
    for names in _blocks(heads, cells, out.width):
        out.table(title, heads.join(cells[names]))
        title = f"{title.removesuffix(' (continued)')} (continued)"


def _blocks(heads: pd.DataFrame, cells: pd.DataFrame, width: int) -> Iterator[list[str]]:
    first, *others = cells.columns
    left = _width(heads) + _width(cells[[first]])
    block: list[str] = []
    for name in others:
        if block and left + _width(cells[[*block, name]]) > width:
            yield [first, *block]
            block = []
        block.append(name)
    yield [first, *block]


def _width(frame: pd.DataFrame) -> int:
    return sum(max(map(len, [str(name), *frame[name]])) + SEPARATOR for name in frame)


def _right(texts: list[str]) -> list[str]:
    width = max(map(len, texts))
    return [text.rjust(width) for text in texts]


def _known(value: float, worded: Worded) -> str:
    return worded(value) if value == value else NOTHING


def _money(value: float) -> str:
    return f"{value:,.2f}"


def _amount(value: float) -> str:
    return f"{value:,.1f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{value:.3%}"
