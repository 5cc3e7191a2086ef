"""Amounts of money in words: what they are of, the same on a page and in a workbook."""

from routeplan.language.language import Words
from routeplan.result.result import Result
from routeplan.result.summary import public_money
from routeplan.schema.settings import Settings

_RATE_DIGITS = 2
"""Decimals of a discount rate in per cent, at most."""


def rate_told(rate: float, words: Words) -> str:
    """A discount rate in per cent."""
    return words.percent(rate, _RATE_DIGITS)


def meaning_of_cost(settings: Settings, words: Words) -> str:
    """Of what year, over what years and at whose values the discounted cost of a plan is."""
    return words(
        "in money of {year}, over all years, at society's values, discounted to {base} at {rate}",
        year=settings.currency_year,
        base=settings.base_year,
        rate=rate_told(settings.discount_rate, words),
    )


def public_money_told(result: Result, words: Words) -> tuple[float, str]:
    """Public money that is granted over all periods [M EUR], and of how much."""
    money = public_money(result)
    budget = words.number(float(money["budget"].sum()))
    return float(money["granted"].sum()), words("of {budget} in the pots; not discounted", budget=budget)
