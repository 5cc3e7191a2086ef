"""The page: one file that shows plans to people, opens from a disk, and asks no server for anything."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.basis import said_of_all
from routeplan.instance.names import description_of, scenario_title
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.map.parts import CHOSEN
from routeplan.report.map.plot import ZOOM_X, ZOOM_Y
from routeplan.report.page.answers import answers_section
from routeplan.report.page.assets import scripts, style
from routeplan.report.page.differences import differences
from routeplan.report.page.headline import against, facts, figures, lead
from routeplan.report.page.nothing import told_of_nothing
from routeplan.report.page.pictures import PICTURES, Picture
from routeplan.report.page.scenario import changes_told
from routeplan.report.page.sections import inputs_section, payers_section, room_section
from routeplan.report.page.sites import site_cards, table_rows
from routeplan.report.page.table import PageTable, as_texts
from routeplan.report.page.templates import TEMPLATES, as_script
from routeplan.report.page.texts import about, texts_of_scripts, texts_of_tables
from routeplan.report.years import spans
from routeplan.result.comparison import of_other_instances
from routeplan.result.result import Result
from routeplan.version import __version__
from routeplan.why.answers import NOTHING, Answers
from routeplan.why.perspective_told import lack_told


def page(
    results: Mapping[str, Result],
    language: Language | str = Language.ENGLISH,
    *,
    made: date | None = None,
    answers: Answers = NOTHING,
) -> str:
    """Make the page of one plan, or of several beside each other.

    Parameters
    ----------
    results : mapping of str to Result
        Results with a plan, by the name under which they are shown; several have the same periods.
    language : Language or str, optional
        The readers' language.
    made : date, optional
        Day on which the page is made, which its head then tells; the same results and day make the same page.
    answers : Answers, optional
        What is known beside the plan, which is one alone then.

    Returns
    -------
    str
        The page: HTML with everything that it needs inside.

    Raises
    ------
    UsageError
        When a result has no plan, the results cannot be set side by side (see `compare`), or answers are given for
        several.
    """
    words = Words(language)
    _refuse(results, answers)
    results = _titled(results, words)
    first = next(iter(results.values()))
    settings = first.instance.settings
    # Results that cannot be set side by side are refused here, before pictures are drawn.
    apart = differences(results, words) if len(results) > 1 else None
    drawn = {picture.key: _specifications(picture, results, words) for picture in PICTURES}
    return TEMPLATES.get_template("page.html").render(
        words=words,
        language=str(words.language),
        version=__version__,
        title=title_of(settings, words),
        description=description_of(settings, words),
        made="" if made is None else words("Made on {day}", day=words.day(made)),
        periods=_periods(first),
        plans=_plans(results, words),
        warning=_other_tables(results, words) or _lack(answers, words),
        said=_said_of_sites(results, words),
        parts=_parts(results, drawn, answers, words),
        inputs=inputs_section(results, words),
        differences=apart,
        about=about(words),
        sources=[{"label": words.name(name), "value": text} for name, text in settings.sources.items()],
        style=style(),
        scripts=scripts(),
        data=as_script(_data(results, drawn, answers, words)),
    )


def _titled(results: Mapping[str, Result], words: Words) -> dict[str, Result]:
    """Results under the titles of their scenarios, where their names are those of scenarios; no two alike."""
    titled = {name: scenario_title(result.instance, words) for name, result in results.items()}
    wanted = {
        name: titled[name] if titled[name] and name == result.instance.scenario else name
        for name, result in results.items()
    }
    shown = list(wanted.values())
    return {wanted[name] if shown.count(wanted[name]) == 1 else name: result for name, result in results.items()}


def _scenario_beside(name: str, result: Result) -> str:
    """Name of the scenario, where the plan is shown under another."""
    return "" if result.instance.scenario in (None, name) else str(result.instance.scenario)


BEFORE = {"costs": payers_section, "limits": room_section}
"""Sections that stand before a picture, by its key."""


def _parts(
    results: Mapping[str, Result], drawn: Mapping[str, list[dict[str, Any]]], answers: Answers, words: Words
) -> list[dict[str, Any]]:
    """Pictures, and the sections between them, in the order of the page."""
    found = []
    for picture in PICTURES:
        sections = [BEFORE[picture.key](results, words)] if picture.key in BEFORE else []
        if picture.key == "limits" and answers.judged:
            sections.insert(0, answers_section(next(iter(results.values())), answers, words))
        found += [{"key": section.key, "short": section.short, "section": section} for section in sections]
        found.append(_picture(picture, results, drawn[picture.key], words) | {"section": None})
    return found


def _refuse(results: Mapping[str, Result], answers: Answers) -> None:
    if not results:
        raise UsageError("no result is given; allowed: one or more")
    if answers and len(results) > 1:
        raise UsageError(f"answers are given for {len(results)} results; allowed: for one alone")
    without = [
        f"{name} has no plan, its status is {each.status}" for name, each in results.items() if not each.status.has_plan
    ]
    if without:
        raise NoPlan("there is nothing to show: " + "; ".join(without))


def _plans(results: Mapping[str, Result], words: Words) -> list[dict[str, Any]]:
    """Head of the page: each plan, and the difference of each after the first from that one."""
    first, reference = next(iter(results.items()))
    return [
        {
            "name": name,
            "scenario": _scenario_beside(name, result),
            "changes": changes_told(result.instance, words),
            "lead": lead(result, words),
            "nothing": " ".join(told_of_nothing(result, words)) if name == first else "",
            "against": "" if name == first else against(result, first, reference, words),
            "figures": figures(result, words),
            "facts": facts(result, words),
        }
        for name, result in results.items()
    ]


def _other_tables(results: Mapping[str, Result], words: Words) -> str:
    """A warning where differences come from other tables too, and not from scenarios alone."""
    others = of_other_instances(results)
    if not others:
        return ""
    first = next(iter(results))
    return words(
        "Made from other tables than {first}: {others}. What differs comes from these too.",
        first=first,
        others=", ".join(f"{name} ({title_of(results[name].instance.settings, words)})" for name in others),
    )


def _lack(answers: Answers, words: Words) -> str:
    """A warning where it is not told of all routes when they are possible."""
    return " ".join(lack_told(answers.perspective, words)) if answers.perspective else ""


def _said_of_sites(results: Mapping[str, Result], words: Words) -> list[str]:
    """What must be said of the sites of all plans, a site that several have counted once."""
    sites = pd.concat([result.instance["sites"] for result in results.values()])
    return said_of_all(sites.drop_duplicates(["site", "basis"]), words)


def _specifications(picture: Picture, results: Mapping[str, Result], words: Words) -> list[dict[str, Any]]:
    """A picture of each result, on one scale, as the browser draws it; the page has its title.

    What it draws is not held against the schema of Vega-Lite each time, which takes long; the tests do so.
    """
    return [chart.to_dict(validate=False) for chart in picture.side_by_side(list(results.values()), words.language)]


def _picture(
    picture: Picture, results: Mapping[str, Result], drawn: Sequence[dict[str, Any]], words: Words
) -> dict[str, Any]:
    return {
        "key": picture.key,
        "short": words(picture.short),
        "heading": words(picture.heading),
        "note": words(picture.note) if picture.note else "",
        "moves": picture.moves,
        "wide": picture.wide or len(results) > 1,
        "figures": [
            {
                "plan": name,
                "caption": _caption(spec),
                "table": _table(picture.table, result, words),
            }
            for (name, result), spec in zip(results.items(), drawn, strict=True)
        ],
    }


def _caption(spec: dict[str, Any]) -> str:
    """Caption of a picture; the page writes it itself, where any width has room for it."""
    title = spec.pop("title", {})
    said = title.get("subtitle", "") if isinstance(title, dict) else ""
    return " ".join(said) if isinstance(said, list) else said


def _table(make: Callable[[Result, Words], pd.DataFrame] | None, result: Result, words: Words) -> PageTable | None:
    return None if make is None else as_texts(make(result, words), words)


def _periods(result: Result) -> list[dict[str, Any]]:
    return [{"period": first, "label": label} for first, label in spans(result.instance).items()]


def _on_paper(result: Result) -> list[dict[str, Any]]:
    """The periods that a printed page shows of the map: the first, the one of the first target, and the last."""
    periods = _periods(result)
    years = [each["period"] for each in periods]
    targets = sorted(set(result.instance["targets"]["period"]) - {years[0], years[-1]})
    between = targets[0] if targets else years[len(years) // 2]
    return [each for each in periods if each["period"] in {years[0], between, years[-1]}]


def _data(results: Mapping[str, Result], drawn: Mapping[str, Any], answers: Answers, words: Words) -> dict[str, Any]:
    """Data for the scripts of the page."""
    first = next(iter(results.values()))
    return {
        "language": str(words.language),
        "separators": words.separators,
        "periods": _periods(first),
        "paper": _on_paper(first),
        "zoom": {"x": ZOOM_X, "y": ZOOM_Y, "chosen": CHOSEN},
        "pictures": drawn,
        "plans": [
            {"name": name, "sites": table_rows(result, words), "cards": site_cards(result, words, answers)}
            for name, result in results.items()
        ],
        "texts": texts_of_scripts(words),
        "table": texts_of_tables(words),
    }
