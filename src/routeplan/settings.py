"""The settings of an instance, as read from ``instance.toml``."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Objective = Literal["cost", "emissions"]


@dataclass(frozen=True)
class Settings:
    """What holds for the whole instance; the schema declares each key.

    Parameters
    ----------
    name : str
        Short name, used in file names.
    currency_year : int
        Year of the money's value.
    base_year : int
        Year to which costs are discounted.
    discount_rate, firm_rate : float
        Society's rate (objective) and firms' rate (business case), fractions per year.
    title, description : str
        For readers.
    participation : bool
        Whether a firm only moves when its funding gap is covered.
    support_years : int
        Years that a funding gap counts.
    objective : {"cost", "emissions"}
        What the plan minimises.
    sources, calibration : mapping
        Free text: where the data come from, and how they were calibrated.
    """

    name: str
    currency_year: int
    base_year: int
    discount_rate: float
    firm_rate: float
    title: str = ""
    description: str = ""
    participation: bool = True
    support_years: int = 15
    objective: Objective = "cost"
    sources: Mapping[str, Any] = field(default_factory=dict)
    calibration: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Every key and its value, in the schema's order, empty groups left out."""
        return {key: value for key, value in asdict(self).items() if value != {}}
