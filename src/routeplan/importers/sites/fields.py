"""The columns of the sheet of sites: headers, meanings and what is allowed, in the words of the catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from routeplan.data.header import FREE_IN_DUTCH, FREE_PREFIXES
from routeplan.estimate.technology.demand import BANDS
from routeplan.schema import units, usual
from routeplan.schema.usual import Usual


class Content(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    ID = "an id, made of any text"
    SECTOR = "a sector of the default tables"
    NUMBER = "a number, 0 or more"
    DEGREES = "degrees, or metres of RD New"
    WISHES = "routes that the firm wants, with years"


@dataclass(frozen=True)
class Field:
    """A column of the sheet.

    Parameters
    ----------
    name : str
        What it is called in the code.
    header : str
        Its header, in English; the catalogues have the others.
    about : str
        One sentence for those who fill it in.
    content : Content
        What its cells hold.
    unit : str
        Unit of its numbers.
    shown : bool
        Whether the template has the column; others may be added.
    needed : bool
        Whether every row must have a value.
    usual : Usual, optional
        Range in which its numbers usually lie; of gas the sizes of the sector count where they are known.
    """

    name: str
    header: str
    about: str
    content: Content = Content.TEXT
    unit: str = units.ONE
    shown: bool = True
    needed: bool = False
    usual: Usual | None = None


CUBIC_METRES = "m3/yr"

FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("name", "name", "Name of the site, for readers.", needed=True),
        Field("place", "town", "Town in which it lies; or leave it empty, and add columns with coordinates."),
        Field("sector", "sector", "Sector of industry, one of the list.", Content.SECTOR, needed=True),
        Field(
            "gas",
            "gas",
            "Natural gas used in a year (lower heating value).",
            Content.NUMBER,
            units.ENERGY,
            usual=usual.SITE_GAS,
        ),
        Field(
            "gas_m3",
            "gas volume",
            "The same by volume, where you know that.",
            Content.NUMBER,
            CUBIC_METRES,
            False,
        ),
        Field(
            "electricity",
            "electricity",
            "Electricity used in a year; empty: estimated from the gas, by sector.",
            Content.NUMBER,
            units.ENERGY,
            usual=usual.SITE_ELECTRICITY,
        ),
        Field(
            "spare_capacity",
            "free in contract",
            "Capacity that is still free in the present contract; empty: estimated.",
            Content.NUMBER,
            units.POWER,
            usual=usual.SITE_POWER,
        ),
        Field("contract", "shared contract", "Any name; sites with the same one share a contract.", Content.ID),
        Field("station", "station", "Station that feeds the site; empty: only the congestion area counts.", Content.ID),
        Field(
            "wishes",
            "wishes",
            "What the firm wants, and when: electrification 2030 planned; hydrogen 2035.",
            Content.WISHES,
        ),
        Field("postcode", "postcode", "Tells towns of one name apart.", shown=False),
        Field("lat", "latitude", "Degrees (WGS 84), or y of RD New.", Content.DEGREES, shown=False),
        Field("lon", "longitude", "Degrees (WGS 84), or x of RD New.", Content.DEGREES, shown=False),
        Field("area", "congestion area", "Congestion area, where it is not that of the town.", shown=False),
        Field("region", "region", "Region, where it is not that of the town.", shown=False),
        Field(BANDS[0], "gas below 100 C", "Part of the gas.", Content.NUMBER, units.ENERGY, False),
        Field(BANDS[1], "gas 100 to 200 C", "Part of the gas.", Content.NUMBER, units.ENERGY, False),
        Field(BANDS[2], "gas 200 to 500 C", "Part of the gas.", Content.NUMBER, units.ENERGY, False),
        Field(BANDS[3], "gas above 500 C", "Part of the gas.", Content.NUMBER, units.ENERGY, False),
        Field(
            "process_co2",
            "CO2 not from gas",
            "Fossil CO2 of the process itself; empty: estimated, by sector.",
            Content.NUMBER,
            units.CO2,
            False,
        ),
    )
}
"""Every column that is read, by its name."""

SHEETS = ("sites", "locaties")
"""Names of the sheet; a workbook with one sheet alone may call it anything."""

NOTES = (*FREE_PREFIXES, *FREE_IN_DUTCH)
"""How the headers of columns begin that are the user's own."""

MATURITIES = ("firm", "planned", "idea")
