"""Minimal blocker sets: the smallest sets of limits whose lifting lets a project go ahead."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse

from routeplan.model.matrices import Matrices
from routeplan.solver.highs import run
from routeplan.solver.solution import Ending, Limits
from routeplan.why.judged import LARGEST, Blockers
from routeplan.why.project import Project

MOST_SETS = 20
"""Most sets that are told of a project."""

SHARE = 0.6
"""Share of the time that is left which the search for a set may take."""

STRICT = {"mip_feasibility_tolerance": 1e-9}
"""Options of the search: a limit that is lifted by a millionth lets thousands of GWh pass."""


def blockers(project: Project | None, search: Limits) -> Blockers:
    """Find the minimal blocker sets of a project, by size.

    Parameters
    ----------
    project : Project, optional
        The program in which the project is forced; None where nothing that is lifted makes it possible.
    search : Limits
        Limits of each search.

    Returns
    -------
    Blockers
        An answer without proof is never taken for one.

    Notes
    -----
    The limits of a set that is lifted are a correction set of the forced program. Sets of few limits are found by a
    program with a binary for each limit, and those found are cut off (Liffiton and Sakallah 2008, "Algorithms for
    computing minimal unsatisfiable subsets of constraints", doi 10.1007/s10817-007-9084-z). That a set is minimal does
    not rest on an optimum, which HiGHS 1.16 has told wrongly of such programs: each limit is left out in turn, and
    that nothing is possible then is confirmed without presolve.
    """
    here = False if project is None else project.possible((), search)
    if here is not False:
        return Blockers((), here is True, here, solves=1)
    found = blockers_of_impossible(project, search)
    return found if project is None else replace(found, solves=found.solves + 1)


def blockers_of_impossible(project: Project | None, search: Limits) -> Blockers:
    """Find the minimal blocker sets of a project that is known to be impossible as it is; see `blockers`."""
    if project is None:
        return Blockers((), True, False, beyond=True)
    search = replace(search, options={**search.options, **STRICT})
    task = _Enumeration(project, search)
    found, complete = task.sets()
    named = [frozenset(project.limits[limit] for limit in each) for each in found]
    sets = tuple(sorted(named, key=lambda each: (len(each), sorted(each))))
    return Blockers(sets, complete, False, beyond=complete and not sets, solves=task.solves)


class _Enumeration:
    """The search for the blocker sets of a project."""

    def __init__(self, project: Project, search: Limits) -> None:
        self._project, self._search = project, search
        self.solves = 0

    def sets(self) -> tuple[list[frozenset[int]], bool]:
        """Minimal sets of at most `LARGEST` limits, or else a larger one; and whether these are proven to be all."""
        matrices = _fewest(self._project)
        first, ended = self._set_of(matrices)
        if first is None:
            return [], ended is Ending.INFEASIBLE
        found = [first] if len(first) <= LARGEST else []
        matrices = _at_most(matrices, self._project, range(len(self._project.limits)), LARGEST)
        last: frozenset[int] | None = first
        while last is not None and len(found) < MOST_SETS:
            # With all of a set no other is minimal; a set that is too large is cut off by its size.
            matrices = _at_most(matrices, self._project, last, len(last) - 1)
            last, ended = self._set_of(matrices)
            found += [last] if last is not None else []
        return found or [first], last is None and ended is Ending.INFEASIBLE

    def _set_of(self, matrices: Matrices) -> tuple[frozenset[int] | None, Ending]:
        """A minimal set of limits whose lifting a program allows, and how the search for it has ended."""
        self.solves += 1
        now = time.monotonic()
        # What is found must still be held against the program, a limit at a time.
        solution = run(matrices, replace(self._search, deadline=now + SHARE * (self._search.deadline - now)))
        found = None if solution.x is None else self._shrunk(_lifted(self._project, solution.x))
        return found, Ending.TIME_LIMIT if solution.x is not None and found is None else solution.status

    def _shrunk(self, limits: Iterable[int]) -> frozenset[int] | None:
        """Leave out the limits that need not be lifted; None where a search gives no answer."""
        kept = set(limits)
        if self._possible(kept) is not True:
            return None
        for limit in sorted(kept):
            without = self._possible(kept - {limit})
            if without is None:
                return None
            if without:
                kept.remove(limit)
        return frozenset(kept)

    def _possible(self, limits: Collection[int]) -> bool | None:
        self.solves += 1
        return self._project.possible(limits, self._search)


def _lifted(project: Project, x: np.ndarray) -> Iterator[int]:
    first = project.first_limit
    yield from np.flatnonzero(x[first : first + len(project.limits)] > 0.5).tolist()


def _fewest(project: Project) -> Matrices:
    """The program of the fewest limits to lift."""
    cost = np.zeros(len(project.matrices.cost))
    cost[project.first_limit : project.first_limit + len(project.limits)] = 1.0
    return project.matrices.with_objective(cost)


def _at_most(matrices: Matrices, project: Project, limits: Iterable[int], most: int) -> Matrices:
    """The program in which no more of some limits are lifted than a number."""
    at = project.first_limit + np.array(sorted(limits))
    row = sparse.csr_array((np.ones(len(at)), (np.zeros(len(at), dtype=int), at)), shape=(1, matrices.rows.shape[1]))
    return matrices.with_rows(row, np.array([float(most)]))
