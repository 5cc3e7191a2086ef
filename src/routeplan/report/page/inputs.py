"""What a plan was made with: prices, values and rates, as a table of a page."""

import numpy as np

from routeplan.instance.instance import Instance
from routeplan.language.language import Words
from routeplan.report.money import rate_told
from routeplan.report.page.table import PageTable
from routeplan.schema.inputs import ALL, CO2_ITEMS, FEES, ITEMS, VALUED_ITEMS

UNITS = dict.fromkeys(ITEMS, "EUR/MWh") | dict.fromkeys(CO2_ITEMS, "EUR/t") | dict.fromkeys(FEES, "EUR/kW/yr")
"""Unit of the price of each item."""


def inputs_table(instance: Instance, words: Words) -> PageTable:
    """Table of the prices that firms pay and of the values that society counts, by period.

    Parameters
    ----------
    instance : Instance
        What was solved.
    words : Words
        The readers' language.

    Returns
    -------
    PageTable
        A row for each item and group with a price or a value; one where the two are the same.
    """
    rows = [row for item in ITEMS for row in _rows(item, instance, words)]
    heads = [words("Item"), words("What"), words("Unit"), *map(str, instance["periods"]["period"])]
    return PageTable(heads, rows, texts=3)


def _rows(item: str, instance: Instance, words: Words) -> list[list[str]]:
    groups = [ALL, *sorted({*instance["sites"]["price_group"], *instance["prices"]["group"]} - {ALL, ""})]
    every = np.arange(len(instance.horizon))
    found: list[list[str]] = []
    told: dict[str, list[str]] = {}
    for group in groups:
        names = [group] * len(every)
        price, value = (look(item, names, every) for look in (instance.prices.price, instance.prices.value))
        alike = item not in VALUED_ITEMS or bool((price == value).all())
        lines = {words("price and value"): price} if alike else {words("price to firms"): price}
        lines |= {} if alike else {words("value to society"): value}
        for what, amounts in lines.items():
            cells = [words.number(float(amount)) for amount in amounts]
            if not amounts.any() or told.get(what) == cells:
                continue
            if group == ALL:
                told[what] = cells
            beside = "" if group == ALL else f" ({words.name(group)})"
            found.append([item_name(item, words) + beside, what, words.unit(UNITS[item]), *cells])
    return found


def item_name(item: str, words: Words) -> str:
    """Name of an item that has a price."""
    own = {"co2": words("CO2 emitted"), "co2_removed": words.name("co2_removed")}
    return own.get(item) or words.name(item)


def inputs_notes(instance: Instance, words: Words) -> list[str]:
    """Sentences on money and rates."""
    settings = instance.settings
    told = [
        words(
            "Money of {year}, discounted to {base}: at {society} by society, for which the plan is made; firms count "
            "with {firms} a year.",
            year=settings.currency_year,
            base=settings.base_year,
            society=rate_told(settings.discount_rate, words),
            firms=rate_told(settings.firm_rate, words),
        )
    ]
    if settings.participation:
        told.append(
            words(
                "A firm takes part when support covers what a route costs it more than staying as it is, over {years} "
                "years at most.",
                years=settings.support_years,
            )
        )
    if len(instance["supply"]) or len(instance["sources"]):
        told.append(words("What is bought from sources, or in steps of supply, has its own prices in the tables."))
    return told
