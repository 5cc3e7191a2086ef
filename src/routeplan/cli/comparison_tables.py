"""The tables that `compare` prints: a row for each number, a column for each result."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.output import OUT, Output
from routeplan.cli.plan_tables import format_excess, format_rates
from routeplan.data.csv_text import number_text
from routeplan.instance.names import word_names
from routeplan.language.language import Words
from routeplan.result.comparison import (
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
    KEYS,
    OBJECTIVE,
    PROCESSES,
    TERM,
    not_told_apart,
    of_other_rates,
)
from routeplan.result.result import Result
from routeplan.result.summary import MONEY_SETTINGS, overview, records

TITLES: Mapping[str, str] = {
    TERM: "Cost by term, M EUR over all periods, discounted",
    EMISSIONS: "CO2, kt/yr",
    PROCESSES: "Processes by family of routes",
    ENERGY: "Energy of all processes, GWh/yr",
    FIRM: "New firm grid capacity, MW",
    CAPACITY: "New grid capacity, firm and flexible, MW",
    GRANTS: "Grants, M EUR in the period",
}

OF_WORDS = (TERM, PROCESSES, ENERGY)
"""Measures whose items are words of the tables."""

SEPARATOR = 2
"""Blanks between columns."""

NOTHING = "-"

Format = Callable[[float], str]


def print_comparison(results: Mapping[str, Result], folders: list[Path], rows: pd.DataFrame) -> None:
    """Print results side by side, and which of them may be as good as the first.

    Parameters
    ----------
    results : mapping of str to Result
        The results by name; the first is the reference.
    folders : list of Path
        Where each of them is.
    rows : DataFrame
        What `compare` returns.
    """
    print_side_by_side(OUT, results, [str(folder) for folder in folders], rows)
    if alike := not_told_apart(results):
        OUT.say(
            f"Within their gaps {', '.join(alike)} may be as good as {next(iter(results))}: "
            "small differences say nothing, unless solved again with a smaller --gap."
        )


def comparison_as_csv(rows: pd.DataFrame) -> str:
    """The table as CSV: periods as whole numbers, cells without a value empty."""
    texts = rows.assign(**{name: rows[name].map(number_text) for name in rows.columns.difference(KEYS)})
    return texts.to_csv(index=False, lineterminator="\n")


def comparison_as_json(named: Mapping[str, Result], folders: list[Path], rows: pd.DataFrame) -> dict[str, Any]:
    """The results and the rows of their comparison, with values and differences from the first, as plain data."""
    names = list(named)
    values = records(rows[names])
    differences = records(rows[names].sub(rows[names[0]], axis=0)[names[1:]])
    return {
        "results": [
            {
                "name": name,
                "folder": str(folder),
                "instance": result.instance.name,
                "sha256": result.instance.sha256,
                "scenario": result.instance.scenario,
                "status": str(result.status),
                **{key: overview(result)[key] for key in MONEY_SETTINGS},
            }
            for (name, result), folder in zip(named.items(), folders, strict=True)
        ],
        "rows": [
            {**key, "values": value, "differences": difference}
            for key, value, difference in zip(records(rows[KEYS]), values, differences, strict=True)
        ],
    }


def print_side_by_side(out: Output, results: Mapping[str, Result], folders: list[str], rows: pd.DataFrame) -> None:
    """Print the results compared, then each measure; results that do not fit side by side follow below.

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
    for line in _money_told(results):
        out.say(line)
    planned = [name for name, result in results.items() if result.status.has_plan]
    if not planned:
        return
    note = f"; in brackets the difference from {planned[0]}" if len(planned) > 1 else ""
    out.say(f"Numbers of the results with a plan{note}\n")
    for measure, title in TITLES.items():
        _print_measure(out, title, rows[rows["measure"] == measure], planned)
    _print_binding(out, rows[rows["measure"] == BINDS], rows[rows["measure"] == EXCEEDED], planned)


def _money_told(results: Mapping[str, Result]) -> list[str]:
    """What the money of all results means, and their rates: in one line where these are the same."""
    first = next(iter(results.values()))
    facts = overview(first)
    begun = f"Money of {facts['currency_year']}, discounted to {facts['base_year']}; rates"
    if not of_other_rates(results):
        return [f"{begun}: {format_rates(first)}"]
    return [f"{begun} differ:", *(f"  {name}: {format_rates(result)}" for name, result in results.items())]


def _overview(results: Mapping[str, Result], folders: list[str], rows: pd.DataFrame) -> pd.DataFrame:
    """Status and main figures of each result: a row a result, since names and folders may be long."""
    facts = rows[rows["item"] == ""].drop_duplicates(["measure", "unit"])
    headed = {
        f"{measure} {unit}".strip(): facts[(facts["measure"] == measure) & (facts["unit"] == unit)]
        for measure, unit in zip(facts["measure"], facts["unit"], strict=True)
        if measure in (OBJECTIVE, BOUND, GAP, COST)
    }
    shown = {
        heading: [_format(row[name].item(), _percent if heading == GAP else _money) for name in results]
        for heading, row in headed.items()
    }
    # The objective is the cost, unless emissions are minimised.
    shown = {heading: cells for heading, cells in shown.items() if heading != "objective M EUR"}
    return pd.DataFrame(
        {"result": list(results), "folder": folders, "status": [str(result.status) for result in results.values()]}
        | {heading: _aligned(cells) for heading, cells in shown.items()}
    )


def _print_measure(out: Output, title: str, rows: pd.DataFrame, names: list[str]) -> None:
    """Print one measure; rows that are 0 in every result are left out."""
    rows = rows[rows[names].abs().max(axis=1) > 0]
    if rows.empty:
        return
    form = _whole if (rows[names] % 1 == 0).all(axis=None) else _money if "M EUR" in title else _amount
    _print_blocks(out, title, _heads(_named(rows)), _cells(rows, names, form))


def _print_binding(out: Output, rows: pd.DataFrame, exceeded: pd.DataFrame, names: list[str]) -> None:
    """Print the binding limits, the periods in which they bind, and the excess above each limit."""
    if rows.empty:
        return
    binds = rows[["item"]].drop_duplicates(ignore_index=True)
    places = ["item", "period"]
    for name in names:
        there = rows.loc[rows[name].notna(), places]
        above = there.join(exceeded.set_index(places)[name], on=places)[name].fillna(0.0)
        periods = there["period"].astype("str") + format_excess(above)
        binds[name] = binds["item"].map(periods.groupby(there["item"]).agg(", ".join)).fillna(NOTHING)
    title = "Limits that bind (99.9 % used) or, at a price, are exceeded: when"
    _print_blocks(out, title, binds[["item"]].rename(columns={"item": "limit"}), binds[names])


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with their items as readers know them, where these are words of the tables and no ids of the user's own."""
    if not rows["measure"].isin(OF_WORDS).all():
        return rows
    return rows.assign(item=rows["item"].map(word_names(rows["item"], Words())))


def _heads(rows: pd.DataFrame) -> pd.DataFrame:
    """Item and period of each row, where there are any; an item stands once, before its first period."""
    heads = pd.DataFrame(index=rows.index)
    if (rows["item"] != "").any():
        heads["item"] = rows["item"].mask(rows["item"] == rows["item"].shift(), "")
    if rows["period"].notna().any():
        heads["period"] = rows["period"].astype("str")
    return heads


def _cells(rows: pd.DataFrame, names: list[str], form: Format) -> pd.DataFrame:
    """Numbers as aligned text, with the difference from the first result behind those of the others."""
    reference = [_format(value, form) for value in rows[names[0]]]
    cells = {names[0]: _aligned(reference)}
    for name in names[1:]:
        shown = [_format(value, form) for value in rows[name]]
        change = [
            f" ({'+' if value > base else ''}{form(value - base)})" if text != first else ""
            for text, first, value, base in zip(shown, reference, rows[name], rows[names[0]], strict=True)
        ]
        width = max(map(len, change))
        cells[name] = [number + text.ljust(width) for number, text in zip(_aligned(shown), change, strict=True)]
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


def _aligned(texts: list[str]) -> list[str]:
    width = max(map(len, texts))
    return [text.rjust(width) for text in texts]


def _format(value: float, form: Format) -> str:
    return form(value) if value == value else NOTHING


def _money(value: float) -> str:
    return f"{value:,.2f}"


def _amount(value: float) -> str:
    return f"{value:,.1f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{value:.3%}"
