"""Verdicts on projects that are made up, of the bakery and the tile maker of `small`."""

from routeplan.why.judged import VALUED, Added, Blockers, Judged, Lifting, Verdict
from routeplan.why.limit import Kind, Limit
from routeplan.why.wishes import Wish

GRID, POT = Limit(Kind.GRID, ("town",)), Limit(Kind.POT, ("fund",))
STOP = Limit(Kind.STOP, ("oven",))

FUND = {
    "pots": "pot,name,carry_over\nfund,Fund,0",
    "budgets": "pot,period,amount\nfund,2030,1",
    "headroom": "area,period,firm,flexible\ntown,2030,5,2\ntown,2032,5,2",
    "works": "work,area,earliest,estimate,latest\ncable,town,2031,2033,2035",
}
"""Tables of `small` for it: a pot, and an area with 5 MW of firm room and dated works."""


def wish(project: str, infrastructure: bool = True) -> Wish:
    """A project of the bakery."""
    return Wish(project, "bakery", "oven", "electric", 2030, "firm", infrastructure)


def held(project: str, verdict: Verdict, *sets: frozenset[Limit], added: tuple[Added, ...] = ()) -> Judged:
    """A project that is impossible when it is wanted; with the first of its sets lifted it saves 1 to 2 M EUR, 3 kt.

    What lifting others brings is not known.
    """
    others = tuple(Lifting(limits, (), None, None) for limits in sets[1:VALUED])
    worth = (Lifting(sets[0], added, (1.0, 2.0), 3.0), *others) if sets else ()
    later = 2032 if verdict is Verdict.LATER else None
    return Judged(wish(project), verdict, later, Blockers(sets, True, False, beyond=not sets), worth)


ALL = [
    Judged(wish("ahead"), Verdict.GOES_AHEAD, 2030),
    Judged(wish("other"), Verdict.OTHER_ROUTE, 2030, worth=(Lifting(frozenset(), (), None, -1.5),)),
    held("later", Verdict.LATER, frozenset({GRID}), added=(Added(GRID, 2030, 4.0),)),
    held("longer", Verdict.BLOCKED, frozenset({GRID}), added=(Added(GRID, 2030, 6.0), Added(GRID, 2032, 6.0))),
    held("both", Verdict.BLOCKED, frozenset({GRID, POT}), frozenset({POT, STOP})),
    held("stop", Verdict.LATER, frozenset({STOP})),
    held("beyond", Verdict.BLOCKED),
    Judged(wish("unknown"), Verdict.NOT_KNOWN, found=Blockers((), False, None)),
    Judged(wish("small", infrastructure=False), Verdict.GOES_AHEAD, 2030),
]
"""One of each kind; all but the last need infrastructure."""
