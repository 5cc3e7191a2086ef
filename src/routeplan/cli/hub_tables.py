"""What ``hub compare`` prints."""

import itertools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.output import Output
from routeplan.cli.progress import show_count
from routeplan.cli.results import refuse_unless_verified
from routeplan.errors import FaultError, Message, NotKnown, UsageError
from routeplan.hubs.apply import Presence, with_designs
from routeplan.hubs.coalitions import PROOF, OnFault, OnPlanned, PlannedCoalitions, by_use, savings
from routeplan.hubs.compare import Case, Comparison, Late, OnPlan
from routeplan.hubs.conclusion import conclusion
from routeplan.hubs.design import WITHOUT, Design
from routeplan.hubs.files import refuse_to_write_comparison as refuse_to_write_comparison
from routeplan.hubs.game import MOST_PLAYERS
from routeplan.hubs.instead import instead_of_each
from routeplan.hubs.missing import SECONDS, Missing, missing_told
from routeplan.hubs.missing import missing_in as missing_in
from routeplan.hubs.payers import Payers, all_coalitions, payers, payers_of_many
from routeplan.hubs.saving import Coalition, Saving
from routeplan.hubs.stored import Compared, folder_of_plan, holds_comparison, read_comparison
from routeplan.hubs.told import Row, finding_told, late_told, members_told, titles_of, world_told
from routeplan.hubs.worst_of_design import worst_of_design
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.report.page.hub_parts import chance_told
from routeplan.report.page.hub_payers import LEAST, core_told, payers_table
from routeplan.result.summary import records
from routeplan.schema import units
from routeplan.solver.solution import Stop
from routeplan.why.shortfall import shortfall


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


def verified_comparison(folder: Path) -> Compared:
    """Read a comparison back; plans that fail their check are told with their folders.

    Raises
    ------
    UsageError, DataError
        As `read_comparison` and `refuse_unless_verified`.
    """
    compared = read_comparison(folder)
    refuse_unless_verified({str(folder_of_plan(folder, name)): plan for name, plan in compared.plans.items()})
    return compared


@contextmanager
def show_plans_progress(err: Output, language: Language) -> Iterator[OnPlan]:
    """Provide the function that reports plans: a bar on a terminal, a line each elsewhere."""
    words = Words(language)

    def tell(case: Case, done: int, count: int) -> None:
        err.say(words("{done} of {count} plans: {plan}", done=done, count=count, plan=_case_told(case, words)))

    if err.is_terminal:
        with show_count(err, words("plans"), language) as report:
            yield lambda case, done, count: report(done, count)
    else:
        yield tell


def _case_told(case: Case, words: Words) -> str:
    """Which plan it is: with which design, and what is late."""
    if case.design:
        row: dict[Hashable, Any] = {"presence": case.presence, "late": case.late or "", "years": case.years}
        return f"{case.design}, {world_told(row, words)}"
    late = [late_told(case.late, case.years, words)] if case.late else []
    return ", ".join([words("without a design"), *late])


def savings_of_users(
    found: Comparison,
    seconds: float | None,
    workers: int,
    stop: Stop,
    every_group: bool,
    on_planned: OnPlanned | None = None,
    on_fault: OnFault | None = None,
) -> dict[str, dict[Coalition, Saving]]:
    """What the users of each design save: the first of them, the first two and so on, and all but each one.

    Where it is asked and they are few enough, every group of them.
    """
    told: dict[str, dict[Coalition, Saving]] = {}
    search = replace(PROOF, seconds=seconds)
    asked = {name: _groups(_users(found, found.named[name]), every_group) for name in found.users}
    count, done = sum(map(len, asked.values())), itertools.count(1)

    def tell(planned: int, wanted: int) -> None:
        if on_planned is not None:
            on_planned(next(done), count)

    for name, groups in asked.items():
        if stop():
            break
        told[name] = savings(
            found.instance,
            found.designs,
            found.named[name],
            groups,
            found.without,
            search=search,
            workers=workers,
            stop=stop,
            on_planned=tell,
            on_fault=on_fault,
        )
    return told


def _users(found: Comparison, design: Design) -> list[str]:
    """Users of a design, the one that uses most of what it costs first; nobody where it has no plan."""
    return by_use(found.users[design.name], found.forced[design.name], design) if design.name in found.users else []


def _groups(users: Sequence[str], every_group: bool) -> list[Coalition]:
    """Groups of users that are planned, none of them empty."""
    if every_group and len(users) <= MOST_PLAYERS:
        return all_coalitions(users)
    first = [frozenset(users[:count]) for count in range(1, len(users) + 1)]
    but_one = [frozenset(users) - {each} for each in users]
    return [each for each in dict.fromkeys([*first, *but_one]) if each]


def payers_of(
    found: Comparison,
    savings_by_design: Mapping[str, dict[Coalition, Saving]],
    seconds: float | None,
    workers: int,
    stop: Stop,
    on_planned: OnPlanned | None = None,
    on_fault: OnFault | None = None,
    say: Callable[[str], None] = lambda text: None,
    language: Language = Language.ENGLISH,
) -> list[Payers]:
    """Who pays what of each design of which that is proven; of others it is said why not.

    Of more users than can be planned in every group, further groups are planned and become known.
    """
    told, words = [], Words(language)
    for design in found.designs:
        known = savings_by_design.get(design.name, {})
        users = _users(found, design)
        if not users:
            continue
        search = replace(PROOF, seconds=seconds)
        planned = PlannedCoalitions(
            found.instance,
            found.designs,
            design,
            found.without,
            frozenset(users),
            known,
            search,
            workers,
            stop,
            on_planned,
            on_fault,
        )
        try:
            told.append(_payers(planned))
        except UsageError as none:
            say(words("Who pays for {design} is not told: {why}.", design=design.name, why=words.told(none.args[0])))
        except FaultError as fault:
            if on_fault is None:
                raise
            on_fault(frozenset(users), str(fault))
    return told


def _payers(planned: PlannedCoalitions) -> Payers:
    """Who pays what of a design."""
    design, members = planned.design, planned.everyone
    together = planned.saving(members).plan
    if together is None:
        raise NotKnown(Message("there is no plan in which all members have it while all others keep theirs"))
    if len(members) <= MOST_PLAYERS:
        return payers(design, planned.without_hub(), together, planned.known)
    return payers_of_many(design, together, planned, worst_of_design(planned))


def comparison_of_hubs_as_json(found: Comparison, tables: Mapping[str, pd.DataFrame], stopped: bool) -> dict[str, Any]:
    """The tables as plain data, and what they are of."""
    return {
        "instance": found.instance.name,
        "scenario": found.instance.scenario,
        "stopped": stopped,
        "no_difference": [{"late": str(late), "years": years} for late, years in sorted(found.no_difference)],
        "faults": [{**asdict(case), "fault": fault} for case, fault in found.faults.items()],
        **{name: records(table) for name, table in tables.items()},
    }


def faults_told(found: Comparison, words: Words) -> Iterator[str]:
    """Plans that a fault took, each with it."""
    titles = titles_of(found.designs, words)
    for case, fault in found.faults.items():
        row: Row = {"presence": case.presence, "late": case.late or "", "years": case.years}
        title = titles.get(case.design, words("without the designs"))
        world = world_told(row, words) if case.design else late_told(case.late or "", case.years, words)
        yield words("A fault of routeplan took the plan {plan}: {fault}", plan=f"{title}, {world}", fault=fault)


def print_hubs(
    out: Output, found: Comparison, tables: Mapping[str, pd.DataFrame], missing: Missing, language: Language
) -> None:
    """Print what each design saves in each plan, its parts, and its members."""
    words = Words(language)
    titles = titles_of(found.designs, words)
    compared = tables["designs"]
    for design in found.designs:
        own = compared[compared["design"] == design.name]
        out.say(titles[design.name], style="bold")
        for row in records(own):
            out.say(f"  {world_told(row, words)}: {finding_told(row, words)}")
            for line in _missing(row, missing, words):
                out.say(f"    {line}")
        for line in members_told(design.name, tables, found.instance, words):
            out.say(f"  {line}")
        _print_payers(out, design, found, tables, words)
    _print_differences(out, titles, tables, words)
    for line in chance_told(compared, words):
        out.say(line)
    same = ", ".join(late_told(late, years, words) for late, years in sorted(found.no_difference))
    if same:
        out.say(words("No period notices: {late}.", late=same))
    _print_conclusion(out, found, tables, words)


def _print_conclusion(out: Output, found: Comparison, tables: Mapping[str, pd.DataFrame], words: Words) -> None:
    """Print what the comparison comes to, which the page has on top."""
    instead = instead_of_each({WITHOUT: found.without, **found.forced}, words)
    concluded, best = conclusion(found.designs, tables, found.instance, words, instead)
    out.say(words("Conclusion"), style="bold")
    for title, told in concluded.items():
        out.say(f"  {title}. {' '.join(told)}")
    if best:
        out.say(f"  {best}")


def _print_payers(
    out: Output, design: Design, found: Comparison, tables: Mapping[str, pd.DataFrame], words: Words
) -> None:
    """Print who pays what, and whether any group is better off alone."""
    own = {name: table[table["design"] == design.name] for name, table in tables.items()}
    paid = payers_table(own, found.instance, words)
    if paid.rows:
        out.table(words("Who pays"), pd.DataFrame(paid.rows, columns=paid.columns))
        for line in core_told(own, found.instance, words):
            out.say(f"  {line}")


def print_missing_without(out: Output, instance: Instance, designs: Sequence[Design], language: Language) -> None:
    """Print what is missing for a plan without any of the designs."""
    try:
        missing = shortfall(with_designs(instance, designs), seconds=SECONDS, group=False)
    except FaultError:
        return
    words = Words(language)
    if missing.possible:
        out.say(words("Another search finds a plan without them; with more time (--seconds) this one may, too."))
        return
    for line in missing_told(missing, words):
        out.say(line)


def _missing(row: Mapping[Hashable, Any], missing: Missing, words: Words) -> list[str]:
    """What is missing for the plan of a row of ``designs``, or else for that without any design."""
    late = Late(row["late"]) if row["late"] else None
    case = Case(row["design"], Presence(row["presence"]), late, int(row["years"]))
    known = [missing[each] for each in (case, case.without) if each in missing]
    return missing_told(known[0], words) if known else []


def _print_differences(
    out: Output, titles: Mapping[str, str], tables: Mapping[str, pd.DataFrame], words: Words
) -> None:
    """Print what of the cost differs, and CO2 and grid capacity by period, the designs beside each other."""
    terms = tables["by_term"]
    if terms.empty:
        return
    terms = terms.assign(change=terms["with"] - terms["without"])
    spread = terms.pivot(index="term", columns="design", values="change").fillna(0.0)
    spread = spread[(spread.abs() > LEAST).any(axis=1)]
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
    own = table["hub_total"] - table["hub_total_without"] if amount == "total" else 0.0
    change = table.assign(change=table[f"{amount}_with"] - table[f"{amount}_without"] + own)
    spread = change.pivot(index="design", columns="period", values="change").reindex(list(titles)).dropna()
    return (
        spread.map(words.signed)
        .rename(index=titles, columns=str)
        .rename_axis(columns=None)
        .reset_index(names=words("Design"))
    )
