"""Parts of the page of verdicts: causes, limits, areas of the grid, and projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from routeplan.instance.areas import with_areas_above
from routeplan.instance.names import names_in
from routeplan.language.language import Words
from routeplan.report.page.table import NONE, PageTable, Section, SectionTable
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.causes import Cause
from routeplan.why.judged import Judged, Verdict
from routeplan.why.limit import OF_FIRMS, Limit
from routeplan.why.names import LimitNames
from routeplan.why.room import room_in_words
from routeplan.why.tables import IMPOSSIBLE
from routeplan.why.told import LIMIT_MARK, Told, causes_in_words, saved_in_words, verdict_name

Tables = Mapping[str, pd.DataFrame]


def rule_of_count(words: Words) -> str:
    """What is counted, and when a project cannot go ahead."""
    return words(
        "Counted are projects that need more of the grid, of networks, green gas or heat than their process uses "
        "today. One cannot go ahead where it is proven that it cannot start in the period in which it is wanted, while "
        "all other processes do what the plan says and it has what the plan leaves of the grid, networks, green gas, "
        "heat and public money. Hydrogen and CO2 storage that come later count as timing; what is there and used up "
        "counts as supply."
    )


def causes_table(tables: Tables, words: Words) -> PageTable:
    """Causes, the most frequent first, and their sum; what waits for its own timing alone is no part of that."""
    causes = tables["by_cause"]
    others = causes[causes["causes"] != Cause.OWN_TIMING]
    rows = [
        [causes_in_words(row["causes"], words), str(row["projects"]), words.percent(row["share"])]
        for row in causes.to_dict("records")
    ]
    shared = words.percent(others["share"].sum())
    total = [words("Together, own stop or lead time alone not counted"), str(others["projects"].sum()), shared]
    heads = [words("Cause"), words("Projects"), words("Share of projects that need infrastructure")]
    return PageTable(heads, [*rows, total], strong={len(rows)})


def limits_section(result: Result, tables: Tables, words: Words) -> Section:
    """Limits that firms share, by what lifting each of them alone lets go ahead."""
    names, limits = LimitNames(result.instance, words), tables["by_limit"]
    rows = [
        [
            names.name(Limit.read(row["kind"], row["place"])),
            str(row["alone"]),
            str(row["projects"] - row["alone"]),
            NONE if pd.isna(row["amount"]) else f"{words.number(row['amount'])} {words.unit(row['unit'])}",
            saved_in_words(row["saved_low"], row["saved_high"], words) if row["alone"] else NONE,
            _avoided(row["avoided"], words) if row["alone"] else NONE,
        ]
        for row in limits[~limits["kind"].isin(OF_FIRMS)].to_dict("records")
    ]
    heads = [
        words("What holds back"),
        words("Projects that it alone holds back"),
        words("Projects that it holds back with others"),
        words("Most that one of those needs that it alone holds back"),
        words("Cost that these save, with it lifted at no cost [{unit}]", unit=words.unit(units.MONEY)),
        words("CO2 that these avoid [{unit}]", unit=words.unit(units.CO2_IN_ALL)),
    ]
    notes = [
        words(
            "The first limits are those whose lifting lets most projects go ahead without anything else. Where a "
            "project needs several lifted together, it counts with others for each of them. What projects need and "
            "bring is reckoned one by one: two that need the same room need more of it together, and of several of one "
            "process the one counts that avoids most. Cost below 0: they cost more. Limits of one firm "
            "are left out: its own stop or lead time, and funding gaps above what may be paid."
        )
    ]
    return _section("limits", words("Limits"), words("What lets most projects go ahead"), notes, heads, rows)


def _avoided(amount: float, words: Words) -> str:
    return words("not known") if pd.isna(amount) else words.number(amount)


def areas_section(result: Result, projects: pd.DataFrame, words: Words) -> Section:
    """Projects of each area and station of the grid, with its room in words."""
    names, area_of = names_in(result.instance, "areas", words), result.instance["sites"].set_index("site")["area"]
    placed = with_areas_above(result.instance, projects.assign(area=projects["site"].map(area_of)))
    rows = []
    for area in [area for area in result.instance["areas"]["area"] if area in set(placed["area"])]:
        here = placed[placed["area"] == area]
        counts = here["verdict"].value_counts()
        told = room_in_words(result, area, _first_wanted(here), words)
        rows.append([names[area], told or NONE, str(len(here)), *(str(counts.get(each, 0)) for each in Verdict)])
    heads = [words("Area"), words("Room on the grid"), words("Projects")]
    notes = [
        words(
            "Counted are all projects, those too that need no infrastructure. An area counts those of all stations "
            "below it too. Its room is told of the first period in which a project there is wanted that cannot go "
            "ahead then; where all can, of the first in which one is wanted."
        )
    ]
    verdict_names = [verdict_name(each, words) for each in Verdict]
    return _section(
        "areas", words("Grid"), words("By area of the grid"), notes, [*heads, *verdict_names], rows, texts=2
    )


def _first_wanted(projects: pd.DataFrame) -> int:
    """First period in which a project is wanted that cannot go ahead then; else the first of all."""
    held = projects[projects["verdict"].isin(IMPOSSIBLE)]
    return int((projects if held.empty else held)["period"].min())


def _section(
    key: str,
    short: str,
    heading: str,
    notes: list[str],
    heads: list[str],
    rows: list[list[str]],
    texts: int = 1,
) -> Section:
    return Section(key, short, heading, notes, [SectionTable([], PageTable(heads, rows, texts=texts))])


@dataclass(frozen=True)
class ProjectRow:
    """A project as a row of the page.

    Parameters
    ----------
    site, process, route : str
        Who wants what, in words.
    wanted : int
        First year of the period in which it is wanted.
    verdict, verdict_name : str
        What becomes of it, as the tables have it and in words.
    possible_from : str
        Year from which it is possible; a dash where there is none.
    planned : str
        What the plan has in the period in which it is wanted, until when, and what after that.
    reasons : sequence of (str, bool)
        Lines on what stands in its way, and whether each is a limit.
    """

    site: str
    process: str
    route: str
    wanted: int
    verdict: str
    verdict_name: str
    possible_from: str
    planned: str
    reasons: Sequence[tuple[str, bool]]


def project_rows(result: Result, judged: Sequence[Judged], projects: pd.DataFrame, words: Words) -> list[ProjectRow]:
    """Every project in words, in their order; `projects` is their table."""
    told, sites = Told(result, words), names_in(result.instance, "sites", words)
    return [
        ProjectRow(
            sites[each.wish.site],
            told.process(each.wish),
            words.name(each.wish.route),
            each.wish.period,
            str(each.verdict),
            verdict_name(each.verdict, words),
            NONE if each.possible_from is None else str(each.possible_from),
            _planned(row, words),
            [_line(text) for text in told.reasons(each)],
        )
        for each, (_, row) in zip(judged, projects.iterrows(), strict=True)
    ]


def _planned(row: "pd.Series[str]", words: Words) -> str:
    planned = words.name(row["planned"])
    if pd.isna(row["until"]):
        return planned
    return words(
        "{route} until {year}, then {then}", route=planned, year=int(row["until"]), then=words.name(row["then"])
    )


def _line(text: str) -> tuple[str, bool]:
    """A line without the dash that marks it as a limit, and whether it had one."""
    return text.removeprefix(LIMIT_MARK), text.startswith(LIMIT_MARK)
