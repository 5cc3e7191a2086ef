"""Small programs that releases of HiGHS got wrong, each with the right answer and why it is right.

They have the two kinds of rows that a plan is made of: choose one of several options, and use something only once it
is built (a large number times a decision between 0 and 1, "big M").
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from routeplan.model.matrices import Matrices

HIGHS = "https://github.com/ERGO-Code/HiGHS/issues/"


@dataclass(frozen=True)
class Case:
    """A program whose least value is known without a solver.

    Parameters
    ----------
    name : str
        What it is, in a few words.
    programme : Matrices
        The program.
    least : float
        Its least value.
    why : str
        Why that is the least, in words.
    known : str
        Which releases are wrong, and where that is told.
    """

    name: str
    programme: Matrices
    least: float
    why: str
    known: str


_TERM = re.compile(r"([+-]?)\s*([\d.]*)\s*([a-z]\w*)")
_ROW = re.compile(r"(?P<sum>.+?) (?P<sense><=|>=|=) (?P<number>\S+)")


def programme(
    columns: str,
    least: str,
    rows: Sequence[str],
    *,
    whole: str = "",
    upper: Mapping[str, float] | None = None,
    lower: Mapping[str, float] | None = None,
) -> Matrices:
    """Make a program from its rows and objective as text.

    Parameters
    ----------
    columns : str
        Names of its unknowns, in order: faults may hang on it.
    least : str
        What is to be least, such as ``2 x + 3 z``.
    rows : sequence of str
        Its rows, such as ``x + z >= 4.5``.
    whole : str, optional
        Names of the unknowns that are whole.
    upper, lower : mapping of str to float, optional
        Bounds; without one an unknown is 0 or more.
    """
    names = columns.split()
    parts = [_ROW.fullmatch(row) for row in rows]
    told = [(part["sum"], part["sense"], float(part["number"])) for part in parts if part is not None]
    return Matrices(
        rows=sparse.csc_array(np.array([_coefficients(text, names) for text, _, _ in told])),
        row_lower=np.array([-np.inf if sense == "<=" else number for _, sense, number in told]),
        row_upper=np.array([np.inf if sense == ">=" else number for _, sense, number in told]),
        lower=np.array([(lower or {}).get(name, 0.0) for name in names]),
        upper=np.array([(upper or {}).get(name, np.inf) for name in names]),
        cost=np.array(_coefficients(least, names)),
        offset=0.0,
        integer=np.isin(names, whole.split()),
    )


def _coefficients(text: str, names: list[str]) -> list[float]:
    found = {name: float(f"{sign}{number or 1}") for sign, number, name in _TERM.findall(text)}
    return [found.get(name, 0.0) for name in names]


_BUILD = Case(
    "build one thing, or do without it",
    programme("a b y", "2 b + 99999 y", ("a + b = 10", "a - 100 y <= 0"), whole="y", upper={"y": 1}),
    20.0,
    "with y = 1 it costs 99,999 at least; with y = 0 there is no a, so b = 10: 2 x 10",
    f"1.14.0 says 99999 ({HIGHS}2975)",
)

_SHARE = Case(
    "build one of two things at most",
    programme(
        "d0 d1 z1 x0 z0 x1",
        "10 d0 + 8 d1",
        ("z0 - 1000 x0 <= 0", "z1 - 1000 x1 <= 0", "z0 + d0 = 1000", "z1 + d1 = 1000", "x0 + x1 <= 1"),
        whole="x0 x1",
        upper={"d0": 1000, "d1": 1000, "z0": 1000, "z1": 1000, "x0": 1, "x1": 1},
    ),
    8000.0,
    "one of the two lacks 1000 at least, and lacking it is cheaper at 8 than at 10",
    f"1.14.0 says 10000 ({HIGHS}3094)",
)

_WHOLE_OR_PART = Case(
    "whole units or part of one",
    programme("x z", "2 x + 3 z", ("x + z >= 4.5",), whole="z", upper={"x": 10, "z": 10}),
    9.0,
    "each unit of z costs more than one of x, so x = 4.5: 2 x 4.5",
    f"1.14.0 says 15 ({HIGHS}3043)",
)

_FILL_UP = Case(
    "whole units, filled up by part of one",
    programme("x y", "x + 2 y", ("x + y >= 20.1",), whole="x", upper={"x": 20, "y": 20}, lower={"y": 8}),
    28.2,
    "x + 2 y is 20.1 + y or more; y is 8 or more, but 8 asks for 12.1 of x, which is whole: x = 12 with y = 8.1 makes "
    "28.2, x = 13 with y = 8 makes 29",
    f"1.14.0 says 29 ({HIGHS}2957)",
)

_DISTANCE = Case(
    "a distance, and what is missing",
    programme(
        "gap t x",
        "100 gap + 0.01 t",
        ("gap + x = 3", "x - t <= 0", "- x - t <= 0", "x <= 3", "x >= 0.45"),
        whole="x",
        lower={"t": -np.inf},
    ),
    0.03,
    "x = 3 leaves no gap, and t = 3 costs 0.03; any smaller x leaves a gap of 1 or more, which costs 100",
    f"1.14.0 says 200.01 ({HIGHS}3073)",
)

_IMPLIED = Case(
    "a number that others make whole",
    programme(
        "x0 x1 x2 x3",
        "x1",
        ("x1 - x2 >= 0", "x0 + x2 - x3 = 0", "68 x2 + x3 <= 12"),
        whole="x0 x1 x3",
        lower={"x0": -np.inf, "x1": -np.inf},
    ),
    0.0,
    "x1 is x2 or more, which is 0 or more; all at 0 obeys every row",
    f"1.14.0 and 1.15.1 say 1 ({HIGHS}3274)",
)

_CHOSEN_BY_LISTING = (
    "b2 + b5 + b8 + b11 + b14 + b17 = 1",
    "b18 + b22 + b27 + b30 = 1",
    "b19 + b24 + b28 = 1",
    "- b0 + x1 >= 0",
    "- b3 + x4 >= 0",
    "b3 - b5 >= 0",
    "- b6 + b7 >= 0",
    "b6 - b8 >= 0",
    "- b9 + x10 >= 0",
    "b9 - b11 >= 0",
    "- b12 + x13 >= 0",
    "b12 - b14 >= 0",
    "- b15 + b16 >= 0",
    "b15 - b17 >= 0",
    "- b20 + x21 >= 0",
    "b20 - b22 >= 0",
    "- b25 + x26 >= 0",
    "b25 - b27 >= 0",
    "b27 - b28 >= 0",
    "- b18 + b19 <= 0",
    "- x23 + x51 <= 0",
    "- 2 x26 + x55 <= 0",
    "- x29 + x56 <= 0",
    "x31 + x32 >= 1",
    "x33 + x34 >= 1",
    "- x1 + x35 >= 0",
    "x36 + x37 >= 1",
    "x38 + x39 >= 1",
    "- x4 + x40 >= 0",
    "- b7 + x41 + x42 >= 0",
    "- x10 + x43 + x44 >= 0",
    "- x13 + x45 + x46 >= 0",
    "- b16 + x47 + x48 >= 0",
    "- x21 + x49 >= 0",
    "- x23 + x50 + x51 >= 0",
    "x52 + x53 >= 1",
    "- 2.13548 x26 + x54 + x55 >= 0",
    "- x29 + x56 + x57 >= 0",
    "x31 + x33 + x36 + x38 + x41 + x43 + x45 + x47 + x50 + x52 + x56 <= 1",
    "x54 <= 0",
    "x32 + x34 + x35 + x37 + x39 + x40 + x42 + x44 + x46 + x48 + x49 + x51 + x53 + x55 + x57 <= 4",
    "- b60 + b61 >= 0",
    "- b60 + x62 <= 0",
    "- b61 + x63 <= 0",
    "- x58 + x62 + x64 = 1",
    "x63 - x65 >= 0",
    "x58 - x59 <= 0",
    "- b0 + x59 <= 0",
    "- x64 - x66 + x67 = -1",
    "- b30 + x65 >= 0",
)

_NUMBERED = sorted(
    {name for row in _CHOSEN_BY_LISTING for _, _, name in _TERM.findall(row)}, key=lambda name: int(name[1:])
)

_LISTED = Case(
    "options that presolve lists one by one",
    programme(
        " ".join(_NUMBERED),
        "7 b18 + b19 + b22 + x23 + b24 + x26 + x29 + b61 + x66 + x67",
        _CHOSEN_BY_LISTING,
        whole=" ".join(name for name in _NUMBERED if name.startswith("b")),
        upper={name: 1.0 for name in _NUMBERED if name.startswith("b")} | {"x23": 1.0, "x26": 1.0, "x29": 1.0},
    ),
    2.0,
    "five pairs (x31 + x32 to x52 + x53) need 1 each, and the two sums of all such amounts allow 1 + 4: nothing is "
    "left for the others. So x1, x4, x10, x13, x21, x23, x26, x29, b7 and b16 are 0, with them every b that is no more "
    "than one of them, and the three choices are b2; b18 or b30; b19 (only with b18) or b24. b18 costs 7. b30 asks for "
    "b61, which costs 1, and leaves b24, which costs 1; x64 = 1 then meets all else for nothing: 2",
    "1.16.0 says that no point obeys every row, unless presolve lists no solutions, as routeplan asks of it",
)

ROOM_OF_A_TOLERANCE = Case(
    "rows with as much room as they may be missed by",
    programme(
        "b0 b1 b2 x3 x4 x5 x6 x7 b8",
        "b8",
        (
            "b0 - x3 <= 0.000001",
            "- b0 + b1 - x4 <= 0",
            "- b1 + b2 - x5 <= 0",
            "- b0 + x3 <= 0.000001",
            "- b1 + x4 <= 0",
            "- b2 + x5 <= 0",
            "- 3 x3 + x7 <= 0.000001",
            "3 x3 - x6 - x7 <= 0",
            "b2 - b8 <= 0",
            "x3 - b8 <= 0",
            "x4 - b8 <= 0",
        ),
        whole="b0 b1 b2 b8",
        upper={"b0": 1, "b1": 1, "b2": 1, "x6": 1, "b8": 1},
    ),
    0.0,
    "all at 0 obeys every row, and b8 is 0 or more",
    "1.16.0 says 1 where of its presolve rules Fourier-Motzkin is off and Aggregator on; it says 0 with "
    "mip_feasibility_tolerance = 1e-9, without presolve, and where the room is 0 or 0.00001",
)
"""A program with rows that have room of about `mip_feasibility_tolerance`, where presolve has erred.

Who makes such rows asks for a tolerance far below the room, as `routeplan.why.blockers` does.
"""

CASES = (_BUILD, _SHARE, _WHOLE_OR_PART, _FILL_UP, _DISTANCE, _IMPLIED, _LISTED, ROOM_OF_A_TOLERANCE)
"""The regression set."""
