"""The tables that `levers` prints and writes: what each lever brings, and what one more unit is worth."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.output import OUT
from routeplan.data.folder_swap import keep_others, refuse_unless_ours, refuse_unless_writable, written_aside
from routeplan.data.tables import write_tables
from routeplan.language.language import Language, Words
from routeplan.language.nouns import years_told
from routeplan.report.charts.limit_names import limit_items
from routeplan.result.summary import records
from routeplan.schema.levers import (
    BUDGET,
    EQUAL,
    FIRM_ROOM,
    FLEXIBLE_ROOM,
    HUB,
    LEVERS,
    LINK,
    NOT_SOLVED,
    NOTHING_TO_CHANGE,
    SOURCE,
    SUPPLY,
    TARGET,
    UNPROVEN,
    WORTH,
)
from routeplan.schema.results import LIMIT_KEYS
from routeplan.why.lever import Lever
from routeplan.why.lever_runs import WITHOUT
from routeplan.why.levers import Levers, OnSolved

SHOWN = 10
"""Limits of which the screen tells what one more unit is worth."""

NONE = "–"

EARLIER = (Lever.GRID_EARLIER, Lever.HYDROGEN_EARLIER, Lever.CO2_EARLIER)
"""Levers that take a number of years."""

FILES = (LEVERS.file, WORTH.file)

KEYS_OF = {
    FIRM_ROOM: {"area": "place"},
    FLEXIBLE_ROOM: {"area": "place"},
    SUPPLY: {"zone": "place", "commodity": "item", "step": "step"},
    BUDGET: {"pot": "place"},
    TARGET: {"scope": "place"},
    SOURCE: {"node": "place", "carrier": "item"},
    LINK: {"link": "place", "carrier": "item"},
    HUB: {"hub": "place", "option": "item"},
}
"""Columns of limits, by which they are named, that hold what the table of worth says of each kind."""


def refuse_folder_of_levers(folder: Path, overwrite: bool) -> None:
    """Refuse a folder that holds something else than the tables of `levers`."""
    refuse_unless_ours(folder, overwrite, FILES[0], "table of levers")
    refuse_unless_writable(folder)


def write_levers(found: Levers, folder: Path, overwrite: bool) -> None:
    """Write both tables to a folder, complete or not at all; other files in it are kept."""
    refuse_folder_of_levers(folder, overwrite)
    with written_aside(folder) as aside:
        keep_others(folder, aside, FILES)
        write_tables(aside, (LEVERS, WORTH), {LEVERS.name: found.levers, WORTH.name: found.worth})


def lever_progress(years: int, language: Language, say: Callable[[str], None]) -> OnSolved:
    """Make the function that says which solve has ended."""
    words = Words(language)

    def tell(name: str, done: int, of: int) -> None:
        what = _progress_name(name, years, words)
        say(words("{done} of {of} solved: {what}", done=done, of=of, what=what))

    return tell


def _progress_name(name: str, years: int, words: Words) -> str:
    if name in list(Lever):
        return _lever_name(name, years, words)
    return words("without any lever") if name == WITHOUT else words("worth of one more unit")


def levers_as_json(found: Levers) -> dict[str, Any]:
    """Everything that is known as plain data."""
    without, settings = found.without, found.instance.settings
    return {
        "instance": found.instance.name,
        "scenario": found.instance.scenario,
        "minimises": settings.objective,
        "years_earlier": found.years,
        "stopped": found.stopped,
        "without": {
            name: getattr(without, name)
            for name in ("status", "objective", "bound", "gap", "cost", "co2", "co2_last", "public_money", "seconds")
        },
        "levers": records(found.levers),
        "worth": records(found.worth) if found.relaxed else None,
    }


def print_levers(found: Levers, language: Language, out: Path | None) -> None:
    """Print what each lever brings, what is not proven of it, and what one more unit is worth."""
    words = Words(language)
    for line in _head(found, words):
        OUT.say(line)
    solved = found.levers[found.levers["cost"].notna()]
    title = words(
        "What each lever changes in the best plan: money in M EUR, CO2 over all periods in kt, from {year} in kt/yr",
        year=int(found.instance.horizon.first[-1]),
    )
    if not solved.empty:
        OUT.table(title, _rows(found, solved, words))
    for line in _remarks(found, words):
        OUT.say(line)
    OUT.say("")
    _print_worth(found, words)
    if out is not None:
        OUT.say(words("Both tables are in {folder}", folder=out))


def _head(found: Levers, words: Words) -> Iterator[str]:
    """The plan without any lever."""
    without = found.without
    horizon, last = found.instance.horizon, int(found.instance.horizon.first[-1])
    yield words(
        "{instance}, {first} to {end}, without any lever: cost {cost} M EUR, CO2 {co2} kt ({last_co2} kt/yr from "
        "{last}), public money {public} M EUR; gap {gap}",
        instance=found.instance.full_name,
        first=int(horizon.first[0]),
        end=horizon.end - 1,
        cost=words.number(_or_nan(without.cost)),
        co2=words.number(without.co2),
        last_co2=words.number(without.co2_last),
        last=last,
        public=words.number(without.public_money),
        gap=NONE if without.gap is None else words.percent(without.gap, 2),
    )
    yield ""


def _or_nan(number: float | None) -> float:
    return math.nan if number is None else number


def _rows(found: Levers, solved: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Levers with a plan as the screen has them; of what is not proven to differ, the interval alone."""
    names = [_lever_name(name, found.years, words) for name in solved["lever"]]
    proven = solved["finding"] != UNPROVEN
    last = int(found.instance.horizon.first[-1])
    differs = solved["finding"] != EQUAL
    cells = {
        words("lever"): pd.Series(names, solved.index, dtype="str"),
        words("cost"): _signed(solved["cost"], proven, words),
        words("lowest"): _signed(solved["low"].where(differs, 0.0), solved["low"].notna(), words),
        words("highest"): _signed(solved["high"].where(differs, 0.0), solved["high"].notna(), words),
        "CO2": _signed(solved["co2"], proven, words),
        words("CO2 rank"): solved["rank_co2"].map(lambda rank: NONE if math.isnan(rank) else str(int(rank))),
        words("CO2 {year}", year=last): _signed(solved["co2_last"], proven, words),
        words("other projects"): solved["projects"].map("{:.0f}".format).where(proven, NONE),
        words("public money"): _signed(solved["public_money"], proven, words),
    }
    first, *numbers = cells
    return pd.DataFrame({first: cells[first], **{name: _aligned(cells[name]) for name in numbers}})


def _signed(numbers: pd.Series, shown: pd.Series, words: Words) -> "pd.Series[str]":
    """Differences with their sign, where they are shown."""
    return numbers.map(words.signed).where(shown, NONE).astype("str")


def _aligned(cells: "pd.Series[str]") -> "pd.Series[str]":
    width = int(cells.str.len().max()) if len(cells) else 0
    return cells.str.rjust(width)


def _remarks(found: Levers, words: Words) -> Iterator[str]:
    """What must be said of the levers."""
    table = found.levers
    if found.instance.settings.objective == "cost":
        yield words("Between lowest and highest lies the difference in cost: that is proven.")
    else:
        yield words("Between lowest and highest lies the difference in CO2: that is proven.")

    def named(rows: pd.Series) -> str:
        return "; ".join(_lever_name(name, found.years, words) for name in table.loc[rows, "lever"])

    unproven = table["finding"] == UNPROVEN
    if unproven.any():
        yield words(
            "Differs by less than what is proven, so that nothing else is told: {levers}. A smaller --gap, or more "
            "--seconds, would tell.",
            levers=named(unproven),
        )
    nothing = table["status"] == NOTHING_TO_CHANGE
    if nothing.any():
        yield words("Has nothing to change in this instance: {levers}.", levers=named(nothing))
    if (nothing & table["lever"].isin(EARLIER)).any():
        yield words("What comes earlier is felt by the first year of a period alone; --years takes more years.")
    unsolved = table["status"] == NOT_SOLVED
    if unsolved.any():
        yield words("Not solved: {levers}.", levers=named(unsolved))
    yield from _without_plan(found, words)
    if found.stopped:
        yield words("Stopped by Ctrl-C: this is what is known.")
    yield words(
        "Cost is discounted, at society's values. CO2, projects (with another start) and public money are those of the "
        "plans that were found; others may be as good."
    )


def _without_plan(found: Levers, words: Words) -> Iterator[str]:
    """Levers whose solve ended without a plan."""
    ended = found.levers[found.levers["cost"].isna() & ~found.levers["status"].isin((NOTHING_TO_CHANGE, NOT_SOLVED))]
    for row in ended.to_dict("records"):
        name = _lever_name(row["lever"], found.years, words)
        yield words("No plan was found: {lever} ({told})", lever=name, told=row["told"] or row["status"])


def _print_worth(found: Levers, words: Words) -> None:
    """Print the limits of which one more unit is worth most."""
    if not found.relaxed:
        OUT.say(words("What one more unit is worth is not known: the linear relaxation was not solved."))
        return
    if found.worth.empty:
        OUT.say(words("One more unit of a limit is worth nothing: none binds in the linear relaxation."))
        return
    objective = "M EUR" if found.instance.settings.objective == "cost" else "kt"
    top = found.worth.head(SHOWN)
    shown = pd.DataFrame(
        {
            words("one more"): [_one_more(row["kind"], row["unit"], words) for row in top.to_dict("records")],
            words("where"): _places(found, top, words),
            words("in the period from"): top["period"].astype(str),
            words("is worth [{unit}]", unit=words.unit(objective)): _aligned(top["worth"].map(words.number)),
        }
    )
    OUT.table(words("What one more unit is worth: local, and of the linear relaxation"), shown)
    OUT.say(words("Local: for a small step alone, with whole decisions as fractions; no forecast of a larger one."))


def _places(found: Levers, rows: pd.DataFrame, words: Words) -> "pd.Series[str]":
    """Names of places, as limits are named everywhere."""
    empty = dict.fromkeys(LIMIT_KEYS, "")
    keys = [
        empty | {key: row[column] for key, column in KEYS_OF[row["kind"]].items()} for row in rows.to_dict("records")
    ]
    return limit_items(pd.DataFrame(keys, index=rows.index, columns=list(LIMIT_KEYS)), found.instance, words)


def _one_more(kind: str, unit: str, words: Words) -> str:
    """What there would be one more of."""
    told = {
        FIRM_ROOM: words("{unit} of firm headroom", unit=words.unit(unit)),
        FLEXIBLE_ROOM: words("{unit} of flexible headroom", unit=words.unit(unit)),
        SUPPLY: words("{unit} of supply", unit=words.unit(unit)),
        BUDGET: words("{unit} of budget", unit=words.unit(unit)),
        TARGET: words("{unit} below the target", unit=words.unit(unit)),
        SOURCE: words("{unit} at the source", unit=words.unit(unit)),
        LINK: words("{unit} of capacity of the link", unit=words.unit(unit)),
        HUB: words("{unit} of capacity of the hub", unit=words.unit(unit)),
    }
    return told[kind]


def _lever_name(lever: str, years: int, words: Words) -> str:
    """A lever with its step, as readers know it."""
    time = years_told(years, words)
    told = {
        Lever.GRID_EARLIER: words("Grid {time} earlier", time=time),
        Lever.GRID_WORKS: words("Dated grid works done at once"),
        Lever.HYDROGEN_EARLIER: words("Hydrogen network {time} earlier", time=time),
        Lever.CO2_EARLIER: words("CO2 network and storage {time} earlier", time=time),
        Lever.MORE_GREEN_GAS: words("A quarter more green gas"),
        Lever.MORE_HEAT: words("A quarter more heat from networks"),
        Lever.MORE_SUPPORT: words("A quarter more support"),
        Lever.MORE_FLEXIBLE: words("A tenth more flexible headroom"),
    }
    return told[Lever(lever)]
