"""The files that `import capacity` is given, and the tables that it prints."""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from routeplan.cli.made import warn
from routeplan.cli.output import OUT
from routeplan.data.csv_text import number_text
from routeplan.data.paths import is_workbook, quoted
from routeplan.data.workbook.file import holds_formulas
from routeplan.errors import Message, UsageError, listed
from routeplan.importers.capacity.forecasts import YEARS
from routeplan.importers.capacity.merge import Merged
from routeplan.importers.capacity.report import ADDED, MAPPED, MATCHED
from routeplan.language.language import Words


def read_forecasts(arguments: list[str]) -> list[tuple[int, Path]]:
    """Read pairs of year and file as typed; refuse malformed pairs and years out of range."""
    parts = [re.fullmatch(r"(\d{4})=(.+)", text) for text in arguments]
    wrong = [text for text, part in zip(arguments, parts, strict=True) if part is None]
    forecasts = [(int(part[1]), Path(part[2])) for part in parts if part is not None]
    refusals = [
        Message(
            "{file} is a forecast of {year}; allowed: a year from {first} to {last}",
            file=file,
            year=year,
            first=YEARS[0],
            last=YEARS[-1],
        )
        for year, file in forecasts
        if year not in YEARS
    ]
    if wrong:
        shown = ", ".join(f"'{text}'" for text in wrong)
        text = Message(
            "no forecast year and file: {shown}; allowed: YEAR=FILE, such as 2026=map-2026.json", shown=shown
        )
        refusals.insert(0, text)
    if refusals:
        raise UsageError(listed(refusals, "\n"))
    return forecasts


def print_capacity(merged: Merged, folder: Path) -> None:
    """Print the state of each area and its headroom after the merge, and the next steps."""
    words = merged.words
    warn(merged.warnings, words)
    shown = merged.areas.assign(**{name: merged.areas[name].map(number_text) for name in ("queue", "release")})
    shown["state"] = shown["state"].map(words)
    OUT.table(words("Areas; queue in MW, release the year from which congestion is to be over"), shown)
    OUT.table(words("Headroom, MW"), _headroom(merged))
    OUT.say(rule_of(merged))
    works = merged.derivation.loc[merged.derivation["table"] == "works", "key"].nunique()
    areas = merged.areas["state"].isin([MATCHED, MAPPED, ADDED]).sum()
    OUT.say(
        words(
            "In {folder} are now, of the map: areas {areas}, dated works {works}",
            folder=folder,
            areas=areas,
            works=works,
        )
    )
    OUT.say(words("Now: {command}", command=f"routeplan check {quoted(folder)}"))


def rule_of(merged: Merged) -> str:
    """The rule by which headroom was made of the map."""
    words = merged.words
    firm = words(
        "Firm headroom of a period is demand_available_capacity in the latest forecast year not after its first year; "
        "before the first forecast headroom stays as it was."
    )
    if merged.flexible_kept:
        flexible = words(
            "The map knows no flexible headroom: it stays as it was, besides the firm headroom of the map, and is 0 "
            "where the instance had none."
        )
    else:
        flexible = words(
            "The map knows no flexible headroom: it is 0 in every period with a forecast. (--keep-flexible keeps what "
            "the instance had.)"
        )
    return f"{firm} {flexible}"


def warn_of_formulas(place: Path, words: Words) -> None:
    """Warn of formulas in a workbook with new cells: those that reckon with these have old values stored."""
    if is_workbook(place) and holds_formulas(place):
        text = words(
            "{place} holds formulas, which keep the values that Excel has stored; open and save it in Excel before you "
            "plan",
            place=place,
        )
        warn([text], words)


def _headroom(merged: Merged) -> pd.DataFrame:
    """Headroom as text: ``new`` before the merge of an added area, ``no limit`` for an area without rows."""
    rows = merged.headroom
    new = rows["area"].isin(merged.areas.loc[merged.areas["state"] == ADDED, "area"])
    limits = {
        name: rows[name].map(number_text).where(rows[name].notna(), merged.words("no limit"))
        for name in ("firm_before", "firm", "flexible_before", "flexible")
    }
    text = rows.assign(**limits, forecast=rows["forecast"].map(number_text))
    return text.assign(
        **{name: text[name].mask(new, merged.words("new")) for name in ("firm_before", "flexible_before")}
    )


def capacity_as_json(merged: Merged, folder: Path) -> dict[str, Any]:
    """Areas, headroom and works after the merge, as plain data."""
    return {
        "folder": str(folder),
        "areas": _records(merged.areas),
        "headroom": _records(merged.headroom),
        "works": _records(merged.instance["works"]),
        "note": rule_of(merged),
        "warnings": list(merged.warnings),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: null where there is no number."""
    return [
        {str(name): None if cell != cell else cell for name, cell in row.items()}
        for row in frame.to_dict(orient="records")
    ]
