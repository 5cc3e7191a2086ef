"""The page of hub designs: what each saves, for whom, who pays and what if others are late, in one file."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from routeplan.hubs.conclusion import conclusion
from routeplan.hubs.design import WITHOUT, Design
from routeplan.hubs.instead import instead_of_each
from routeplan.hubs.told import titles_of
from routeplan.instance.basis import said_of_all
from routeplan.instance.names import scenario_title
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.map.plot import plot_map
from routeplan.report.page.assets import scripts_of_hubs, style
from routeplan.report.page.hub_parts import amounts_told, design_section, overview_table
from routeplan.report.page.table import Section
from routeplan.report.page.templates import TEMPLATES, as_script
from routeplan.result.result import Result
from routeplan.version import __version__


def hub_page(
    designs: Sequence[Design],
    tables: Mapping[str, pd.DataFrame],
    plans: Mapping[str, Result],
    language: Language | str = Language.ENGLISH,
    *,
    made: date | None = None,
) -> str:
    """Make the page of hub designs.

    Parameters
    ----------
    designs : sequence of Design
        The designs.
    tables : mapping of str to DataFrame
        The tables of their comparison, as `hub_tables` makes them.
    plans : mapping of str to Result
        The plan without any design, by the name `WITHOUT`, and those with each that has one, by its name.
    language : Language or str, optional
        The readers' language.
    made : date, optional
        Day on which the page is made, which its head then tells.

    Returns
    -------
    str
        The page: HTML with everything that it needs inside.

    Raises
    ------
    UsageError
        When the language is unknown.
    """
    words, instance = Words(language), plans[WITHOUT].instance
    titles = titles_of(designs, words)
    concluded, best = conclusion(designs, tables, instance, words, instead_of_each(plans, words))
    users = {name: rows["site"].unique() for name, rows in tables["users"].groupby("design")}
    drawn = [design.name for design in designs if design.name in plans]
    maps = [plot_map(plans[name], words.language, choice=False, ringed=users.get(name, ())) for name in drawn]
    return TEMPLATES.get_template("hubs.html").render(
        words=words,
        language=str(words.language),
        version=__version__,
        title=title_of(instance.settings, words),
        scenario=scenario_title(instance, words),
        made="" if made is None else words("Made on {day}", day=words.day(made)),
        said=said_of_all(instance["sites"], words),
        concluded=concluded,
        best=best,
        rules=[_rule(words), amounts_told(instance, words)],
        overview=overview_table(tables, titles, words),
        parts=[
            {
                "section": section,
                "map": drawn.index(name) if name in drawn else None,
                "caption": _caption(name in users, words),
            }
            for name, section in _sections(designs, titles, tables, plans, words).items()
        ],
        about=_about(words),
        style=style(),
        scripts=scripts_of_hubs(),
        data=as_script(
            {
                "maps": [chart.to_dict(validate=False) for chart in maps],
                "separators": words.separators,
                "texts": {"undrawn": words("This picture cannot be drawn.")},
            }
        ),
    )


def _sections(
    designs: Sequence[Design],
    titles: Mapping[str, str],
    tables: Mapping[str, pd.DataFrame],
    plans: Mapping[str, Result],
    words: Words,
) -> dict[str, Section]:
    """Section of each design, by its name; one without a plan is told of the instance without it."""
    instances = {design.name: plans.get(design.name, plans[WITHOUT]).instance for design in designs}
    return {
        design.name: design_section(design, titles[design.name], tables, instances[design.name], words)
        for design in designs
    }


def _rule(words: Words) -> str:
    return words(
        "Each design is held against the plan without any of them. Forced: its hubs and links are there from their "
        "first year on. Optional: only where and when they pay. All else is planned for the least cost to society. A "
        "difference that is less than what the gaps of the two plans leave open is not proven."
    )


def _caption(has_members: bool, words: Words) -> str:
    """What the map of a design shows."""
    if has_members:
        return words("The plan with it, in the last period; its members have a ring")
    return words("The plan with it, in the last period")


def _about(words: Words) -> list[str]:
    """Paragraphs on the page itself."""
    return [
        words(
            "Groups of members are planned with the design while all others keep the plan without it. Gains are what a "
            "member's own costs fall, whatever it pays for the design. By the Shapley value each pays what leaves it "
            "the mean of what it adds to every group; by the nucleolus the group that is worst off is as well off as "
            "can be. A negative payment is received."
        ),
        words(
            "Where grid or networks are late, the design is fixed at its own dates and all else is planned anew. Drawn "
            "with Vega-Lite (BSD-3-Clause). Made by routeplan {version}.",
            version=__version__,
        ),
    ]
