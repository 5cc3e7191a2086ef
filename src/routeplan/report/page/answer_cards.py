"""What a site's card tells of its projects and of what it can expect."""

from routeplan.language.language import Words
from routeplan.report.page.block import Block, CardRows
from routeplan.report.page.table import NONE
from routeplan.result.result import Result
from routeplan.schema import units
from routeplan.why.answers import Answers
from routeplan.why.outlook import Perspective
from routeplan.why.perspective_told import columns_told, lack_told, perspective_told
from routeplan.why.told import Told
from routeplan.why.until import Until

EXPECTED = ("process", "route", "early", "expected", "late", "planned", "until_then", "decide_by")
"""Columns of the perspective that a card has."""


def projects_block(result: Result, answers: Answers, words: Words) -> Block:
    """What becomes of the projects of each site, and what stands in their way."""
    told, rows = Told(result, words), CardRows()
    for each in answers.judged:
        wish = each.wish
        cells = [told.process(wish), words.name(wish.route), str(wish.period), told.verdict(each)]
        rows.setdefault(wish.site, []).append([*cells, told.in_one_line(each)])
    heads = [words("Process"), words("Route"), words("Wanted from"), words("Verdict"), words("In the way")]
    return Block(words("What becomes of its projects"), heads, rows, texts=(1, 2, 3, 4))


def expected_block(perspective: Perspective, words: Words) -> Block:
    """When the routes of each site are possible, what there is until then, and when the firm must decide."""
    told = perspective_told(perspective, words)
    cells = told[list(EXPECTED)].astype(object)
    cells["decide_by"] = cells["decide_by"].map(lambda year: NONE if year is None or year != year else str(int(year)))
    never = {words("in no period"), words("not in the plan")}
    rows = CardRows()
    for outlook, row in zip(perspective.outlooks, cells.itertuples(index=False, name=None), strict=True):
        shown = {name: NONE if cell in never else str(cell) for name, cell in zip(EXPECTED, row, strict=True)}
        # Of a route that never comes, what there is instead is the whole plan, which stands above.
        told_until = {"until_then": NONE if outlook.start is None else _until(outlook.until, words)}
        rows.setdefault(outlook.site, []).append(list((shown | told_until).values()))
    columns = columns_told(words)
    heads = [columns[name].name for name in EXPECTED]
    title = words("When routes are possible, with early and late dates of grid and networks")
    note = words("–: none. CO2 and cost are means over the years until then.")
    notes = {site: " ".join([*_lack(perspective, site, words), note]) for site in rows}
    texts = tuple(range(1, len(heads)))
    return Block(title, [head[:1].upper() + head[1:] for head in heads], rows, texts=texts, notes=notes)


def _lack(perspective: Perspective, site: str, words: Words) -> list[str]:
    """That not all routes of a site are told, where the search was ended early."""
    return [*lack_told(perspective.at(site), words)] if perspective.stopped else []


def _until(until: Until, words: Words) -> str:
    """What there is until then, with its CO2 and what the firm pays to run it."""
    if until.emissions is None or until.cost is None:
        return NONE
    co2 = f"{words.number(until.emissions)} {words.unit(units.CO2)}"
    cost = f"{words.number(until.cost)} {words.unit(units.MONEY_PER_YEAR)}"
    return f"{until.told(words.name)} ({co2}, {cost})"
