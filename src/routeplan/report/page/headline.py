"""Head of a page on a plan, before any picture: a sentence, the main figures, and the proof."""

from dataclasses import dataclass

import pandas as pd

from routeplan.instance.names import scenario_title
from routeplan.instance.options import options_of
from routeplan.language.language import Words
from routeplan.report.money import meaning_of_cost, public_money_told, rate_told
from routeplan.report.page.nothing import less_than_nothing
from routeplan.result.payers import investment_in_full
from routeplan.result.result import Result, Status
from routeplan.result.summary import emissions_by_period, energy_by_commodity, goal_unit, overview
from routeplan.result.summary_limits import exceeded_by, targets
from routeplan.result.summary_power import new_capacity_by_period
from routeplan.schema import units
from routeplan.schema.inputs import ALL


@dataclass(frozen=True)
class Figure:
    """A figure of a plan, in words.

    Parameters
    ----------
    label, value, unit : str
        What it is, how much, and in which unit.
    note : str
        What else must be known to read it.
    amount : float
        How much, as a number.
    """

    label: str
    value: str
    unit: str
    note: str
    amount: float


@dataclass(frozen=True)
class Fact:
    """Something known of a result; `code` where it is not meant to be read out."""

    label: str
    value: str
    code: bool = False


def lead(result: Result, words: Words) -> str:
    """Summarise a plan in a sentence or two: its emissions, its targets and its proof."""
    co2 = emissions_by_period(result).sort_values("period")
    told = [_emitted(co2, words), *_stored(co2.iloc[-1], words), *_targets(result, words), _proof(result, words)]
    return " ".join(told)


def _emitted(co2: pd.DataFrame, words: Words) -> str:
    """Sentence on the emissions, from the first period to the last where there are several."""
    first, last = co2.iloc[0], co2.iloc[-1]
    unit, emitted = words.unit(units.CO2), words.number(last["emissions"])
    if len(co2) == 1:
        return words("CO2 is {last} {unit}.", last=emitted, unit=unit)
    return words(
        "CO2 goes from {first} {unit} in {start} to {last} {unit} from {end} on.",
        first=words.number(first["emissions"]),
        last=emitted,
        unit=unit,
        start=int(first["period"]),
        end=int(last["period"]),
    )


def _stored(last: "pd.Series[float]", words: Words) -> list[str]:
    """Sentence on stored biogenic CO2, which is no emission less."""
    if last["removed"] <= 0.0:
        return []
    removed, unit = words.number(last["removed"]), words.unit(units.CO2)
    return [words("Besides, {removed} {unit} of biogenic CO2 is stored.", removed=removed, unit=unit)]


def _targets(result: Result, words: Words) -> list[str]:
    """Sentences on the targets: those of all sites, met or missed by how much, and how many others are met."""
    known = targets(result)
    known["missed"] = exceeded_by(known.rename(columns={"reached": "used", "cap": "bound"}))
    of_all = known[known["scope"] == ALL]
    told = [
        words("The target for {year} is met.", year=year)
        if missed == 0.0
        else words(
            "The target for {year} is missed by {missed} {unit}.",
            year=year,
            missed=words.number(missed),
            unit=words.unit(units.CO2),
        )
        for year, missed in zip(of_all["period"], of_all["missed"], strict=True)
    ]
    others = known[known["scope"] != ALL]
    if len(others):
        told.append(_other_targets(len(others), int((others["missed"] > 0.0).sum()), words))
    return told


def _other_targets(count: int, missed: int, words: Words) -> str:
    """Sentence on the targets of sectors and regions."""
    if count == 1:
        if missed:
            return words("The target of a sector or region is missed.")
        return words("The target of a sector or region is met.")
    if missed:
        return words("Of {count} targets of sectors and regions {number} are missed.", count=count, number=missed)
    return words("The {count} targets of sectors and regions are met.", count=count)


def against(result: Result, name: str, reference: Result, words: Words) -> str:
    """Sentence on the difference in cost and emissions from another plan, of that `name`."""
    (one, other) = (emissions_by_period(each).sort_values("period").iloc[-1] for each in (result, reference))
    return words(
        "Against {name}: {cost} {money} of cost, and {emissions} {co2} of CO2 from {year} on.",
        name=name,
        cost=words.signed(float(result.cost or 0.0) - float(reference.cost or 0.0)),
        money=words.unit(units.MONEY),
        emissions=words.signed(one["emissions"] - other["emissions"]),
        co2=words.unit(units.CO2),
        year=int(one["period"]),
    )


def _proof(result: Result, words: Words) -> str:
    facts, unit = overview(result), words.unit(goal_unit(result))
    told = {"objective": words.number(facts["objective"]), "bound": words.number(facts["bound"]), "unit": unit}
    if result.instance.settings.objective == "emissions":
        return words(
            "Over all years the plan emits {objective} {unit}; it is proven that no plan emits less than {bound} "
            "{unit}.",
            **told,
        )
    return words("The plan costs {objective} {unit}; it is proven that no plan costs less than {bound} {unit}.", **told)


def figures(result: Result, words: Words) -> list[Figure]:
    """Main figures of a plan."""
    co2 = emissions_by_period(result).sort_values("period").iloc[-1]
    year = int(co2["period"])
    granted, of_budget = public_money_told(result, words)
    asked = new_capacity_by_period(result).sort_values("period").iloc[-1]
    return [
        Figure(
            words("CO2 from {year} on", year=year),
            words.number(co2["emissions"]),
            words.unit(units.CO2),
            _against_today(co2["emissions"], co2["as_today"], words),
            float(co2["emissions"]),
        ),
        Figure(
            words("Discounted cost"),
            words.number(float(result.cost or 0.0)),
            words.unit(units.MONEY),
            _joined(less_than_nothing(result, words), meaning_of_cost(result.instance.settings, words)),
            float(result.cost or 0.0),
        ),
        _gas(result, year, words),
        Figure(
            words("Public money"),
            words.number(granted),
            words.unit(units.MONEY),
            of_budget,
            granted,
        ),
        Figure(
            words("New grid capacity from {year} on", year=year),
            words.number(asked["total"]),
            words.unit(units.POWER),
            words("of which {firm} firm", firm=words.number(asked["firm"])),
            float(asked["total"]),
        ),
    ]


def _joined(*told: str) -> str:
    return "; ".join(filter(None, told))


def _scenario(result: Result, words: Words) -> str:
    """Title of the scenario, with its name where that is another."""
    name, title = result.instance.scenario, scenario_title(result.instance, words)
    if name is None:
        return words("none")
    return name if title == name else f"{title} ({name})"


def _gas(result: Result, year: int, words: Words) -> Figure:
    """Natural gas in the last period, against what processes would use if nothing changed."""
    energy = energy_by_commodity(result).query("commodity == 'gas' and period == @year")
    used = float(energy["amount"].sum())
    as_today = float(options_of(result.instance).current.query("period == @year")["gas"].sum())
    label, unit = words("Natural gas from {year} on", year=year), words.unit(units.ENERGY)
    return Figure(label, words.number(used), unit, _against_today(used, as_today, words), used)


def _against_today(amount: float, as_today: float, words: Words) -> str:
    """By what share an amount is less, or more, than it would be if nothing changed."""
    less = 1.0 - amount / as_today if as_today > 0.0 else 0.0
    if less >= 0.0:
        return words("{share} less than if nothing changed", share=words.percent(less))
    return words("{share} more than if nothing changed", share=words.percent(-less))


def facts(result: Result, words: Words) -> list[Fact]:
    """Facts about a result: its proof, its instance, and its solve."""
    known, unit = overview(result), words.unit(goal_unit(result))
    instance, record, settings = result.instance, result.record, result.instance.settings
    proven = {
        Status.OPTIMAL: words("optimal: within {gap} of the best plan", gap=words.percent(record.gap_asked, 3)),
        Status.FEASIBLE: words("feasible: the gap is wider than was asked"),
    }
    return [
        Fact(words("Status"), proven.get(result.status, words.name(result.status))),
        Fact(words("Objective"), f"{words.number(known['objective'])} {unit}"),
        Fact(words("Bound"), f"{words.number(known['bound'])} {unit}"),
        Fact(words("Gap"), words.percent(result.gap or 0.0, 3)),
        Fact(
            words("Investment of firms, discounted"),
            f"{words.number(investment_in_full(result))} {words.unit(units.MONEY)}",
        ),
        Fact(words("Money of"), str(settings.currency_year)),
        Fact(words("Discounted to"), str(settings.base_year)),
        Fact(words("Discount rate of society"), rate_told(settings.discount_rate, words)),
        Fact(words("Discount rate of firms"), rate_told(settings.firm_rate, words)),
        Fact(words("Scenario"), _scenario(result, words)),
        Fact(words("Solved in"), f"{words.number(record.seconds)} {words.unit(units.SECONDS)}"),
        Fact(words("Instance"), instance.name, code=True),
        Fact("SHA-256", instance.sha256, code=True),
    ]
