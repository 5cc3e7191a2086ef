"""Hub designs as a workbook: a conclusion, what is proven, what the public pays, and a sheet for each member."""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.data.workbook.add import new_workbook, refuse_to_replace
from routeplan.errors import UsageError
from routeplan.hubs.conclusion import conclusion
from routeplan.hubs.design import WITHOUT
from routeplan.hubs.game import Answer
from routeplan.hubs.instead import instead_of_each
from routeplan.hubs.members import critical_members, savings_of_table
from routeplan.hubs.stored import Compared
from routeplan.hubs.told import found_told, late_told, titles_of, world_told
from routeplan.instance.names import names_in
from routeplan.language.language import Language, Words
from routeplan.report.files.hub_public import of_public
from routeplan.report.files.sheet import Sheet, add_sheet, sheet_name
from routeplan.report.page.hub_parts import amounts_told
from routeplan.report.page.hub_payers import by_key
from routeplan.result.result import Status
from routeplan.schema import units
from routeplan.schema.column import Column, Kind, Table
from routeplan.schema.hubs import DESIGNS, KEYS, SHAPLEY

LONGEST = 31
"""Letters of the name of a sheet in Excel."""

Row = list[object]


def write_hub_workbook(
    compared: Compared,
    path: Path,
    *,
    language: Language | str = Language.ENGLISH,
    overwrite: bool = False,
    member: str | None = None,
) -> Path:
    """Write a comparison of hub designs to a workbook: all of it, or the sheet of one member alone.

    Parameters
    ----------
    compared : Compared
        The comparison, as `read_comparison` reads it back.
    path : Path
        The file, whose name ends in .xlsx. It appears complete, or not at all.
    language : Language or str, optional
        The readers' language: ``en`` or ``nl``.
    overwrite : bool
        Whether a workbook of hub designs that is there may be replaced.
    member : str, optional
        Id of a site: only its sheet is written, which can be sent to it.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        When there is something already that may not be replaced, the language is unknown, or the site is no member.
    """
    words, sites = Words(language), list(dict.fromkeys(compared.tables["users"]["site"]))
    if member is None:
        first = [_conclusion(compared, words), _designs(compared, words), _public(compared, words)]
        sheets = [*first, *_members(compared, sites, words)]
    else:
        _refuse_unless_member(member, sites)
        sheets = list(_members(compared, [member], words))
    ours = sheets[0 if member else 1].table.name
    refuse_to_replace(path, ours, overwrite)
    with new_workbook(path) as book:
        for sheet in sheets:
            add_sheet(book, sheet)
    return path


def _refuse_unless_member(site: str, members: Collection[str]) -> None:
    if site not in members:
        allowed = ", ".join(sorted(members)) or "none, as no site uses any of them"
        raise UsageError(f"{site} is no member of any of the designs; allowed: {allowed}")


def _conclusion(compared: Compared, words: Words) -> Sheet:
    columns = {words("design"): words("The hub design."), words("conclusion"): words("What the comparison comes to.")}
    instance, instead = compared.plans[WITHOUT].instance, instead_of_each(compared.plans, words)
    told, best = conclusion(compared.designs, compared.tables, instance, words, instead)
    rows: list[Row] = [[title, sentence] for title, sentences in told.items() for sentence in sentences]
    rows += [[words("all designs"), best]] if best else []
    return _sheet(words("conclusion"), words("What the comparison of hub designs comes to."), columns, rows)


def _designs(compared: Compared, words: Words) -> Sheet:
    titles = titles_of(compared.designs, words)
    columns = {
        words("design"): words("The hub design."),
        words("plan"): _about_plan(words),
        words("proven"): words("What is proven of it."),
    }
    rows: list[Row] = [
        [titles[row["design"]], world_told(row, words), found_told(row, words)]
        for row in compared.tables["designs"].to_dict("records")
    ]
    about = words("What is proven of each design, held against the plan without any.")
    return _sheet(sheet_name(DESIGNS.name, words), about, columns, rows)


def _public(compared: Compared, words: Words) -> Sheet:
    titles = titles_of(compared.designs, words)
    rows: list[Row] = [
        [titles[each.name], *cells]
        for each in compared.designs
        for cells in of_public(each, _own(compared, each.name), words)
    ]
    amounts = amounts_told(compared.plans[WITHOUT].instance, words)
    rows.append([words("all designs"), "", words("Amounts of money"), amounts, ""])
    design, *others = _amounts(words).items()
    columns = dict([design, (words("plan"), _about_plan(words)), *others])
    return _sheet(words("public money"), words("What the public pays of each design."), columns, rows)


def _about_plan(words: Words) -> str:
    return words("In which plan: forced or optional, and what is late.")


def _amounts(words: Words) -> dict[str, str]:
    """Columns of amounts that are told of designs, each with what it is."""
    return {
        words("design"): words("The hub design."),
        words("what"): words("What is told."),
        words("value"): words("Its value."),
        words("unit"): words("Unit of the value."),
    }


def _own(compared: Compared, design: str) -> dict[str, pd.DataFrame]:
    """The rows of tables on a design."""
    return {name: table[table["design"] == design] for name, table in compared.tables.items()}


def _members(compared: Compared, sites: Collection[str], words: Words) -> Iterator[Sheet]:
    """A sheet for each of some sites that use any of the designs."""
    names, columns = names_in(compared.plans[WITHOUT].instance, "sites", words), _amounts(words)
    titles = titles_of(compared.designs, words)
    others = (words("conclusion"), sheet_name(DESIGNS.name, words), words("public money"))
    taken = {name.casefold() for name in others}
    for site in sites:
        rows = [[title, *cells] for name, title in titles.items() for cells in _of_member(name, site, compared, words)]
        name = _free_name(names[site], taken)
        about = words("{site}: what I pay, what I save, and what I risk.", site=names[site])
        yield _sheet(name, about, columns, rows)


def _sheet(name: str, about: str, columns: Mapping[str, str], rows: list[Row]) -> Sheet:
    table = Table(name, about, tuple(Column(head, Kind.TEXT, text) for head, text in columns.items()), key=())
    return Sheet(table, pd.DataFrame(rows, columns=list(columns), dtype=object))


def _free_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other has."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "site"
    free, number = plain[:LONGEST], 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain[: LONGEST - 4]} ({number})"
    taken.add(free.casefold())
    return free


def _of_member(design: str, site: str, compared: Compared, words: Words) -> Iterator[Row]:
    own = _own(compared, design)
    used = own["users"][own["users"]["site"] == site]
    if used.empty:
        return
    instance = compared.plans[WITHOUT].instance
    money, names = words.unit(units.MONEY), names_in(instance, "sites", words)
    if partners := [names[other] for other in own["users"]["site"].drop_duplicates() if other != site]:
        yield [words("Who uses it besides me"), ", ".join(partners), ""]
    for row in used.to_dict("records"):
        yield [words("I use at most"), round(row["amount"], 2), words.unit(row["unit"])]
        if not pd.isna(row["period"]):
            yield [words("I use it from"), int(row["period"]), ""]
    for row in own["payers"][own["payers"]["site"] == site].to_dict("records"):
        yield [words("I gain over all years, whatever I pay for it"), round(row["gains"], 2), money]
        yield from _paid({str(key): value for key, value in row.items()}, money, words)
    for row in own["in_core"].head(1).to_dict("records"):
        yield [words("What hub and links cost, whoever uses them"), round(row["cost"], 2), money]
        yield [words("Of that the public bears"), round(row["public"], 2), money]
    yield from _risks(own, site, words)
    yield [words("Amounts of money"), amounts_told(instance, words), ""]


def _paid(row: Mapping[str, Any], money: str, words: Words) -> Iterator[Row]:
    for key in KEYS:
        if not pd.isna(row[key]):
            told = by_key(key, words)
            paid = words("I pay {by_key}", by_key=told) if row[key] >= 0.0 else words("I receive {by_key}", by_key=told)
            yield [paid, round(abs(row[key]), 2), money]
            if key == SHAPLEY and row[f"{SHAPLEY}_error"] > 0.0:
                yield [words("Standard error of that estimate"), round(row[f"{SHAPLEY}_error"], 3), money]
            yield [words("I save in all {by_key}", by_key=told), round(row["gains"] - row[key], 2), money]


def _risks(own: Mapping[str, pd.DataFrame], site: str, words: Words) -> Iterator[Row]:
    savings, members = savings_of_table(own["coalitions"]), own["users"]["site"].drop_duplicates().tolist()
    critical = critical_members(savings, members).get(site)
    if members == [site]:
        yield [words("If I leave"), words("nobody uses it"), ""]
    elif critical is Answer.YES:
        yield [words("If I leave"), words("it does not pay for the others"), ""]
    elif critical is Answer.PERHAPS:
        yield [words("If I leave"), words("it is not proven to pay for the others"), ""]
    if not (own["payers"]["site"] == site).any():
        yield [words("What I pay"), words("not known; run hub compare with --payers"), ""]
    elif not (own["users"]["kind"] == "contract").all():
        yield [
            words("In years in which nobody uses it"),
            words("I pay the same: it costs as much as in other years"),
            "",
        ]
    users = own["late_users"][own["late_users"]["site"] == site]
    for row in own["designs"][own["designs"]["late"] != ""].to_dict("records"):
        same = users[(users["late"] == row["late"]) & (users["years"] == row["years"])]
        yield from _late_use(row, same, words)


def _late_use(row: Mapping[Hashable, Any], uses: pd.DataFrame, words: Words) -> Iterator[Row]:
    """Whether a site uses a design in a plan in which something is late; `uses` are its rows of that plan."""
    late = late_told(row["late"], int(row["years"]), words)
    if not Status(row["status"]).has_plan:
        yield [late, found_told(row, words), ""]
    elif pd.isna(row["late_users"]):
        yield [late, words("not known: the designs were compared by an older version"), ""]
    elif uses.empty:
        yield [late, words("I do not use it"), ""]
    for use in uses.to_dict("records"):
        head = words("{late}: I still use it, at most", late=late)
        yield [head, round(use["amount"], 2), words.unit(use["unit"])]
