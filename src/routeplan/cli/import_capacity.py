"""``routeplan import capacity``: the Dutch grid operators' capacity map into an instance."""

import re
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from routeplan.cli.options import AsJson
from routeplan.cli.output import ERR, OUT
from routeplan.data.csv_text import number_text
from routeplan.data.paths import refuse_result
from routeplan.data.read import read
from routeplan.errors import UsageError
from routeplan.importers.capacity.folder import write_merged
from routeplan.importers.capacity.forecasts import YEARS
from routeplan.importers.capacity.merge import Merged, merge_capacity
from routeplan.importers.capacity.report import ADDED, MAPPED, MATCHED

EXAMPLES = """Examples:

routeplan import capacity 2026=map-2026.json --into my-region --out my-region-on-the-map

routeplan import capacity 2026=tennet-2026.json 2026=liander-2026.json 2030=tennet-2030.json --into my-region

routeplan import capacity 2026=map-2026.json 2030=map-2030.json --into my-region --areas map.csv

In map.csv, short codes of the map stand beside areas of the instance (no area: leave the short code out):

short_code,area

OS Zutphen,G05-west

"GDO, Noordelijk Deelgebied",G05

OS Elders,"""

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="YEAR=FILE",
        help="Forecast year and JSON file (schema v1.3); a year may have the files of several operators.",
    ),
]
Into = Annotated[Path, typer.Option(metavar="INSTANCE", help="Instance whose grid becomes that of the map.")]
Areas = Annotated[
    Path | None,
    typer.Option(metavar="MAP.csv", help="Columns short_code and area: which area a short code is."),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Write to a new folder, and leave the instance as it is.")
]

_ALLOWED = f"a year from {YEARS[0]} to {YEARS[-1]}"

NOTE = (
    "Firm headroom of a period is demand_available_capacity in the latest forecast year not after its first year; "
    "before the first forecast headroom stays as it was. "
    "The map knows no flexible headroom: it is 0 in every period with a forecast."
)


def capacity(files: Files, into: Into, areas: Areas = None, out: Out = None, as_json: AsJson = False) -> None:
    """Merge the Dutch grid operators' capacity map (capaciteitskaart) into an instance.

    Areas and parents, headroom by period, queues, years of alleviation and dated works are those of the map. What it
    does not tell stays: other areas, other works, all other tables and files. derivation.csv says which file made
    which number.
    """
    forecasts = _forecasts(files)
    refuse_result(into)
    if into.is_file():
        raise UsageError(f"{into} is a file; allowed: the folder of an instance")
    merged = merge_capacity(forecasts, read(into), areas=areas)
    folder = write_merged(merged, into, out)
    if as_json:
        OUT.json(_as_json(merged, folder))
    else:
        _print(merged, folder)


def _forecasts(given: list[str]) -> list[tuple[int, Path]]:
    """Years and files as typed; every one that is no such pair, or of a year out of range, is refused."""
    parts = [re.fullmatch(r"(\d{4})=(.+)", text) for text in given]
    wrong = [text for text, part in zip(given, parts, strict=True) if part is None]
    forecasts = [(int(part[1]), Path(part[2])) for part in parts if part is not None]
    told = [f"{file} is a forecast of {year}; allowed: {_ALLOWED}" for year, file in forecasts if year not in YEARS]
    if wrong:
        shown = ", ".join(f"'{text}'" for text in wrong)
        told.insert(0, f"no forecast year and file: {shown}; allowed: YEAR=FILE, such as 2026=map-2026.json")
    if told:
        raise UsageError("\n".join(told))
    return forecasts


def _print(merged: Merged, folder: Path) -> None:
    for warning in merged.warnings:
        ERR.say(f"warning: {warning}", style="yellow")
    shown = merged.areas.assign(**{name: merged.areas[name].map(number_text) for name in ("queue", "release")})
    OUT.table("Areas; queue in MW, release the year from which congestion is to be over", shown)
    OUT.table("Headroom, MW", _headroom(merged))
    OUT.say(NOTE)
    works = merged.derivation.loc[merged.derivation["table"] == "works", "key"].nunique()
    areas = merged.areas["state"].isin([MATCHED, MAPPED, ADDED]).sum()
    OUT.say(f"In {folder} are now, of the map: areas {areas}, dated works {works}")
    OUT.say(f"Now: routeplan check {folder}")


def _headroom(merged: Merged) -> pd.DataFrame:
    """Headroom in words: an area that is new had none to compare with, and one without rows has no limit."""
    rows = merged.headroom
    new = rows["area"].isin(merged.areas.loc[merged.areas["state"] == ADDED, "area"])
    limits = {
        name: rows[name].map(number_text).where(rows[name].notna(), "no limit")
        for name in ("firm_before", "firm", "flexible_before", "flexible")
    }
    text = rows.assign(**limits, forecast=rows["forecast"].map(number_text))
    return text.assign(**{name: text[name].mask(new, "new") for name in ("firm_before", "flexible_before")})


def _as_json(merged: Merged, folder: Path) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "areas": _records(merged.areas),
        "headroom": _records(merged.headroom),
        "works": _records(merged.instance["works"]),
        "note": NOTE,
        "warnings": list(merged.warnings),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: null where there is no number."""
    return [
        {str(name): None if cell != cell else cell for name, cell in row.items()}
        for row in frame.to_dict(orient="records")
    ]
