"""What is looked for in a survey: the fields, what their answers hold, and why other answers are not needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from routeplan.importers.sites.fields import CUBIC_METRES
from routeplan.schema import units


class Content(Enum):
    """What the answer to a field holds."""

    TEXT = "text"
    YES_OR_NO = "yes or no"
    NUMBER = "a number, 0 or more"
    DEGREES = "degrees, or metres of RD New"
    SECTOR = "a sector of the default tables"
    CUSTOMER = "grootverbruik or kleinverbruik"
    CONNECTION = "phases and amperes, such as 3x80A"
    WISHES = "routes that the firm wants, with years"
    PROFILE = "a range of quarter-hour values"


ENERGY: Mapping[str, float] = {"kWh/yr": 1e-6, "MWh/yr": 1e-3, units.ENERGY: 1.0}
POWER: Mapping[str, float] = {"kW": 1e-3, units.POWER: 1.0}
SHARE: Mapping[str, float] = {"%": 0.01, units.ONE: 1.0}
CO2: Mapping[str, float] = {"t/yr": 1e-3, units.CO2: 1.0}
GAS: Mapping[str, float] = {CUBIC_METRES: 1.0, **ENERGY}
NONE: Mapping[str, float] = {units.ONE: 1.0}
"""Units that numbers may have, each with its size in the unit of an instance; cubic metres of gas stay as they are."""


@dataclass(frozen=True)
class Field:
    """Something that an import looks for in a survey.

    Parameters
    ----------
    name : str
        What it is called in the file of names.
    content : Content
        What its answer holds.
    units : mapping of str to float
        Units that its numbers may have, with their size in that of an instance.
    personal : bool
        Whether its answer tells which firm it is, so that it is not copied where the name is withheld.
    zero_is_empty : bool
        Whether 0 means that nobody answered: a sheet that passes on an empty cell shows 0.
    """

    name: str
    content: Content = Content.TEXT
    units: Mapping[str, float] = field(default_factory=lambda: NONE)
    personal: bool = False
    zero_is_empty: bool = False


FIELDS: Mapping[str, Field] = {
    each.name: each
    for each in (
        Field("name", personal=True),
        Field("street", personal=True),
        Field("house_number", personal=True),
        Field("town"),
        Field("postcode", personal=True),
        Field("lat", Content.DEGREES, personal=True),
        Field("lon", Content.DEGREES, personal=True),
        Field("consent", Content.YES_OR_NO),
        Field("completeness", personal=True),
        Field("sector", Content.SECTOR),
        Field("gas_connection", Content.YES_OR_NO),
        Field("gas", Content.NUMBER, GAS),
        Field("gas_buildings", Content.NUMBER, GAS),
        Field("gas_buildings_share", Content.NUMBER, SHARE),
        Field("electricity", Content.NUMBER, ENERGY, zero_is_empty=True),
        Field("customer", Content.CUSTOMER),
        Field("contract_capacity", Content.NUMBER, POWER, zero_is_empty=True),
        Field("phases", Content.NUMBER, zero_is_empty=True),
        Field("amperes", Content.NUMBER, zero_is_empty=True),
        Field("connection", Content.CONNECTION),
        Field("peak", Content.NUMBER, POWER, zero_is_empty=True),
        Field("delivery_profile", Content.PROFILE),
        Field("spare_capacity", Content.NUMBER, POWER),
        Field("process_co2", Content.NUMBER, CO2),
        Field("station"),
        Field("shared_contract"),
        Field("wishes", Content.WISHES, personal=True),
    )
}
"""Every field, by its name."""


class Reason(Enum):
    """Why an answer is not needed; the words stand in the catalogues."""

    CONTACT = "it names a person or a connection, and is not copied"
    PROJECT = "it belongs to the survey's own administration"
    REMARKS = "remarks in words: for people to read"
    TRANSPORT = "transport is no part of the plan"
    GENERATION = "own generation is no part of the plan; what is taken from the grid counts"
    FEED_IN = "feeding in is no part of the plan"
    STORAGE = "batteries are no part of the plan"
    HEAT = "what makes the heat today follows from gas and sector"
    GROWTH = "growth is told in trends.csv or activity.csv, for a sector or a site"
    REQUEST = "a request at the grid operator is no limit or option; its works stand in headroom.csv"
    FLEXIBILITY = "flexibility follows from the route"
    PROFILE = "of the profiles the delivery of electricity counts alone"
    OTHER = "it is said not to be needed"
