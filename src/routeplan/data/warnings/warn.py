"""Every warning by its name, and what is silenced of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from routeplan.data.typed import TWO_READINGS
from routeplan.data.warnings import energy, limits, money, places, starts, structure, words, years
from routeplan.data.warnings.ranges import UNUSUAL, unusual_numbers, unusual_settings
from routeplan.errors import Problem
from routeplan.instance.impossible import impossible
from routeplan.instance.instance import Instance
from routeplan.instance.options import Options
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
    options = Options(instance)
    silenced = set(instance.settings.silenced)
    warned, quiet, noted = (Findings(instance.tables, lines) for _ in range(3))
    for findings, names in ((warned, silenced), (quiet, {*RULES, *LIMITS, *UNUSUAL} - silenced)):
        # What is silenced is counted apart: a cell that it speaks of may be told of by another rule.
        unusual_numbers(findings, names)
        for findings.rule, rule in RULES.items():
            if findings.rule not in names:
                rule(findings)
        for findings.rule, beside in LIMITS.items():
            if findings.rule not in names:
                beside(findings, options)
    for noted.rule, note in NOTES.items():
        if noted.rule not in silenced:
            note(noted, options)
    settings = unusual_settings(instance.settings)
    shown = [problem for problem in settings if problem.name not in silenced]
    warnings = [*impossible(options, lines), *warned.problems, *shown, *_unknown_names(instance)]
    hushed = len(quiet.problems) + len(settings) - len(shown)
    return Remarks(tuple(sorted(warnings)), tuple(sorted(noted.problems)), hushed)


def _unknown_names(instance: Instance) -> list[Problem]:
    """Names that are silenced, and that no warning has."""
    known = [*RULES, *LIMITS, *NOTES, *UNUSUAL, *STORED]
    unknown = [name for name in instance.settings.silenced if name not in known]
    return [
        Problem(SETTINGS_FILE, 0, f"no warning is called '{name}'{did_you_mean(name, known)}", "silenced")
        for name in unknown
    ]
