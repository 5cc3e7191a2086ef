"""The canonical unit of each quantity: fixed by the format, never part of a column's name.

GWh x EUR/MWh, kt x EUR/t and MW x EUR/kW are all thousands of EUR: divided by ``PER_MILLION`` they are M EUR.
"""

POWER = "MW"
ENERGY = "GWh/yr"
CO2 = "kt/yr"
CO2_IN_ALL = "kt"
CARRIER_FLOW = f"{ENERGY} (hydrogen) or {CO2} (CO2)"
LENGTH = "km"
TIME = "yr"
MONEY = "M EUR"
MONEY_PER_YEAR = "M EUR/yr"
MONEY_PER_LENGTH = "M EUR/km"
ENERGY_PRICE = "EUR/MWh"
CO2_PRICE = "EUR/t"
CARRIER_PRICE = f"{ENERGY_PRICE} (hydrogen) or {CO2_PRICE} (CO2)"
ITEM_PRICE = "EUR/MWh, EUR/t or EUR/kW/yr, by item"
POWER_PER_FLOW = "GWh per GWh (hydrogen) or per kt (CO2)"
SHARE = "fraction"
SECONDS = "s"
ONE = ""

OF_CARRIER = {"hydrogen": ENERGY, "co2": CO2}
"""Unit of what a network of each carrier transports."""

PRICE_OF_CARRIER = {"hydrogen": ENERGY_PRICE, "co2": CO2_PRICE}
"""Unit of what each carrier costs."""

PER_MILLION = 1000.0
