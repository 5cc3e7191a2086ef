"""Ranges in which numbers usually lie, each with its reason: what lies outside is warned of, and never refused."""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Usual:
    """Range in which the numbers of a column, or a ratio of columns, usually lie.

    Parameters
    ----------
    low, high : float
        The range, both ends inside; a 0 is always usual.
    why : str
        Reason of the range, in a few words: it ends the sentence of a warning.
    """

    low: float
    high: float
    why: str

    def outside(self, numbers: Any) -> Any:
        """Whether a number, or each of some, lies outside the range and is not 0; missing ones do not."""
        return (numbers != 0) & ((numbers < self.low) | (numbers > self.high))


# Of single columns: ten times and more below what a mistake of a thousand makes of common numbers, and above what the
# largest works of Europe have. Dutch industry as a whole uses about 100,000 GWh of gas and 35,000 GWh of electricity a
# year (CBS Statline, energy balance), and emits about 50,000 kt of CO2 (Emissieregistratie).

PROCESS_ENERGY = Usual(0.0, 30_000.0, "more than the largest works of Europe use: kWh or MWh for GWh?")
PROCESS_POWER = Usual(0.0, 1_000.0, "more than the largest single connections: kW for MW?")
PROCESS_ENERGY_NET = replace(PROCESS_ENERGY, low=-PROCESS_ENERGY.high)
PROCESS_POWER_CHANGE = replace(PROCESS_POWER, low=-PROCESS_POWER.high)
PROCESS_CO2 = Usual(0.0, 15_000.0, "more than the largest works of Europe emit: t for kt?")
PROCESS_MONEY = Usual(0.0, 5_000.0, "more than the largest projects cost: EUR or thousands of EUR for M EUR?")
PROCESS_MONEY_PER_YEAR = Usual(0.0, 500.0, "more than the largest works cost to run: EUR for M EUR?")
AREA_POWER = Usual(0.0, 5_000.0, "more than areas have: kW for MW? (An area without rows has no limit of its own.)")
AREA_QUEUE = Usual(0.0, 50_000.0, "more than queues for all of the country: kW for MW?")
SUPPLY = Usual(0.0, 50_000.0, "more than a country makes of green gas or heat: MWh for GWh?")
SOURCE = Usual(0.0, 200_000.0, "more than a country uses or stores: MWh for GWh, or t for kt?")
POT = Usual(0.0, 100_000.0, "more than any fund of a country: EUR or thousands of EUR for M EUR?")
GRANT = Usual(0.0, 5_000.0, "more than the largest grants: EUR or thousands of EUR for M EUR?")
HUB_MONEY = Usual(0.0, 10_000.0, "more than the largest hubs: EUR or thousands of EUR for M EUR?")
LENGTH = Usual(0.0, 1_500.0, "longer than from one end of Western Europe to the other: m for km?")
PIPE_MONEY = Usual(0.0, 50.0, "ten times and more what large pipes cost: EUR per m, or thousands of EUR, for M EUR/km?")
NATIONAL_CO2 = Usual(0.0, 1_000_000.0, "more than any country of Europe emits: t for kt?")
CO2_PRICE = Usual(1.0, 3_000.0, "far from any price of CO2: EUR/kg for EUR/t?")
STEP_PRICE = Usual(1.0, 1_000.0, "far from any price of energy: EUR/kWh for EUR/MWh?")
UNIT_PRICE = Usual(0.01, 1_000.0, "far from any cost of energy or CO2: EUR/kWh for EUR/MWh, or EUR/kg for EUR/t?")
CALENDAR_YEAR = Usual(1990.0, 2100.0, "no year of a plan: a duration, or two figures too few?")
PERIOD_LENGTH = Usual(1.0, 25.0, "too long for one decision: a year for a number of years?")
LIFE = Usual(1.0, 80.0, "longer than plants and pipes last")
FACTOR = Usual(0.1, 5.0, "a factor of which 1 is today: per cent?")
RATE = Usual(0.0, 0.25, "above any rate in use: per cent?")

# Of single sites of a sheet or survey: dispersed industry, outside the five big clusters.

SITE_GAS = Usual(0.0, 3_000.0, "more than sites outside the big clusters use: MWh, m3 or kWh for GWh?")
SITE_ELECTRICITY = Usual(0.0, 2_000.0, "more than sites outside the big clusters use: MWh or kWh for GWh?")
SITE_POWER = Usual(0.0, 200.0, "more than sites outside the big clusters have: kW for MW?")

# Of one column beside another.

CO2_OF_GAS = Usual(0.05, 50.0, "gas gives about 0.2; is one of them in another unit (t, MWh), or missing?")
"""CO2 for each GWh of gas [kt/GWh]: gas itself gives 0.18 to 0.2; with process emissions, or other
fuels beside it, many times that."""

HOURS = Usual(300.0, 20_000.0, "a year has 8,760; is one of them in another unit (kW, MWh)?")
"""Electricity over capacity [h/yr]: above 8,760 where a site draws part of it from what it has already."""

MONEY_OF_POWER = Usual(0.005, 20.0, "plants cost 0.05 to 5; is one of them in another unit (EUR, kW)?")
"""Capex over new capacity of an electric option [M EUR/MW]: boilers 0.1 to 0.5, heat pumps and kilns 1 to 5."""

ROOM_OVER_NEED = 300.0
"""No area has so many times the room that all options of its sites could ask for: kW are a thousand times MW."""

MONEY_OVER_COST = 10_000.0
"""No pot holds so many times what all starts cost: EUR are a million times M EUR."""

CAP_OVER_EMISSIONS = 50.0
"""No cap is so many times what its sites emit today: t are a thousand times kt."""

RISE = 3.0
"""No option emits this many times what its process emits today."""

EUROPE = ((34.0, 72.0), (-25.0, 45.0))
"""Latitudes and longitudes of Europe [degrees]: with the two swapped, hardly any of its places lies in it."""

FAR, FAR_TIMES = 400.0, 6.0
"""A site is far away that lies so far [km], and so many times as far as half of all, from the middle of all sites."""

SHORT = (0.9, 10.0)
"""A link is too short below this share of the line between its ends, if that is so many km less: towns are known by one
point."""

JUMP = 20.0
"""Prices that change by this factor from one period to the next are most likely in another unit."""

PRICES = {
    "electricity": Usual(15.0, 1_000.0, "EUR/kWh or ct/kWh for EUR/MWh?"),
    "flexible_electricity": Usual(2.0, 500.0, "EUR/kWh or ct/kWh for EUR/MWh?"),
    "gas": Usual(5.0, 500.0, "EUR/m3 or EUR/kWh for EUR/MWh?"),
    "green_gas": Usual(5.0, 1_000.0, "EUR/m3 or EUR/kWh for EUR/MWh?"),
    "hydrogen": Usual(10.0, 1_500.0, "EUR/kg or EUR/kWh for EUR/MWh?"),
    "heat": Usual(2.0, 500.0, "EUR/GJ or EUR/kWh for EUR/MWh?"),
    "co2": Usual(1.0, 3_000.0, "EUR/kg for EUR/t?"),
    "co2_removed": Usual(1.0, 3_000.0, "EUR/kg for EUR/t?"),
    "co2_storage": Usual(5.0, 2_000.0, "EUR/kg for EUR/t?"),
    "grid_fee": Usual(5.0, 1_500.0, "EUR/MW or EUR/kW/month for EUR/kW/yr?"),
    "flexible_fee": Usual(2.0, 1_000.0, "EUR/MW or EUR/kW/month for EUR/kW/yr?"),
}
"""Prices of each item, and of its value for society, in the unit of the item: the package's default tables lie well
inside."""
