"""Verdicts on runs: each claim against its own point, and against all others."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from routeplan.bench.check_runs import Claim, Verdict, judged
from routeplan.bench.solvers.contract import Status
from routeplan.errors import UsageError
from routeplan.model.matrices import Matrices

# Minimise 3 x + 2 y with x + y >= 4, x and y whole between 0 and 3. The least is x = 1, y = 3: 9.
# (2, 2) costs 10; (1, 2) violates the row by 1; (1.5, 3) violates integrality by 0.5.
COVER = Matrices(
    rows=sparse.csc_array(np.array([[1.0, 1.0]])),
    row_lower=np.array([4.0]),
    row_upper=np.array([np.inf]),
    lower=np.zeros(2),
    upper=np.full(2, 3.0),
    cost=np.array([3.0, 2.0]),
    offset=0.0,
    integer=np.array([True, True]),
)
BEST, WORSE, SHORT = np.array([1.0, 3.0]), np.array([2.0, 2.0]), np.array([1.0, 2.0])


def claim(status, objective=None, bound=None, x=None, *, solver="one", run="seed 1", gap=0.0):
    return Claim(solver, run, Status(status), objective, bound, x, gap)


GOOD = claim("optimal", 9.0, 9.0, BEST, solver="good")


def verdicts(*claims, optimum=None):
    return [judgement.verdict for judgement in judged({"": COVER}, claims, optimum)]


def sentence(*claims, optimum=None):
    """What is said of the first."""
    return judged({"": COVER}, claims, optimum)[0].sentence


@pytest.mark.parametrize(
    "honest",
    [
        claim("optimal", 9.0, 9.0, BEST),
        claim("optimal", 9.0, None, BEST),
        claim("optimal", 9.0 + 8e-6, 9.0 + 8e-6, BEST),  # 9e-6 is within 1e-6 of 9
        claim("feasible", 10.0, 8.0, WORSE),
        claim("feasible", 10.0, -np.inf, WORSE),
        claim("no_plan", None, 9.0),
        claim("failed", None, np.inf),
        claim("optimal", 10.0, 9.0, WORSE, gap=0.1),  # with a gap of 10 %, 10 may be called optimal beside 9
    ],
)
def test_honest_claims_pass(honest):
    """Beside a run that has the optimum, which is known as well."""
    assert verdicts(honest, GOOD, optimum=9.0) == [Verdict.OK, Verdict.OK]


@pytest.mark.parametrize(
    ("wrong", "verdict", "said"),
    [
        (
            claim("optimal", 8.0, 8.0, BEST),
            Verdict.WRONG_OBJECTIVE,
            "one seed 1 claims the objective 8; its point has 9",
        ),
        (
            claim("optimal", 9.00002, 9.0, BEST),
            Verdict.WRONG_OBJECTIVE,
            "one seed 1 claims the objective 9.00002; its point has 9",
        ),
        (
            claim("feasible", np.nan, 9.0, BEST),
            Verdict.WRONG_OBJECTIVE,
            "one seed 1 claims the objective nan; its point has 9",
        ),
        (
            claim("optimal", 7.0, 7.0, SHORT),
            Verdict.WRONG_POINT,
            "the point of one seed 1 violates row R1 by 1; allowed: 0.0001",
        ),
        (
            claim("optimal", 10.5, 10.5, np.array([1.5, 3.0])),
            Verdict.WRONG_POINT,
            "the point of one seed 1 violates column C1 by 0.5; allowed: 0.0001",
        ),
        (claim("feasible", 9.0, 8.0), Verdict.WRONG_POINT, "one seed 1 is called feasible and gives no point"),
        (
            claim("optimal", 9.0, 9.0, np.array([1.0])),
            Verdict.WRONG_POINT,
            "the point of one seed 1 cannot be checked: it has the shape (1,); allowed: (2,), one value for each "
            "column",
        ),
        (
            claim("optimal", 9.0, 9.0, np.array([1.0, np.nan])),
            Verdict.WRONG_POINT,
            "the point of one seed 1 cannot be checked: column C2 is nan; allowed: numbers of at most 1e+100 in size",
        ),
        (
            claim("no_plan", None, 9.5),
            Verdict.WRONG_BOUND,
            "one seed 1 claims that nothing is below 9.5; the point of good seed 1 has 9",
        ),
        (
            claim("no_plan", None, np.nan),
            Verdict.WRONG_BOUND,
            "one seed 1 claims that nothing is below nan; the point of good seed 1 has 9",
        ),
        (
            claim("infeasible"),
            Verdict.WRONG_INFEASIBLE,
            "one seed 1 claims that there is no point; the point of good seed 1 has 9",
        ),
        (
            claim("unbounded"),
            Verdict.WRONG_UNBOUNDED,
            "one seed 1 claims that the objective falls for ever; the columns' bounds keep it above 0",
        ),
    ],
)
def test_wrong_claims_are_told_with_numbers(wrong, verdict, said):
    """Each by one sentence that names the run; the honest run beside it passes."""
    assert verdicts(wrong, GOOD) == [verdict, Verdict.OK]
    assert sentence(wrong, GOOD) == said


# Minimise x with x >= 1e6, x at most 2e6 and not whole: a millionth of the side is 1.
LARGE = replace(
    COVER, row_lower=np.array([1e6]), upper=np.full(2, 2e6), cost=np.array([1.0, 5.0]), integer=np.zeros(2, dtype=bool)
)


def test_a_point_within_a_millionth_of_a_large_row_is_not_wrong_and_makes_nobody_wrong():
    """Its objective is below the optimum, 1e6, by 0.9: it passes, and so does who proves that nothing is below 1e6."""
    within = claim("optimal", 1e6 - 0.9, 1e6 - 0.9, np.array([1e6 - 0.9, 0.0]))
    exact = claim("optimal", 1e6, 1e6, np.array([1e6, 0.0]), solver="good")
    assert [each.verdict for each in judged({"": LARGE}, (within, exact))] == [Verdict.OK, Verdict.OK]


def test_a_point_beyond_a_millionth_of_a_large_row_is_wrong():
    """Missed by 2, of which the size allows 1."""
    beyond = claim("optimal", 1e6 - 2, 1e6 - 2, np.array([1e6 - 2, 0.0]))
    (found,) = judged({"": LARGE}, (beyond,))
    assert found.verdict is Verdict.WRONG_POINT
    assert found.sentence == "the point of one seed 1 violates row R1 by 2; allowed: 1, a millionth of its size"


def test_of_two_optima_the_one_above_is_wrong():
    """10 is called optimal, and another has 9: nothing is wrong with the point, but with the proof."""
    worse = claim("optimal", 10.0, None, WORSE)
    assert verdicts(worse, GOOD) == [Verdict.WRONG_BOUND, Verdict.OK]
    assert sentence(worse, GOOD) == "one seed 1 claims that nothing is below 10; the point of good seed 1 has 9"


def test_a_gap_allows_as_much_as_it_says():
    """10 may be called optimal with a bound of 9 at a gap of 10 %, and not at one of 9 %: 10 - 0.9 is above 9."""
    assert verdicts(claim("optimal", 10.0, 9.0, WORSE, gap=0.1), GOOD)[0] == Verdict.OK
    assert sentence(claim("optimal", 10.0, 9.0, WORSE, gap=0.09), GOOD) == (
        "one seed 1 claims that nothing is below 9.1; the point of good seed 1 has 9"
    )


@pytest.mark.parametrize(
    ("bound", "gap", "verdict"),
    [
        (9.0 - 8e-6, 0.0, Verdict.OK),  # 9e-6 is within 1e-6 of 9
        (9.0 - 1e-5, 0.0, Verdict.WRONG_OPTIMAL),
        (8.2, 0.1, Verdict.OK),
        (8.0, 0.1, Verdict.WRONG_OPTIMAL),  # a tenth of 9 is 0.9
        (-np.inf, 0.1, Verdict.WRONG_OPTIMAL),
        (None, 0.0, Verdict.OK),
    ],
)
def test_what_is_called_optimal_has_its_own_bound_within_the_gap(bound, gap, verdict):
    """The point is the best that there is, and nobody refutes the bound: it is the word that is wrong."""
    assert verdicts(claim("optimal", 9.0, bound, BEST, gap=gap), optimum=9.0) == [verdict]
    assert verdicts(claim("feasible", 9.0, bound, BEST, gap=gap), optimum=9.0) == [Verdict.OK]


def test_a_bound_outside_the_gap_is_told_with_what_the_gap_allows():
    """The objective that it claims none of is that of its point: 9, of which a tenth is 0.9."""
    assert sentence(claim("optimal", None, 8.0, BEST, gap=0.1)) == (
        "one seed 1 calls 9 optimal with a bound of 8; the gap of 0.1 allows 8.1"
    )


def test_two_runs_of_a_solver_are_told_apart():
    """The other may be of the same solver."""
    other = claim("feasible", 9.0, 8.0, BEST, run="seed 2")
    assert sentence(claim("infeasible"), other).endswith("the point of one seed 2 has 9")


def test_a_known_optimum_refutes_alone():
    """Without any other run."""
    assert verdicts(claim("infeasible"), optimum=9.0) == [Verdict.WRONG_INFEASIBLE]
    assert sentence(claim("optimal", 10.0, 10.0, WORSE), optimum=9.0) == (
        "one seed 1 claims that nothing is below 10; the optimum is 9 by construction, "
        "which no point of these runs reaches"
    )


def test_a_point_that_is_refused_speaks_against_nobody():
    """The point of 7 is short of the row, so the claims of 9 and of no point at all stand."""
    short = claim("optimal", 7.0, 7.0, SHORT, solver="short")
    assert verdicts(claim("infeasible"), short) == [Verdict.OK, Verdict.WRONG_POINT]
    assert verdicts(GOOD, short) == [Verdict.OK, Verdict.WRONG_POINT]


def test_a_point_that_holds_loosely_speaks_against_nobody():
    """A row of x + y >= 4 missed by 5e-5 passes, and is no evidence against a bound of 9."""
    nearly = claim("feasible", 9.0 - 1e-4, 8.0, np.array([1.0, 3.0 - 5e-5]), solver="nearly")
    assert verdicts(claim("no_plan", None, 9.0), nearly) == [Verdict.OK, Verdict.OK]


def test_infeasible_and_unbounded_stand_where_nothing_refutes_them():
    """There is no other run; and a column without bounds may let the objective fall for ever."""
    free = COVER.with_numbers(lower=np.full(2, -np.inf))
    assert verdicts(claim("infeasible")) == [Verdict.OK]
    assert judged({"": free}, [claim("unbounded")])[0].verdict == Verdict.OK


def test_an_honest_run_is_described():
    """With its objective, and its point as checked."""
    (judgement,) = judged({"": COVER}, [GOOD])
    assert judgement.sentence == "good seed 1 has a point of 9, which violates nothing by more than 0"
    assert judgement.checked.objective == 9.0
    assert sentence(claim("no_plan")) == "one seed 1 is called no plan, and nothing speaks against it"


def test_two_runs_by_one_name_are_refused():
    """A sentence could not tell them apart."""
    with pytest.raises(UsageError, match="more than one run is called good seed 1; allowed: one run by each name"):
        judged({"": COVER}, [GOOD, GOOD])


def test_a_plan_that_is_refused_is_wrong_and_speaks_against_nobody():
    """The point of 9 obeys the rows, but is no plan: 10 may be called optimal beside it; a broken row is told first."""
    refused = claim("optimal", 9.0, 9.0, BEST, solver="refused")
    other = claim("optimal", 10.0, 10.0, WORSE, solver="other")
    short = claim("optimal", 7.0, 7.0, SHORT, solver="short")
    found = judged({"": COVER}, [refused, other, short], None, lambda x: "" if x is WORSE else "that cannot be")
    assert [each.verdict for each in found] == [Verdict.WRONG_PLAN, Verdict.OK, Verdict.WRONG_POINT]
    assert found[0].sentence == "the plan checker refuses the plan of refused seed 1: that cannot be"


# The same instance with y written as 3 - z, so that 3 x + 6 - 2 z is minimised with x - z >= 1: the point (1, 3) is
# x = 1, z = 0 here. (Its constant of 6 is the cost of a third column, fixed at 1.)
OTHER = Matrices(
    rows=sparse.csc_array(np.array([[1.0, -1.0, 0.0]])),
    row_lower=np.array([1.0]),
    row_upper=np.array([np.inf]),
    lower=np.array([0.0, 0.0, 1.0]),
    upper=np.array([3.0, 3.0, 1.0]),
    cost=np.array([3.0, -2.0, 6.0]),
    offset=0.0,
    integer=np.array([True, True, False]),
)
FORMS = {"": COVER, "other": OTHER}


def in_other(*given, **more):
    return replace(claim(*given, **more), formulation="other")


def test_a_point_is_checked_in_its_own_formulation():
    """(1, 0, 1) is the same point as (1, 3), and has as many numbers as its own formulation has columns."""
    same = in_other("optimal", 9.0, 9.0, np.array([1.0, 0.0, 1.0]), solver="same")
    usual = in_other("optimal", 9.0, 9.0, BEST, solver="usual")
    found = judged(FORMS, [GOOD, same, usual])
    assert [each.verdict for each in found] == [Verdict.OK, Verdict.OK, Verdict.WRONG_POINT]
    assert "it has the shape (2,); allowed: (3,)" in found[2].sentence


def test_formulations_speak_against_each_other():
    """Their optima are equal: a bound or a proof in one is refuted by a point of another, and the other way round."""
    high = in_other("no_plan", None, 9.5, solver="high")
    none = in_other("infeasible", solver="none")
    assert [each.verdict for each in judged(FORMS, [GOOD, high, none])] == [
        Verdict.OK,
        Verdict.WRONG_BOUND,
        Verdict.WRONG_INFEASIBLE,
    ]
    better = in_other("feasible", 9.0, 8.0, np.array([1.0, 0.0, 1.0]), solver="better")
    worse = claim("optimal", 10.0, 10.0, WORSE, solver="worse")
    found = judged(FORMS, [worse, better])
    assert found[0].sentence == "worse seed 1 claims that nothing is below 10; the point of better seed 1 has 9"


def test_a_stated_optimum_that_a_point_is_below_is_refuted_and_counts_for_nothing():
    """(1, 3) costs 9, so the optimum is not 10; a point that breaks the row refutes nothing."""
    lies = claim("infeasible")
    good, lied = judged({"": COVER}, [GOOD, lies], 10.0, stated="as the suite says")
    assert good.verdict is Verdict.OK and lied.verdict is Verdict.WRONG_INFEASIBLE
    told = "the optimum is 10 as the suite says, which is wrong: the point of good seed 1 has 9"
    assert good.refuted == lied.refuted == told
    assert judged({"": COVER}, [claim("optimal", 7.0, 7.0, SHORT)], 8.0)[0].refuted == ""
    assert judged({"": COVER}, [GOOD], 9.0 + 8e-6)[0].refuted == ""  # within 1e-6 of 9


def test_of_an_optimum_that_no_point_reaches_it_is_said_where_it_is_from():
    """It may be right, so the claim is wrong; whoever reads it can doubt the suite."""
    found = judged({"": COVER}, [GOOD], 8.0, stated="as the suite says")[0]
    assert (found.verdict, found.refuted) == (Verdict.WRONG_BOUND, "")
    assert found.sentence.endswith("the optimum is 8 as the suite says, which no point of these runs reaches")
