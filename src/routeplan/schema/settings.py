"""The settings of an instance: the keys of ``instance.toml``."""

from routeplan import units
from routeplan.schema.column import Column, Kind, choice

SETTINGS_FILE = "instance.toml"

SETTING_COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("name", Kind.ID, "Short name, used in file names: lower-case letters, digits, - and _."),
        Column("title", Kind.TEXT, "Title for readers.", default=""),
        Column("description", Kind.TEXT, "What the instance describes.", default=""),
        Column("currency_year", Kind.WHOLE, "Year of the money's value.", low=1900.0, high=2200.0),
        Column("base_year", Kind.WHOLE, "Year to which costs are discounted.", low=1900.0, high=2200.0),
        Column("discount_rate", Kind.NUMBER, "Society's rate, for the objective.", low=0.0, below=1.0),
        Column("firm_rate", Kind.NUMBER, "Firms' rate, for the business case.", low=0.0, below=1.0),
        Column(
            "participation",
            Kind.FLAG,
            "A firm only moves when its funding gap is covered.",
            words=("true", "false"),
            default="true",
        ),
        Column("support_years", Kind.WHOLE, "Years that a funding gap counts.", units.TIME, low=1.0, default=15.0),
        choice("objective", "What the plan minimises.", ("cost", "emissions"), default="cost"),
    )
}

SETTING_GROUPS = ("sources", "calibration")
"""Optional groups of free text: where the data come from, and how they were calibrated."""
