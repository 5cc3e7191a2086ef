"""The highest power that a firm takes from the grid, from the profile in its survey."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from routeplan.data.workbook.file import Value
from routeplan.data.workbook.named import NamedCells
from routeplan.instance.rules.words import folded

QUARTER = 15.0
DATA, METADATA = "profiledata", "profilemetadata"
"""Ranges of one number belong together: the one describes the other."""

_MINUTES_OF_STEP = {"PT15M": 15.0, "PT1H": 60.0}
_UNIT, _KIND, _STEP, _WHOLE = "eenheid", "soort profiel", "resolutie in minuten", "profiel compleet"
_DELIVERY = "levering"
_LARGEST = 1e9
"""Values of so many kWh and more are left out: no firm takes that much in a step."""
_ENOUGH = 350 * 24 * 60
"""Minutes for which there must be values: the peak of half a year may not be that of the year."""
_MAY_LACK = 365 * 24 * 60 - _ENOUGH
"""Minutes for which values may be left out: the peak may have been among them."""


@dataclass(frozen=True)
class Profile:
    """Electricity taken from the grid, step by step.

    Parameters
    ----------
    energy : tuple of float
        Energy of each step [kWh], 0 or more.
    minutes : float
        Length of a step.
    delivery : bool
        Whether it is what is taken from the grid; others are not used.
    described : bool
        Whether unit and step are known, and it is said to be complete or nothing is said.
    left_out : int
        Values that are no number or too large, and not in `energy`; empty cells are not counted.
    fed_in : int
        Steps with a value below 0, which is feed-in: nothing is taken from the grid then, so that they are 0.
    """

    energy: tuple[float, ...]
    minutes: float
    delivery: bool = True
    described: bool = True
    left_out: int = 0
    fed_in: int = 0

    @property
    def too_much_left_out(self) -> bool:
        """Whether values are left out for more than two weeks."""
        return self.left_out * self.minutes > _MAY_LACK

    @property
    def only_fed_in(self) -> bool:
        """Whether some value is below 0 and none above."""
        return self.fed_in > 0 and max(self.energy) == 0.0

    @property
    def whole_year(self) -> bool:
        """Whether there are values for a year, but for two weeks."""
        return self.described and len(self.energy) * self.minutes >= _ENOUGH

    @property
    def peak(self) -> float:
        """Highest mean power of a step [kW]."""
        return max(self.energy) * 60.0 / self.minutes


def profiles_of_cells(cells: Sequence[NamedCells]) -> dict[str, Profile]:
    """Profiles among the named ranges of a workbook: two columns, of which the second holds the energy [kWh].

    A range ``profileData1`` is described by ``profileMetadata1``; others have a value for each quarter of an hour.
    """
    described = {folded(each.name)[len(METADATA) :]: each for each in cells if folded(each.name).startswith(METADATA)}
    found = {}
    for each in cells:
        name = folded(each.name)
        if each.single or not each.rows or len(each.rows[0]) != 2 or name.startswith(METADATA):
            continue
        values = [row[1] for row in each.rows]
        if name.startswith(DATA):
            about = described.get(name[len(DATA) :])
            found[name] = _described(values, {} if about is None else _pairs(about))
        else:
            found[name] = _profile(values, QUARTER)
    return found


def profile_of_series(series: Mapping[str, Any]) -> Profile:
    """Profile of a time series of JSON."""
    values = series["values"] if isinstance(series["values"], list) else []
    minutes = _MINUTES_OF_STEP.get(str(series.get("timeStep", "PT15M")), math.nan)
    known = series.get("unit", "KWH") == "KWH" and not math.isnan(minutes)
    delivery = series.get("type", "ELECTRICITY_DELIVERY") == "ELECTRICITY_DELIVERY"
    return _profile(values, minutes if known else QUARTER, delivery, known)


def _pairs(about: NamedCells) -> dict[str, Value]:
    return {folded(str(row[0])): row[1] for row in about.rows if len(row) > 1 and row[0] is not None}


def _described(values: Sequence[Value], about: Mapping[str, Value]) -> Profile:
    step, whole = about.get(_STEP), about.get(_WHOLE)
    minutes = float(step) if isinstance(step, int | float) and not isinstance(step, bool) and step > 0 else math.nan
    known = folded(str(about.get(_UNIT) or "")) == "kwh" and not math.isnan(minutes) and whole is True
    delivery = folded(str(about.get(_KIND) or "")) == _DELIVERY
    return _profile(values, QUARTER if math.isnan(minutes) else minutes, delivery, known)


def _profile(values: Sequence[Value], minutes: float, delivery: bool = True, described: bool = True) -> Profile:
    """The profile of the values that are energy, with the count of the others."""
    given = [value for value in values if value is not None and not (isinstance(value, str) and not value.strip())]
    numbers = [float(value) for value in given if _is_energy(value)]
    energy = tuple(max(0.0, number) for number in numbers)
    fed_in = sum(number < 0 for number in numbers)
    return Profile(energy, minutes, delivery, described, len(given) - len(numbers), fed_in)


def _is_energy(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST
