"""Every warning by its name, and what is silenced of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from routeplan.data.warnings import energy, money, places, starts, structure, words, years
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
    "price-group-misspelt": words.groups_misspelt,
    "co2-of-gas": energy.co2_of_gas,
    "route-without-carrier": energy.routes_without_carrier,
    "power-and-energy": energy.power_and_energy,
    "money-of-power": energy.money_of_power,
    "emissions-rise": energy.emissions_rise,
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

Note = Callable[[Findings, Options], None]

NOTES: Mapping[str, Note] = {
    "points-shared": structure.points_shared,
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
    warned, noted = Findings(instance.tables, lines), Findings(instance.tables, lines)
    unusual_numbers(warned)
    for warned.rule, rule in RULES.items():
        rule(warned)
    for noted.rule, note in NOTES.items():
        note(noted, options)
    told = [*warned.problems, *unusual_settings(instance.settings)]
    shown = _not_silenced(told, instance)
    warnings = [*impossible(options, lines), *shown, *_unknown_names(instance)]
    notes = _not_silenced(noted.problems, instance)
    return Remarks(tuple(sorted(warnings)), tuple(sorted(notes)), len(told) - len(shown))


def _not_silenced(told: list[Problem], instance: Instance) -> list[Problem]:
    return [problem for problem in told if problem.name not in instance.settings.silenced]


def _unknown_names(instance: Instance) -> list[Problem]:
    """Names that are silenced, and that no warning has."""
    known = [*RULES, *NOTES, *UNUSUAL, HIDDEN]
    unknown = [name for name in instance.settings.silenced if name not in known]
    return [
        Problem(SETTINGS_FILE, 0, f"no warning is called '{name}'{did_you_mean(name, known)}", "silenced")
        for name in unknown
    ]
