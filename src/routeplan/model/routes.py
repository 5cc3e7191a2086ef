"""Routes of processes: routes run, switches, and options that must stay."""

from functools import cached_property
from typing import Any

from routeplan.model.decisions import tuples
from routeplan.model.family import Sides, at_most, equal
from routeplan.model.lookups import Lookups, every, gathered, values
from routeplan.model.variables import Index, Variables


class RouteLookups(Lookups):
    """Options by process and period, and lives of temporary ones."""

    @cached_property
    def at(self) -> dict[Index, list[Any]]:
        """Routes that a process may run in a period."""
        runs = self.decisions["runs"]
        return gathered(tuples(runs, "process", "period"), runs["route"].tolist())

    @cached_property
    def current(self) -> dict[Any, Any]:
        """Current route of each process."""
        options = self.instance["options"]
        return dict(tuples(options[options["current"] == 1], "process", "route"))

    @cached_property
    def starts_alive(self) -> dict[Index, list[int]]:
        """Starts of a temporary option whose life covers a period."""
        start = self.decisions["start"]
        bridges = start[start["temporary"] == 1][["process", "route", "period", "lifetime"]]
        each = bridges.rename(columns={"period": "begin"}).merge(self.instance["periods"][["period"]], how="cross")
        alive = each[(each["begin"] <= each["period"]) & (each["period"] < each["begin"] + each["lifetime"])]
        return gathered(tuples(alive, "process", "route", "period"), alive["begin"].tolist())

    @cached_property
    def life_ends_in(self) -> dict[Index, int]:
        """Period inside which the life of a start of a temporary option ends, where it can run on beyond it."""
        return values(self.decisions["overrun"], ("process", "route", "period"), "ends_in")

    def processes(self) -> list[Index]:
        """Every process in every period."""
        return self.in_every_period(self.current)

    def processes_later(self) -> list[Index]:
        """Every process in every period but the first."""
        return self.later(self.processes())

    def lasting(self) -> list[Index]:
        """Every option that is neither current nor temporary, where it may run."""
        return self._options(temporary=False)

    def bridges(self) -> list[Index]:
        """Every temporary option, where it may run."""
        return self._options(temporary=True)

    def options(self) -> list[Index]:
        """Every option but the current ones, where it may run."""
        return self.lasting() + self.bridges()

    def lasting_later(self) -> list[Index]:
        """Every option that is neither current nor temporary, where it may run, but for the first period."""
        return self.later(self.lasting())

    def _options(self, *, temporary: bool) -> list[Index]:
        runs = self.decisions["runs"]
        chosen = runs[(runs["current"] == 0) & (runs["temporary"] == int(temporary))]
        return tuples(chosen, "process", "route", "period")


@equal(RouteLookups, "process", "period", over=RouteLookups.processes)
def one_route_per_process(m: Variables, data: RouteLookups, process: str, period: int) -> Sides:
    r"""Each process runs exactly one of its routes in every period.

    .. math:: \sum_r runs_{prt} = 1
    """
    return sum(m.runs[process, route, period] for route in data.at[process, period]), 1


@at_most(RouteLookups, "process", "route", "period", over=RouteLookups.options)
def starts_when_switching(m: Variables, data: RouteLookups, process: str, route: str, period: int) -> Sides:
    r"""An option that runs and did not run before is started.

    .. math:: runs_{prt} - runs_{pr,t-1} \le start_{prt}

    Before the first period a process runs its current option.
    """
    before = m.runs[process, route, data.before.get(period)]
    return m.runs[process, route, period] - before, m.start[process, route, period]


@at_most(RouteLookups, "process", "route", "period", over=every(Variables.start))
def no_spurious_start(m: Variables, data: RouteLookups, process: str, route: str, period: int) -> Sides:
    r"""Nothing is started that does not run.

    .. math:: start_{prt} \le runs_{prt}

    Implied at any optimum; it keeps starts that cost nothing out of the plan.
    """
    return m.start[process, route, period], m.runs[process, route, period]


@at_most(RouteLookups, "process", "period", over=RouteLookups.processes_later)
def no_way_back(m: Variables, data: RouteLookups, process: str, period: int) -> Sides:
    r"""A process that has left its current option does not return to it.

    .. math:: runs_{p,current,t} \le runs_{p,current,t-1}
    """
    current = data.current[process]
    return m.runs[process, current, period], m.runs[process, current, data.before[period]]


@at_most(RouteLookups, "process", "route", "period", over=RouteLookups.lasting_later)
def stays_started(m: Variables, data: RouteLookups, process: str, route: str, period: int) -> Sides:
    r"""An option that is no bridge, once it runs, runs on for as long as its last year allows.

    .. math:: runs_{pr,t-1} \le runs_{prt}
    """
    return m.runs[process, route, data.before[period]], m.runs[process, route, period]


@at_most(RouteLookups, "process", "route", "period", over=RouteLookups.bridges)
def bridge_ends(m: Variables, data: RouteLookups, process: str, route: str, period: int) -> Sides:
    r"""A temporary option runs only within its life; it may be started, and paid, again.

    .. math:: runs_{prt} \le \sum_{u \le t,\ y(t) < y(u) + lifetime} start_{pru}
    """
    starts = data.starts_alive[process, route, period]
    return m.runs[process, route, period], sum(m.start[process, route, begin] for begin in starts)


@at_most(RouteLookups, "process", "route", "period", over=every(Variables.overrun))
def bridge_overrun(m: Variables, data: RouteLookups, process: str, route: str, period: int) -> Sides:
    r"""A temporary option that runs on beyond its life, to the end of the period in which it ends, is paid for it.

    .. math:: start_{pru} + runs_{prs} - \sum_{u < v \le s} start_{prv} \le 1 + overrun_{pru}

    s: the period inside which the life of a start in u ends, y(s) < y(u) + lifetime < end of s. Who leaves in time, or
    starts anew, pays one life only.
    """
    last = data.life_ends_in[process, route, period]
    anew = sum(m.start[process, route, later] for later in data.periods if period < later <= last)
    runs_on = m.start[process, route, period] + m.runs[process, route, last] - anew
    return runs_on, 1 + m.overrun[process, route, period]
