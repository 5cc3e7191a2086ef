"""What a page says of a plan before any picture: a sentence, the main figures, and what is proven."""

from dataclasses import dataclass

from routeplan import units
from routeplan.report.language import Words
from routeplan.result import Result, Status
from routeplan.summary import emissions_by_period, overview, public_money


@dataclass(frozen=True)
class Figure:
    """A figure of a plan, in words.

    Parameters
    ----------
    label, value, unit : str
        What it is, how much, and in which unit.
    note : str
        What else must be known to read it.
    """

    label: str
    value: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """Something known of a result; `code` where it is not meant to be read out."""

    label: str
    value: str
    code: bool = False


def lead(result: Result, words: Words) -> str:
    """Say in a sentence or two what the plan does, what it costs and how good it is known to be."""
    co2 = emissions_by_period(result).sort_values("period")
    first, last = co2.iloc[0], co2.iloc[-1]
    what = words(
        "CO2 goes from {first} {unit} in {start} to {last} {unit} from {end} on.",
        first=words.number(first["emissions"]),
        last=words.number(last["emissions"]),
        unit=words.unit(units.CO2),
        start=int(first["period"]),
        end=int(last["period"]),
    )
    return f"{what} {_proof(result, words)}"


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


def goal_unit(result: Result) -> str:
    """The unit of what is minimised."""
    return "kt" if result.instance.settings.objective == "emissions" else units.MONEY


def figures(result: Result, words: Words) -> list[Figure]:
    """The figures that a reader asks for first."""
    co2 = emissions_by_period(result).sort_values("period").iloc[-1]
    year = int(co2["period"])
    saved = 1.0 - co2["emissions"] / co2["as_today"] if co2["as_today"] > 0 else 0.0
    money = public_money(result)
    capacity = result["requests"].query("period == @year")["connection"].sum()
    firm = result["requests"].query("period == @year")["request"].sum()
    return [
        Figure(
            words("CO2 from {year} on", year=year),
            words.number(co2["emissions"]),
            words.unit(units.CO2),
            words("{share} less than if nothing changed", share=words.percent(saved)),
        ),
        Figure(
            words("Discounted cost"),
            words.number(float(result.cost or 0.0)),
            words.unit(units.MONEY),
            words("in money of {year}, over all years", year=result.instance.settings.currency_year),
        ),
        Figure(
            words("Public money"),
            words.number(float(money["granted"].sum())),
            words.unit(units.MONEY),
            words("of {budget} in the pots", budget=words.number(float(money["budget"].sum()))),
        ),
        Figure(
            words("New grid capacity from {year} on", year=year),
            words.number(float(capacity)),
            words.unit(units.POWER),
            words("of which {firm} firm", firm=words.number(float(firm))),
        ),
    ]


def facts(result: Result, words: Words) -> list[Fact]:
    """What is proven, of what, and how it came about."""
    known, unit = overview(result), words.unit(goal_unit(result))
    instance, record = result.instance, result.record
    proven = {
        Status.OPTIMAL: words("optimal: within {gap} of the best plan", gap=words.percent(record.gap_asked, 3)),
        Status.FEASIBLE: words("feasible: the gap is wider than was asked"),
    }
    return [
        Fact(words("Status"), proven.get(result.status, words.name(result.status))),
        Fact(words("Objective"), f"{words.number(known['objective'])} {unit}"),
        Fact(words("Bound"), f"{words.number(known['bound'])} {unit}"),
        Fact(words("Gap"), words.percent(result.gap or 0.0, 3)),
        Fact(words("Scenario"), instance.scenario or words("none")),
        Fact(words("Solved in"), f"{words.number(record.seconds)} {words.unit(units.SECONDS)}"),
        Fact(words("Instance"), instance.name, code=True),
        Fact("SHA-256", instance.sha256, code=True),
    ]
