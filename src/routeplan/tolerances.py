"""Tolerances for equal numbers. The plan checker states its own, so that it can contradict these."""

ROUNDING = 1e-9
"""Numbers that differ by at most this, relative to them, differ by the rounding of sums alone."""

FITS = 1.0 - ROUNDING
"""An amount times this fits into a capacity that it exceeds by rounding alone."""

CLOSER = 0.999
"""Share of the gap asked at which a search ends, so that tidying the plan cannot carry it over the edge."""

FEASIBILITY = 1e-6
"""A row holds when it is missed by at most this, times the size of its bound where that is above 1.

HiGHS keeps rows and integers to the same (`primal_feasibility_tolerance`, `mip_feasibility_tolerance`: 1e-6).
"""

CHECKUP = 1e-5
"""Farthest that a program of the checkup may end from its least value, relative to it where that is above 1."""

DUST = 1e-7
"""Amounts below this are the solver's rounding, not a plan's."""

NO_PRICE = 1e-7
"""Duals and reduced costs below this count as none [M EUR per unit]: HiGHS' `dual_feasibility_tolerance`."""
