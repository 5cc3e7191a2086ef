"""What ``hub compare`` prints."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from routeplan.cli.output import Output
from routeplan.errors import UsageError
from routeplan.hubs.coalitions import Coalition, Saving, savings
from routeplan.hubs.compare import Case, Comparison, OnPlan
from routeplan.hubs.files import holds_comparison
from routeplan.hubs.files import refuse_to_write_comparison as refuse_to_write_comparison
from routeplan.hubs.tables import users_by_design
from routeplan.hubs.told import design_title, finding_told, members_told, world_told
from routeplan.language.language import Language, Words
from routeplan.result.summary import records
from routeplan.schema import units
from routeplan.solver.solution import Stop


def is_comparison_of_hubs(folders: Sequence[Path]) -> bool:
    """Whether a comparison of hub designs is given, and not results.

    Raises
    ------
    UsageError
        When it is given together with something else.
    """
    found = [folder for folder in folders if holds_comparison(folder)]
    if found and len(folders) > 1:
        raise UsageError(f"{found[0]} holds a comparison of hub designs; allowed: one such folder alone, or results")
    return bool(found)


@contextmanager
def show_plans_progress(err: Output) -> Iterator[OnPlan]:
    """Provide the function that reports plans: a bar on a terminal, a line each elsewhere."""
    if err.is_terminal:
        columns = (TextColumn("plans"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=err, transient=True) as bar:
            task = bar.add_task("plans")
            yield lambda case, done, count: bar.update(task, completed=done, total=count)
    else:
        yield _line(err.say)


def _line(say: Callable[[str], None]) -> OnPlan:
    def tell(case: Case, done: int, count: int) -> None:
        late = f", {case.late} {case.years} years late" if case.late else ""
        say(f"{done} of {count} plans: {case.design or 'without a design'}{late}")

    return tell


def savings_of_users(found: Comparison, workers: int, stop: Stop) -> dict[str, dict[Coalition, Saving]]:
    """What the users of each design save: the first of them, the first two and so on, and all but each one."""
    told = {}
    designs = {design.name: design for design in found.designs}
    for name, users in users_by_design(found).items():
        first = [frozenset(users[:count]) for count in range(1, len(users) + 1)]
        but_one = [frozenset(users) - {each} for each in users]
        asked = list(dict.fromkeys([*first, *but_one]))
        told[name] = savings(
            found.instance, found.designs, designs[name], asked, found.without, workers=workers, stop=stop
        )
    return told


def comparison_of_hubs_as_json(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """The tables as plain data."""
    return {name: records(table) for name, table in tables.items()}


def print_hubs(out: Output, found: Comparison, tables: Mapping[str, pd.DataFrame], language: Language) -> None:
    """Print what each design saves in each plan, its parts, and its members."""
    words = Words(language)
    compared = tables["designs"]
    for design in found.designs:
        own = compared[compared["design"] == design.name]
        out.say(design_title(design, words), style="bold")
        for row in records(own):
            out.say(f"  {world_told(row, words)}: {finding_told(row, words)}")
        for line in members_told(design.name, tables, found.instance, words):
            out.say(f"  {line}")
    _print_differences(out, found, tables, words)
    same = ", ".join(f"{late} {years}" for late, years in sorted(found.no_difference))
    if same:
        out.say(words("No period feels: {late} years late.", late=same))


def _print_differences(out: Output, found: Comparison, tables: Mapping[str, pd.DataFrame], words: Words) -> None:
    """Print what of the cost differs, and CO2 and grid capacity by period, the designs beside each other."""
    titles = {design.name: design_title(design, words) for design in found.designs}
    terms = tables["by_term"]
    terms = terms.assign(change=terms["with"] - terms["without"])
    spread = terms.pivot(index="term", columns="design", values="change").fillna(0.0)
    spread = spread[(spread.abs() > 0.05).any(axis=1)]
    spread.loc[words("Total")] = terms.groupby("design")["change"].sum()
    shown = spread.rename(index=lambda term: words.name(term) if words.has_name(term) else term)
    cells = shown.map(words.signed).rename(columns=titles).rename_axis(columns=None).reset_index(names=words("Term"))
    out.table(words("What changes of the discounted cost [{unit}]", unit=words.unit(units.MONEY)), cells)
    for amount, title in {
        "co2": words("What changes of CO2 [{unit}]", unit=words.unit(units.CO2)),
        "total": words("What changes of the grid capacity asked for [{unit}]", unit=words.unit(units.POWER)),
    }.items():
        out.table(title, _by_period(tables["by_period"], amount, titles, words))


def _by_period(table: pd.DataFrame, amount: str, titles: Mapping[str, str], words: Words) -> pd.DataFrame:
    own = table["hub_total"] if amount == "total" else 0.0
    change = table.assign(change=table[f"{amount}_with"] - table[f"{amount}_without"] + own)
    spread = change.pivot(index="design", columns="period", values="change").reindex(list(titles)).dropna()
    return (
        spread.map(words.signed)
        .rename(index=titles, columns=str)
        .rename_axis(columns=None)
        .reset_index(names=words("Design"))
    )
