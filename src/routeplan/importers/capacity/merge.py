"""Merge of the capacity map into an instance: areas, headroom, queue and works."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.errors import DataError, Message
from routeplan.importers.capacity import messages
from routeplan.importers.capacity.forecasts import Forecasts, read_forecasts
from routeplan.importers.capacity.naming import Naming, clashes, named, read_area_map
from routeplan.importers.capacity.parents import parents_of
from routeplan.importers.capacity.report import areas_report, headroom_report
from routeplan.importers.capacity.tables import as_works, headroom_of, merged, newest, works_of
from routeplan.importers.capacity.traces import capacity_traces
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.column import Table
from routeplan.schema.inputs import AREAS, HEADROOM, WORKS


@dataclass(frozen=True)
class Merged:
    """An instance with the capacity map in it.

    Parameters
    ----------
    instance : Instance
        The instance; tables ``areas``, ``headroom`` and ``works`` are new, the others as before.
    before : Instance
        The instance into which the map was merged.
    derivation : DataFrame
        Rows of ``derivation.csv``: which file made which number.
    areas : DataFrame
        What became of each area and short code: ``area``, ``short_codes``, ``state``, ``parent``, ``queue`` [MW],
        ``release`` [year].
    headroom : DataFrame
        ``area``, ``period``, ``forecast`` [year], ``firm_before``, ``firm``, ``flexible_before``, ``flexible`` [MW];
        NaN where there is no limit, or no forecast.
    warnings : tuple of str
        What the user should look at.
    flexible_kept : bool
        Whether flexible headroom is that of the instance, not 0, where the map tells firm headroom.
    language : Language
        That of warnings, and of what is written besides numbers.
    """

    instance: Instance
    before: Instance
    derivation: pd.DataFrame
    areas: pd.DataFrame
    headroom: pd.DataFrame
    warnings: tuple[str, ...]
    flexible_kept: bool
    language: Language = Language.ENGLISH

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that the map changes."""
        return AREAS, HEADROOM, WORKS

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """Its derivation tells all of a row, so that nothing older of that row stays."""
        return "table", "key"

    @property
    def words(self) -> Words:
        """The words of its language."""
        return Words(self.language)

    def source(self, place: str) -> Message:
        """What the column ``source`` says of rows that the map changed; `place` is where the derivation is."""
        return Message("capacity map: see {place}", place=place)


def merge_capacity(
    files: Sequence[tuple[int, Path | str]],
    instance: Instance,
    *,
    areas: Path | str | None = None,
    keep_flexible: bool = False,
    language: Language | str = Language.ENGLISH,
) -> Merged:
    """Merge the capacity map of the Dutch grid operators (schema v1.3) into an instance.

    Firm headroom of an area in a period is the ``demand_available_capacity`` [MW] of the latest forecast year not
    after the period's first year; before the first forecast headroom stays as it was. Flexible headroom, of which the
    map tells nothing, is 0 wherever firm headroom is the map's, unless it is to be kept. Queue is
    ``demand_capacity_in_queue`` [MW], and ``demand_alleviation_year`` the estimate of the work ``release-AREA``: it
    changes no headroom. Areas, rows and works of which the map tells nothing stay as they are.

    Parameters
    ----------
    files : sequence of (int, path)
        Forecast year and JSON file. A year may have several files, such as TenneT's and that of a regional operator.
    instance : Instance
        The instance.
    areas : path, optional
        MAP.csv, with columns ``short_code`` and ``area``: for short codes that are named otherwise in the instance,
        or in other years.
    keep_flexible : bool, optional
        Whether flexible headroom stays as it was in the instance, besides the firm headroom of the map; 0 where the
        instance has no row of it.
    language : Language or str, optional
        Language of messages, and of what the column ``source`` says: ``en`` or ``nl``.

    Raises
    ------
    DataError
        With everything that is wrong with the files, with MAP.csv, or with the instance after the merge.
    """
    words = Words(language)
    with refusals_in(words):
        made = _read_and_merged(files, instance, areas, keep_flexible)
    return replace(made, warnings=tuple(map(words.told, made.warnings)), language=words.language)


def _read_and_merged(
    files: Sequence[tuple[int, Path | str]], instance: Instance, areas: Path | str | None, keep_flexible: bool
) -> Merged:
    forecasts, problems = read_forecasts([(year, Path(file)) for year, file in files])
    area_map, more = read_area_map(None if areas is None else Path(areas))
    if problems or more:
        raise DataError(problems + more)
    codes = {*forecasts.areas["code"], *forecasts.areas["feeders"].dropna().explode()}
    naming, problems = named(Path(areas or "").name, area_map, codes, set(instance["areas"]["area"]))
    located = forecasts.areas.assign(area=naming.of(forecasts.areas["code"]))
    located = located[located["area"] != ""]
    problems = problems or clashes(located)
    if problems:
        raise DataError(problems)
    return _merged(forecasts, located, naming, instance, keep_flexible)


def _merged(
    forecasts: Forecasts, located: pd.DataFrame, naming: Naming, before: Instance, keep_flexible: bool
) -> Merged:
    periods = before["periods"]["period"]
    headroom = headroom_of(located, periods, before["headroom"] if keep_flexible else None)
    dates = works_of(forecasts, located, naming.of(forecasts.works["code"]))
    queues, release = newest(located, "area", "queue"), newest(located, "area", "alleviation")
    tree, warnings = _areas(located, naming, before["areas"])
    instance = before.replace(
        areas=tree,
        headroom=merged(HEADROOM, before["headroom"], headroom),
        works=merged(WORKS, before["works"], as_works(dates)),
    )
    limits = headroom_report(instance, before, headroom)
    return Merged(
        instance=instance,
        before=before,
        derivation=capacity_traces(headroom, queues, dates),
        areas=areas_report(instance, forecasts, naming, located, before),
        headroom=limits,
        warnings=(
            *forecasts.warnings,
            *messages.unmapped(located, naming, set(before["areas"]["area"])),
            *messages.years_without(located),
            *messages.unused_years(located, headroom),
            *messages.without_forecast(located, limits),
            *messages.forecast_before_release(release, headroom),
            *(messages.nothing_to_keep(headroom) if keep_flexible else ()),
            *warnings,
        ),
        flexible_kept=keep_flexible,
    )


def _areas(located: pd.DataFrame, naming: Naming, before: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The table ``areas``: names of the instance stay, and so do queues and parents that the map does not give."""
    old = before.set_index("area")
    ids = list(dict.fromkeys([*before["area"], *located["area"]]))
    above = dict(old.loc[old["parent"] != "", "parent"])
    parents, warnings = parents_of(newest(located, "area", "feeders"), naming, above, set(ids))
    titles = located.assign(title=located["name"].where(located["name"] != "", located["code"]))
    names = _facts(titles, "title") | dict(old.loc[old["name"] != "", "name"])
    waiting = dict(old["queue"]) | _facts(located, "queue")
    rows = {
        "area": ids,
        "name": [names.get(area, "") for area in ids],
        "parent": [parents.get(area, "") for area in ids],
        "queue": [waiting.get(area, 0.0) for area in ids],
    }
    # Of Dutch names and outlines the map tells nothing: they stay.
    kept = {column.name: old[column.name].reindex(ids, fill_value="").array for column in AREAS.columns if column.later}
    return merged(AREAS, before, pd.DataFrame(rows).assign(**kept)), warnings


def _facts(located: pd.DataFrame, fact: str) -> dict[Any, Any]:
    """Newest known value of a fact, by area."""
    rows = newest(located, "area", fact)
    return dict(zip(rows["area"], rows[fact], strict=True))
