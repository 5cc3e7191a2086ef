"""The settings of an instance: the keys of ``instance.toml``, and the object that holds their values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from routeplan.schema import units, usual
from routeplan.schema.column import Column, Kind, choice

SETTINGS_FILE = "instance.toml"

FORMAT = 1
"""Version of the format of instances and results; a file that names none is of version 1. It rises when an older reader
would take what is written for something else."""

FORMAT_KEY = "format"

Objective = Literal["cost", "emissions"]

FORMAT_COLUMN = Column(FORMAT_KEY, Kind.WHOLE, "Version of the format.", low=1.0, high=FORMAT, default=1.0)

SETTING_COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("name", Kind.ID, "Short name, used in file names: lower-case letters, digits, - and _."),
        Column("title", Kind.TEXT, "Title for readers.", default=""),
        Column("title_nl", Kind.TEXT, "Title for Dutch readers; empty: the other title.", default="", later=True),
        Column("description", Kind.TEXT, "What the instance describes.", default=""),
        Column(
            "description_nl",
            Kind.TEXT,
            "What the instance describes, for Dutch readers; empty: the other description.",
            default="",
            later=True,
        ),
        Column(
            "currency_year",
            Kind.WHOLE,
            "Year of the money's value.",
            low=1900.0,
            high=2200.0,
            usual=usual.CALENDAR_YEAR,
        ),
        Column(
            "base_year",
            Kind.WHOLE,
            "Year to which costs are discounted.",
            low=1900.0,
            high=2200.0,
            usual=usual.CALENDAR_YEAR,
        ),
        Column(
            "discount_rate", Kind.NUMBER, "Society's rate, for the objective.", low=0.0, below=1.0, usual=usual.RATE
        ),
        Column("firm_rate", Kind.NUMBER, "Firms' rate, for the business case.", low=0.0, below=1.0, usual=usual.RATE),
        Column(
            "participation",
            Kind.FLAG,
            "A firm only moves when its funding gap is covered.",
            words=("true", "false"),
            default="true",
        ),
        Column(
            "support_years",
            Kind.WHOLE,
            "Years that a funding gap counts.",
            units.TIME,
            low=1.0,
            default=15.0,
            usual=usual.LIFE,
        ),
        choice("objective", "What the plan minimises.", get_args(Objective), default="cost"),
    )
}

SILENCED = "silenced"

SETTING_GROUPS = ("sources", "calibration", SILENCED)
"""Optional groups of free text: where the data come from, how they were calibrated, and why warnings are not shown, by
their names."""


def _default(column: Column) -> Any:
    """The declared default of a setting, as a `Settings` holds it."""
    if column.kind is Kind.FLAG:
        return column.default == "true"
    return int(column.default) if isinstance(column.default, float) else column.default


_DEFAULTS = {name: _default(column) for name, column in SETTING_COLUMNS.items() if not column.required}


@dataclass(frozen=True)
class Settings:
    """The settings of one instance; `SETTING_COLUMNS` declares each key and its default.

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
    title_nl, description_nl : str
        For Dutch readers; empty: as for others.
    participation : bool
        Whether a firm only moves when its funding gap is covered.
    support_years : int
        Years that a funding gap counts.
    objective : {"cost", "emissions"}
        What the plan minimises.
    sources, calibration : mapping
        Free text: where the data come from, and how they were calibrated.
    silenced : mapping
        Names of warnings that are not to be shown, each with the reason.
    """

    name: str
    currency_year: int
    base_year: int
    discount_rate: float
    firm_rate: float
    title: str = _DEFAULTS["title"]
    title_nl: str = _DEFAULTS["title_nl"]
    description: str = _DEFAULTS["description"]
    description_nl: str = _DEFAULTS["description_nl"]
    participation: bool = _DEFAULTS["participation"]
    support_years: int = _DEFAULTS["support_years"]
    objective: Objective = _DEFAULTS["objective"]
    sources: Mapping[str, Any] = field(default_factory=dict)
    calibration: Mapping[str, Any] = field(default_factory=dict)
    silenced: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Sweeps come with numbers of NumPy, whose import the command line need not wait for.
        for name, value in vars(self).items():
            if type(value).__module__ == "numpy":
                object.__setattr__(self, name, value.item())

    def as_dict(self) -> dict[str, Any]:
        """Every key and its value, without empty groups and what came later and says nothing."""
        unused = {
            key for key, column in SETTING_COLUMNS.items() if column.later and getattr(self, key) == column.default
        }
        return {key: value for key, value in asdict(self).items() if value != {} and key not in unused}
