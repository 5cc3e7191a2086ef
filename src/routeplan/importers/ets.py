"""From the EU ETS registry export to an instance of the sites outside the five big clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from routeplan.data.write import write
from routeplan.errors import UsageError
from routeplan.importers.assemble import assemble, periods_between
from routeplan.importers.csv_file import LINE
from routeplan.importers.defaults import DefaultTables, load_defaults
from routeplan.importers.derivation import derived, joined
from routeplan.importers.energy import demand_from_emissions
from routeplan.importers.places import GEONAMES, folded
from routeplan.importers.register import read_register
from routeplan.importers.selection import DEFAULT_SECTOR, classified, within
from routeplan.instance import Instance
from routeplan.settings import Settings

PERIODS = (2026, 2028, 2030, 2033, 2036, 2040)
HORIZON_END = 2045
DERIVATION_FILE, DROPPED_FILE = "derivation.csv", "note_dropped.csv"
DROPPED = [
    "line",
    "installation",
    "operator",
    "name",
    "place",
    "activity",
    "sector",
    "province",
    "region",
    "emissions",
    "reason",
]


@dataclass(frozen=True)
class Imported:
    """What an import made.

    Parameters
    ----------
    instance : Instance
        The instance.
    derivation : DataFrame
        ``table``, ``key``, ``column``, ``value``, ``rule``, ``parameters``: a row for each estimated number.
    dropped : DataFrame
        Rows of the export that are no site of the instance, each with its ``reason``; ``line`` in the export.
    warnings : tuple of str
        What the user should look at.
    """

    instance: Instance
    derivation: pd.DataFrame
    dropped: pd.DataFrame
    warnings: tuple[str, ...]


def import_ets(
    export: Path | str,
    *,
    region: str | None = None,
    province: str | None = None,
    year: int = 2021,
    tables: Path | str | None = None,
    periods: Sequence[int] = PERIODS,
    horizon_end: int = HORIZON_END,
) -> Imported:
    """Make an instance from an export of the EU ETS registry.

    Parameters
    ----------
    export : path
        CSV file in the public layout of the registry.
    region, province : str, optional
        COROP region and province whose sites are kept; the whole country when neither is given.
    year : int
        Installations with verified emissions in this year are kept, and their energy follows from them.
    tables : path, optional
        Folder of the user's: default tables there take the place of the package's.
    periods : sequence of int
        First years of the periods.
    horizon_end : int
        The year after the last period.

    Raises
    ------
    DataError
        When the export or a default table breaks rules: every place, with its line.
    UsageError
        When a region, a year or the periods make no sense, or no site is left.
    """
    _check_periods(periods, horizon_end)
    defaults = load_defaults(tables)
    rows = classified(read_register(export, year), year, defaults)
    rows = within(within(rows, "province", province, defaults), "region", region, defaults)
    sites = _sites(rows[rows["reason"] == ""])
    where = region or province or "the Netherlands"
    if sites.empty:
        raise UsageError(
            f"{Path(export).name} has no site outside the big clusters with emissions in {year} in {where}"
        )
    demand, traces = demand_from_emissions(sites, defaults)
    made = assemble(
        _settings(Path(export).name, where, year, periods[0], defaults),
        sites,
        demand,
        periods_between(list(periods), horizon_end),
        defaults,
    )
    derivation = joined([_place_traces(sites, year), traces, made.derivation])
    dropped = rows.loc[rows["reason"] != "", DROPPED].reset_index(drop=True)
    return Imported(made.instance, derivation, dropped, _warnings(rows))


def write_import(imported: Imported, folder: Path | str) -> None:
    """Write an imported instance, and beside its tables what says how it was made.

    Parameters
    ----------
    imported : Imported
        What `import_ets` returned.
    folder : path
        Folder of the instance; ``derivation.csv`` and ``note_dropped.csv`` are written there too.
    """
    write(imported.instance, folder)
    imported.derivation.to_csv(Path(folder) / DERIVATION_FILE, index=False, lineterminator="\n")
    imported.dropped.to_csv(Path(folder) / DROPPED_FILE, index=False, lineterminator="\n")


def _check_periods(periods: Sequence[int], horizon_end: int) -> None:
    years = [*periods, horizon_end]
    if not periods or any(later <= earlier for earlier, later in pairwise(years)):
        shown = ", ".join(str(year) for year in years)
        raise UsageError(f"periods and the horizon's end must be increasing years; they are {shown}")


def _sites(kept: pd.DataFrame) -> pd.DataFrame:
    """Sites in the order of their emissions, each with an id of town and registry number."""
    sites = kept.sort_values(["emissions", LINE], ascending=[False, True], ignore_index=True)
    town = sites["place"].map(folded).str.replace(" ", "-")
    return sites.assign(site=town + "-" + sites["installation"])


def _settings(file: str, where: str, year: int, base_year: int, tables: DefaultTables) -> Settings:
    return Settings(
        name=folded(where).replace(" ", "-") + f"-ets-{year}",
        title=f"Sites of the EU ETS outside the big clusters: {where}, {year}",
        description="Made from the EU ETS registry: emissions are verified ones, all else is estimated from "
        "the default tables; derivation.csv says how. Networks, grid room and public money are stylised.",
        currency_year=int(tables.general("currency_year")),
        base_year=base_year,
        discount_rate=tables.general("discount_rate"),
        firm_rate=tables.general("firm_rate"),
        support_years=int(tables.general("support_years")),
        sources={
            "emissions": f"European Union Transaction Log, export {file}, CC BY 4.0",
            "places": "GeoNames, CC BY 4.0",
            "parameters": "default tables of routeplan, source and confidence beside each figure",
        },
    )


def _place_traces(sites: pd.DataFrame, year: int) -> pd.DataFrame:
    """Where coordinates and sectors come from."""
    emitted = f"verified emissions of {year}: " + sites["emissions"].map("{:g}".format) + " kt"
    town = "centre of the town " + sites["place"] + " (" + sites["found_in"] + ")"
    return joined(
        [
            derived("sites", sites["site"], "lat", sites["lat"], town, "places.csv"),
            derived("sites", sites["site"], "lon", sites["lon"], town, "places.csv"),
            derived("sites", sites["site"], "sector", sites["sector"], "sector_rules.csv", emitted),
        ]
    )


def _warnings(rows: pd.DataFrame) -> tuple[str, ...]:
    """Unknown places, places from the gazetteer behind, and sectors that no rule gave."""
    kept = rows[rows["reason"] == ""]
    unknown = rows[rows["reason"].str.endswith("is in no gazetteer")]
    behind = kept[kept["found_in"] == GEONAMES]
    unnamed = kept[kept["by_default"]]
    return (
        *(f"line {row.line}: {row.name} is left out: {row.reason}" for row in unknown.itertuples(index=False)),
        *(
            f"line {row.line}: {row.name}: {row.place} is not in places.csv; region {row.region} and area "
            f"{row.area} are those of the nearest town in it"
            for row in behind.itertuples(index=False)
        ),
        *(
            f"line {row.line}: {row.name}: no rule gives its sector; taken as {DEFAULT_SECTOR}"
            for row in unnamed.itertuples(index=False)
        ),
    )
