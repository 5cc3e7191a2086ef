"""Every warning by its name, and what is silenced of them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from routeplan.data.typed import TWO_READINGS
from routeplan.data.warnings import energy, limits, money, places, starts, structure, words, years
from routeplan.data.warnings.ranges import UNUSUAL, unusual_numbers, unusual_settings
from routeplan.errors import Problem
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options, options_of
from routeplan.instance.rules.findings import Findings, Lines
from routeplan.instance.rules.words import did_you_mean
from routeplan.schema.settings import SETTINGS_FILE

Rule = Callable[[Findings], None]

RULES: Mapping[str, Rule] = {
    "unusual-price": money.unusual_prices,
    "no-choice": structure.processes_without_choice,
    "source-out-of-reach": structure.sources_out_of_reach,
    "area-without-sites": structure.areas_without_sites,
    "word-without-sites": structure.words_without_sites,
    "words-nearly-the-same": words.differing_in_form,
    "word-misspelt": words.misspelt,
    "price-group-misspelt": words.groups_misspelt,
    "co2-of-gas": energy.co2_of_gas,
    "route-without-carrier": energy.routes_without_carrier,
    "power-and-energy": energy.power_and_energy,
    "money-of-power": energy.money_of_power,
    "emissions-rise": energy.emissions_rise,
    "swapped-place": places.swapped_places,
    "unknown-place": places.unknown_places,
    "far-site": places.far_sites,
    "short-link": places.short_links,
    "price-jump": money.jumps,
    "row-missing": years.missing_rows,
    "years-outside": years.outside_the_horizon,
}
"""What is looked at, by the name with which it can be silenced; in this order, and after numbers outside their usual
range, because a cell is told of once."""

HIDDEN = "hidden"
"""Name of the warning on rows, columns and sheets of a workbook that are hidden, and count."""

STORED = {
    HIDDEN: "Rows, columns and sheets of a workbook that are hidden, and count.",
    TWO_READINGS: "Numbers such as 1.500, which other readers take for 1500.",
}
"""Warnings on how an instance is stored, and what each is about."""

RuleOfOptions = Callable[[Findings, Options], None]

LIMITS: Mapping[str, RuleOfOptions] = {
    "room-never-used": limits.room_never_used,
    "money-never-spent": limits.money_never_spent,
    "cap-never-reached": limits.caps_never_reached,
}
"""What is looked at besides, and needs to know what options could ask for."""

NOTES: Mapping[str, RuleOfOptions] = {
    "points-shared": structure.points_shared,
    "area-without-limit": structure.areas_without_limit,
    "year-inside-a-period": years.inside_a_period,
    "price-group-without-prices": words.groups_without_prices,
    "rows-end": years.ended_rows,
    "start-too-dear": starts.too_dear,
    "co2-price-alone": money.co2_price_alone,
}
"""What is right, and good to know."""


@dataclass(frozen=True)
class Remarks:
    """What there is to say of an instance that obeys every rule.

    Parameters
    ----------
    warnings : tuple of Problem
        What looks like a mistake, sorted by place.
    notes : tuple of Problem
        What is right, and good to know.
    silenced : int
        Number of warnings that are not shown, because the instance says so.
    """

    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    silenced: int = 0


def remarks(instance: Instance, lines: Lines | None = None) -> Remarks:
    """Warn of data that is allowed but looks like a mistake.

    Parameters
    ----------
    instance : Instance
        The instance.
    lines : mapping of str to array of int, optional
        Line in the file of each row of a table; by default the rows follow the header without a gap.
    """
    options = options_of(instance)
    silenced = set(instance.settings.silenced)
    warnings = _warnings(instance, options, lines, silenced)
    # What is silenced is counted apart: a cell that it speaks of may be told of by another rule.
    quiet = _warnings(instance, options, lines, {*RULES, *LIMITS, *UNUSUAL} - silenced) if silenced else []
    noted = Findings(instance.tables, lines)
    for noted.rule, note in NOTES.items():
        if noted.rule not in silenced:
            note(noted, options)
    told = [*impossible(options, lines), *warnings, *_unknown_names(instance)]
    return Remarks(tuple(sorted(told)), tuple(sorted(noted.problems)), len(quiet))


def _warnings(instance: Instance, options: Options, lines: Lines | None, left_out: Collection[str]) -> list[Problem]:
    """Every warning that has a name, but for those that are left out."""
    found = Findings(instance.tables, lines)
    unusual_numbers(found, left_out)
    for found.rule, rule in RULES.items():
        if found.rule not in left_out:
            rule(found)
    for found.rule, beside in LIMITS.items():
        if found.rule not in left_out:
            beside(found, options)
    settings = (problem for problem in unusual_settings(instance.settings) if problem.name not in left_out)
    return [*found.problems, *settings]


def _unknown_names(instance: Instance) -> list[Problem]:
    """Names that are silenced, and that no warning has."""
    known = [*RULES, *LIMITS, *NOTES, *UNUSUAL, *STORED]
    unknown = [name for name in instance.settings.silenced if name not in known]
    return [
        Problem(SETTINGS_FILE, 0, f"no warning is called '{name}'{did_you_mean(name, known)}", "silenced")
        for name in unknown
    ]
