"""Verdicts on what solvers claim of one instance: each claim against its own point, and against all other runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite

import numpy as np

from routeplan.bench.check import LOOSE, Checked, checked, why_no_point
from routeplan.bench.solvers.contract import Status
from routeplan.bench.solvers.outcome import within_gap
from routeplan.errors import UsageError
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

SAME = 1e-6
"""Objectives and bounds that differ by at most this, times their size where that is above 1, are the same."""


class Verdict(StrEnum):
    """What the claim of a run is worth."""

    OK = "ok"
    WRONG_OBJECTIVE = "wrong_objective"
    WRONG_POINT = "wrong_point"
    WRONG_PLAN = "wrong_plan"
    WRONG_BOUND = "wrong_bound"
    WRONG_INFEASIBLE = "wrong_infeasible"
    WRONG_UNBOUNDED = "wrong_unbounded"
    WRONG_OPTIMAL = "wrong_optimal"


@dataclass(frozen=True, eq=False)
class Claim:
    """What a run says of an instance, which is minimised.

    Parameters
    ----------
    solver : str
        Name of the solver.
    run : str
        What tells the run from others of the solver, such as ``seed 3``; the two together must be unique.
    status : Status
        How it ends.
    objective, bound : float, optional
        Objective of its point, and the value below which it proves that there is none.
    x : FloatArray, shape (C,), optional
        Its point, in the order of the columns.
    gap : float
        Gap at which the run may call its point optimal, relative to max(1, abs(objective)).
    formulation : str
        Formulation of the instance that it was given; the usual one when empty.
    """

    solver: str
    run: str
    status: Status
    objective: float | None = None
    bound: float | None = None
    x: FloatArray | None = None
    gap: float = 0.0
    formulation: str = ""

    @property
    def name(self) -> str:
        """Solver and run."""
        return f"{self.solver} {self.run}"

    @property
    def ending(self) -> str:
        """The status in words."""
        return self.status.name.lower().replace("_", " ")

    @property
    def has_point(self) -> bool:
        """Whether the run claims that it has a point."""
        return self.status in (Status.OPTIMAL, Status.FEASIBLE)


@dataclass(frozen=True)
class Judged:
    """A run and what its claim is worth.

    Parameters
    ----------
    solver, run : str
        The run.
    verdict : Verdict
        The first thing that is wrong, in the order of point, plan, objective, bound, and what is called optimal; or ok.
    sentence : str
        Why, with the numbers.
    checked : Checked, optional
        Its point, where it has one that could be checked.
    refuted : str
        Why the optimum that is stated of its instance is wrong; empty where no point refutes it.
    """

    solver: str
    run: str
    verdict: Verdict
    sentence: str
    checked: Checked | None
    refuted: str = ""


@dataclass(frozen=True)
class Best:
    """The least objective that is known, infinite when none is, and the words that say why."""

    objective: float = inf
    words: str = ""


@dataclass(frozen=True, eq=False)
class Case:
    """A claim, and all that it is held against."""

    matrices: Matrices
    claim: Claim
    checked: Checked | None
    refusal: str
    best: Best
    refuted: str


WhyRefused = Callable[[FloatArray], str]
"""Why the plan of a point is refused; empty where it is not, or where there is no plan."""


def judged(
    forms: Mapping[str, Matrices],
    claims: Sequence[Claim],
    optimum: float | None = None,
    why_refused: WhyRefused | None = None,
    stated: str = "by construction",
) -> tuple[Judged, ...]:
    """Judge the runs of one instance, each by its own point and by the best point of all.

    Parameters
    ----------
    forms : mapping of str to Matrices
        The program in each formulation that a run was given; under "" as it usually is.
    claims : sequence of Claim
        What the runs say.
    optimum : float, optional
        The optimal objective where it is stated; one that a point is below counts for nothing.
    why_refused : callable, optional
        Reads the plan of a point, in the order of the columns.
    stated : str
        Where the optimum is from.

    Returns
    -------
    tuple of Judged
        In the order of the claims. What nothing at hand refutes passes: that an instance is infeasible is not proven
        here, and that it is unbounded is refuted by the bounds of its columns alone. Of two runs that call different
        values optimal, the one is wrong whose bound is above the point of the other; and whose own bound is outside the
        gap, calls nothing optimal. A point is checked in its own
        formulation; objectives and bounds of all formulations are held against each other, for their optima are equal.

    Raises
    ------
    UsageError
        When two runs have the same name.

    Notes
    -----
    A point is wrong when it is not feasible by `LOOSE`. Against others only a point counts that is feasible by
    `STRICT`, in absolute terms, when its integer columns are whole, and whose plan is not refused: one that is not may
    be better than the optimum.
    """
    _refuse_same_names(claims)
    points = [_checked(forms[claim.formulation], claim) for claim in claims]
    refusals = [_refusal(claim, point, why_refused) for claim, point in zip(claims, points, strict=True)]
    right = [None if refusal else point for point, refusal in zip(points, refusals, strict=True)]
    known = Best() if optimum is None else Best(optimum, f"the optimum is {optimum:.12g} {stated}")
    reached = _reached(claims, right)
    refuted = _why_refuted(known, reached)
    best = reached if refuted else _best(known, reached)
    return tuple(
        _judged(Case(forms[claim.formulation], claim, point, refusal, best, refuted))
        for claim, point, refusal in zip(claims, points, refusals, strict=True)
    )


def _refuse_same_names(claims: Sequence[Claim]) -> None:
    names = [claim.name for claim in claims]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UsageError(f"more than one run is called {', '.join(twice)}; allowed: one run by each name")


def _checked(matrices: Matrices, claim: Claim) -> Checked | None:
    if not claim.has_point or claim.x is None or why_no_point(matrices, np.asarray(claim.x)):
        return None
    return checked(matrices, claim.x)


def _refusal(claim: Claim, point: Checked | None, why_refused: WhyRefused | None) -> str:
    """Why the plan of a point that obeys the rows is refused; empty where it is not."""
    if why_refused is None or point is None or claim.x is None or not point.feasible:
        return ""
    return why_refused(claim.x)


def _reached(claims: Sequence[Claim], points: Sequence[Checked | None]) -> Best:
    """The least objective of all points that count."""
    reached = [
        Best(point.rounded.objective, f"the point of {claim.name} has {point.rounded.objective:.12g}")
        for claim, point in zip(claims, points, strict=True)
        if point is not None and point.feasible_when_rounded
    ]
    return min(reached, key=lambda best: best.objective, default=Best())


def _why_refuted(known: Best, reached: Best) -> str:
    """Why a stated optimum is wrong: a point is below it; empty where none is."""
    if reached.objective >= known.objective or _same(reached.objective, known.objective) or not known.words:
        return ""
    return f"{known.words}, which is wrong: {reached.words}"


def _best(known: Best, reached: Best) -> Best:
    """The stated optimum or the best point, whichever is less; of an optimum, whether any point reaches it."""
    if reached.objective <= known.objective:
        return reached
    if not isfinite(reached.objective) or _same(reached.objective, known.objective):
        return known
    return Best(known.objective, f"{known.words}, which no point of these runs reaches")


def _judged(case: Case) -> Judged:
    for verdict, wrong in RULES:
        if sentence := wrong(case):
            return _told(case, verdict, sentence)
    return _told(case, Verdict.OK, _nothing_wrong(case))


def _told(case: Case, verdict: Verdict, sentence: str) -> Judged:
    return Judged(case.claim.solver, case.claim.run, verdict, sentence, case.checked, case.refuted)


def _wrong_point(case: Case) -> str:
    claim = case.claim
    if not claim.has_point:
        return ""
    if claim.x is None:
        return f"{claim.name} is called {claim.ending} and gives no point"
    if case.checked is None:
        return f"the point of {claim.name} cannot be checked: {why_no_point(case.matrices, np.asarray(claim.x))}"
    if case.checked.feasible:
        return ""
    worst, allowed = case.checked.given.worst(LOOSE)
    why = ", a millionth of its size" if allowed > LOOSE.linear else ""
    return f"the point of {claim.name} violates {worst.where} by {worst.amount:.3g}; allowed: {allowed:g}{why}"


def _wrong_plan(case: Case) -> str:
    return f"the plan checker refuses the plan of {case.claim.name}: {case.refusal}" if case.refusal else ""


def _wrong_objective(case: Case) -> str:
    claimed = case.claim.objective
    if case.checked is None or claimed is None or _same(claimed, case.checked.objective):
        return ""
    return f"{case.claim.name} claims the objective {claimed:.12g}; its point has {case.checked.objective:.12g}"


def _wrong_bound(case: Case) -> str:
    bound = _claimed_bound(case)
    if bound <= case.best.objective or _same(bound, case.best.objective):
        return ""
    return f"{case.claim.name} claims that nothing is below {bound:.12g}; {case.best.words}"


def _claimed_bound(case: Case) -> float:
    """The bound of a run; that of a point called optimal follows from its objective too."""
    claim = case.claim
    bound = -inf if claim.bound is None or claim.status in (Status.INFEASIBLE, Status.FAILED) else claim.bound
    if claim.status != Status.OPTIMAL or case.checked is None:
        return bound
    return max(bound, case.checked.objective - claim.gap * max(1.0, abs(case.checked.objective)))


def _wrong_infeasible(case: Case) -> str:
    if case.claim.status != Status.INFEASIBLE or not isfinite(case.best.objective):
        return ""
    return f"{case.claim.name} claims that there is no point; {case.best.words}"


def _wrong_unbounded(case: Case) -> str:
    least = case.matrices.trivial_bound
    if case.claim.status != Status.UNBOUNDED or not isfinite(least):
        return ""
    return f"{case.claim.name} claims that the objective falls for ever; the columns' bounds keep it above {least:.12g}"


def _wrong_optimal(case: Case) -> str:
    """Whether a point is called optimal though the run's own bound is outside the gap; without a bound, nothing."""
    claim = case.claim
    if claim.status != Status.OPTIMAL or case.checked is None or claim.bound is None:
        return ""
    objective = case.checked.objective if claim.objective is None else claim.objective
    if within_gap(objective, claim.bound, claim.gap):
        return ""
    return (
        f"{claim.name} calls {objective:.12g} optimal with a bound of {claim.bound:.12g}; the gap of {claim.gap:g} "
        f"allows {objective - claim.gap * max(1.0, abs(objective)):.12g}"
    )


def _nothing_wrong(case: Case) -> str:
    if case.checked is None:
        return f"{case.claim.name} is called {case.claim.ending}, and nothing speaks against it"
    objective, most = case.checked.objective, case.checked.given.most
    return f"{case.claim.name} has a point of {objective:.12g}, which violates nothing by more than {most:.3g}"


def _same(first: float, second: float) -> bool:
    """Whether two values differ by rounding alone; nothing is the same as what is no finite number."""
    return abs(first - second) <= SAME * max(1.0, abs(second)) if isfinite(second) else False


RULES: tuple[tuple[Verdict, Callable[[Case], str]], ...] = (
    (Verdict.WRONG_POINT, _wrong_point),
    (Verdict.WRONG_PLAN, _wrong_plan),
    (Verdict.WRONG_OBJECTIVE, _wrong_objective),
    (Verdict.WRONG_INFEASIBLE, _wrong_infeasible),
    (Verdict.WRONG_UNBOUNDED, _wrong_unbounded),
    (Verdict.WRONG_BOUND, _wrong_bound),
    (Verdict.WRONG_OPTIMAL, _wrong_optimal),
)
"""What may be wrong, in the order in which it is looked for."""
