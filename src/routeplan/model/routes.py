"""Routes: what a process runs, when it switches, and what it may not leave again."""

from typing import Any

from routeplan.model import sets
from routeplan.model.family import Row, at, constraint, total


@constraint("process", "period", over=sets.processes)
def one_route_per_process(m: Any, process: str, period: int) -> Row:
    r"""Each process runs exactly one of its routes in every period.

    .. math:: \sum_r runs_{prt} = 1
    """
    return total(m.runs[process, route, period] for route in m.data.routes.at[process, period]) == 1


@constraint("process", "route", "period", over=sets.options)
def starts_when_switching(m: Any, process: str, route: str, period: int) -> Row:
    r"""An option that runs and did not run before is started.

    .. math:: start_{prt} \ge runs_{prt} - runs_{pr,t-1}

    Before the first period a process runs its current option.
    """
    before = at(m.runs, process, route, m.data.before.get(period))
    switched = total([m.runs[process, route, period], -1 * before])
    return switched <= total([1 * at(m.start, process, route, period)])


@constraint("process", "route", "period", over=sets.every("start"))
def no_spurious_start(m: Any, process: str, route: str, period: int) -> Row:
    r"""Nothing is started that does not run.

    .. math:: start_{prt} \le runs_{prt}

    Implied at any optimum; it keeps starts that cost nothing out of the plan.
    """
    return total([m.start[process, route, period]]) <= total([1 * at(m.runs, process, route, period)])


@constraint("process", "period", over=sets.processes_later)
def no_way_back(m: Any, process: str, period: int) -> Row:
    r"""A process that has left its current option does not return to it.

    .. math:: runs_{p,current,t} \le runs_{p,current,t-1}
    """
    current = m.data.routes.current[process]
    before = at(m.runs, process, current, m.data.before[period])
    return total([1 * at(m.runs, process, current, period)]) <= total([1 * before])


@constraint("process", "route", "period", over=sets.lasting_later)
def stays_started(m: Any, process: str, route: str, period: int) -> Row:
    r"""An option that is no bridge, once it runs, runs on for as long as its last year allows.

    .. math:: runs_{pr,t-1} \le runs_{prt}
    """
    return total([1 * at(m.runs, process, route, m.data.before[period])]) <= total([m.runs[process, route, period]])


@constraint("process", "route", "period", over=sets.bridges)
def bridge_ends(m: Any, process: str, route: str, period: int) -> Row:
    r"""A temporary option runs only within its life; it may be started, and paid, again.

    .. math:: runs_{prt} \le \sum_{u \le t,\ y(t) < y(u) + lifetime} start_{pru}
    """
    starts = m.data.routes.starts_alive[process, route, period]
    return total([m.runs[process, route, period]]) <= total(at(m.start, process, route, begin) for begin in starts)


@constraint("process", "route", "period", over=sets.every("overrun"))
def bridge_overrun(m: Any, process: str, route: str, period: int) -> Row:
    r"""A temporary option that runs on beyond its life, to the end of the period in which it ends, is paid for it.

    .. math:: start_{pru} + runs_{prs} - \sum_{u < v \le s} start_{prv} \le 1 + overrun_{pru}

    s: the period inside which the life of a start in u ends, y(s) < y(u) + lifetime < end of s. Who leaves in time, or
    starts anew, pays one life only.
    """
    last = m.data.routes.life_ends_in[process, route, period]
    renewals = [-1 * at(m.start, process, route, later) for later in m.data.periods if period < later <= last]
    runs_on = total([1 * at(m.start, process, route, period), m.runs[process, route, last], *renewals])
    return runs_on <= total([1.0, m.overrun[process, route, period]])
