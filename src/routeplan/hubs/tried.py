"""Hub designs tried beside a plan: what their members save while everything else stays as planned."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from routeplan.hubs.apply import Presence, carriers_of, with_designs
from routeplan.hubs.compare import Search
from routeplan.hubs.design import Design
from routeplan.hubs.saving import Coalition, Saving
from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.instance.instance import Instance
from routeplan.instance.sites import at_sites
from routeplan.model.compile import program_of
from routeplan.model.program import Program
from routeplan.network.needs import NEED, carriers_needed
from routeplan.result.amounts import Amounts, amounts_in
from routeplan.result.result import Result
from routeplan.solver.highs import run
from routeplan.solver.solution import Limits, Solution, Stop
from routeplan.why.as_planned import Free, Reduced, reduced
from routeplan.why.lifting import saved


@dataclass(frozen=True)
class Tried:
    """What came of a design.

    Parameters
    ----------
    design : Design
        The design; a hub comes when that pays most.
    members : frozenset of str
        Of the sites that it was tried with, those that use it.
    saving : Saving
        What they save while everything else stays as planned.
    """

    design: Design
    members: Coalition
    saving: Saving


Thing = tuple[str, str]
"""A hub or link: its variable, `open` or `built`, and its id."""


@dataclass(frozen=True, eq=False)
class _World:
    """An instance in which designs are open to all, and what a plan without them has of each variable there.

    Parameters
    ----------
    instance : Instance
        The instance.
    program : Program
        Its program.
    amounts : mapping of str to array
        What the plan has; a contract that sites share has what they have together.
    new : frozenset of (str, str)
        Hubs of the designs alone.
    """

    instance: Instance
    program: Program
    amounts: Amounts
    new: frozenset[Thing]

    def left(self, free: Free, absent: Collection[Thing]) -> Reduced:
        """The program of what is left to decide, without some hubs and links."""
        left = reduced(self.program.matrices, *free.fixed(self.program, self.amounts))
        upper = left.matrices.upper.copy()
        for variable, kind in (("open", "hub"), ("built", "link")):
            block = self.program.columns[variable]
            gone = block.table[kind].isin([item for of, item in absent if of == variable]).to_numpy()
            upper[np.isin(left.columns, block.position[gone & (block.position >= 0)])] = 0.0
        return replace(left, matrices=left.matrices.with_numbers(upper=upper))

    def contracts(self, members: Coalition) -> set[str]:
        """Contracts of these sites."""
        sites = self.instance["sites"]
        return set(sites.loc[sites["site"].isin(members), "contract"])


class Trial:
    """Tries designs that pass by one after the other; it can be pickled.

    What a design saves is the difference between two plans of what its members do, of the links, hubs and flows of its
    carriers, and of the grid: the best one without it, and the best one with it. All else stays as planned in both, so
    that nothing counts that could be saved without the design too.

    Parameters
    ----------
    result : Result
        The plan.
    designs : sequence of Design
        The designs: each has hubs of its own, contracts, or hubs and links that the plan has. Of these the difference
        is that to a plan without them, in which their carriers' other links and hubs may go too.
    search : Search
        What each plan may take.
    """

    def __init__(self, result: Result, designs: Sequence[Design], search: Search) -> None:
        self._hubs = _world(result, Design("hubs", hubs=tuple(hub for each in designs for hub in each.hubs if hub.row)))
        shared = tuple(shared for each in designs for shared in each.contracts)
        self._contracts = _world(result, Design("contracts", contracts=shared)) if shared else self._hubs
        self._search = search

    def __call__(self, asked: tuple[Design, Coalition], stop: Stop) -> Tried:
        """Try a design with these members."""
        design, members = asked
        world, own = self._hubs, _things(design)
        free = self._free(design, members, anew=bool(own - world.new))
        without = self._best(world.left(free, world.new | own), stop)
        if design.contracts:
            sharing = replace(free, contracts=self._contracts.contracts(members))
            return Tried(design, members, _saving(without, self._best(self._contracts.left(sharing, ()), stop)))
        left = world.left(free, world.new - own)
        found = self._best(left, stop, without.x)
        saving = _saving(without, found)
        if found.x is None or not own <= world.new:
            return Tried(design, members, saving)
        return Tried(*self._as_used(design, members, left.columns, found.x), saving)

    def _free(self, design: Design, members: Coalition, anew: bool) -> Free:
        """What members may do, and what may come of the carriers of a design, or go."""
        instance = self._hubs.instance
        options = at_sites(instance, instance["options"])
        needed = options[options["site"].isin(members)]
        built = carriers_of(instance, design)
        return Free(
            set(needed["process"]),
            self._hubs.contracts(members),
            built,
            built.union(carriers_needed(needed)),
            anew=built if anew else (),
        )

    def _best(self, left: Reduced, stop: Stop, start: FloatArray | None = None) -> Solution:
        seconds = float("inf") if self._search.seconds is None else self._search.seconds
        limits = Limits(self._search.gap, time.monotonic() + seconds, threads=1, stop=stop)
        return run(replace(left.matrices, offset=0.0), limits, start=start)

    def _as_used(
        self, design: Design, members: Coalition, columns: IntArray, x: FloatArray
    ) -> tuple[Design, Coalition]:
        """The design from the year on in which its hub opens, and those of the members that have its carrier then."""
        world = self._hubs
        point = np.zeros(world.program.matrices.rows.shape[1])
        point[columns] = x
        (hub,) = design.hubs
        opened = _done(world.program, "open", point).query("hub == @hub.hub")
        if opened.empty:
            return design, members
        first = int(opened["period"].min())
        runs = _done(world.program, "runs", point)
        options = world.instance["options"].query(f"{NEED[str(hub.row['carrier'])]} > 0")[["process", "route"]]
        users = at_sites(world.instance, runs[runs["period"] >= first].merge(options, on=["process", "route"]))["site"]
        return replace(design, hubs=(replace(hub, first_year=first),)), members & frozenset(users)


def _world(result: Result, design: Design) -> _World:
    """The instance of a plan in which a design may come, and what the plan has of each variable there."""
    instance = with_designs(result.instance, [], design, Presence.OPTIONAL)
    program = program_of(instance)
    contract_of = dict(zip(result.instance["sites"]["contract"], instance["sites"]["contract"], strict=True))
    requests = result["requests"].assign(contract=result["requests"]["contract"].map(contract_of))
    together = requests.groupby(["contract", "period"], as_index=False)[["request", "connection"]].sum()
    amounts = amounts_in(program, {**result.tables, "requests": together})
    return _World(instance, program, amounts, _things(design))


def _things(design: Design) -> frozenset[Thing]:
    """Hubs and links of a design."""
    return frozenset([*(("open", each.hub) for each in design.hubs), *(("built", each.link) for each in design.links)])


def _done(program: Program, variable: str, point: FloatArray) -> pd.DataFrame:
    """Rows of the table of a binary that are 1 at a point."""
    block = program.columns[variable]
    return block.table[block.values(point) > 0.5]


def _saving(without: Solution, found: Solution) -> Saving:
    """What is saved between two plans [M EUR]; what has no plan proves nothing."""
    return Saving(*(saved(without, found) or (-np.inf, np.inf)))
