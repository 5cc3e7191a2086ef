"""Import of the EU ETS registry export as an instance of the sites outside the five big clusters."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from routeplan.data.csv_file import LINE
from routeplan.errors import UsageError
from routeplan.estimate.assemble import default_settings, instance_from_sites
from routeplan.estimate.defaults import DefaultTables, load_defaults
from routeplan.estimate.derivation import ALL_SITES, DEMAND, derived, explained, joined
from routeplan.estimate.energy import demand_from_emissions
from routeplan.estimate.formulas import Figure
from routeplan.estimate.write import write_estimated
from routeplan.estimate.years import periods_between, refuse_periods
from routeplan.importers.ets.import_readme import Selection, readme
from routeplan.importers.ets.layout import DROPPED_FILE, EMISSIONS
from routeplan.importers.ets.register import KILOTONNES, read_register
from routeplan.importers.ets.selection import DEFAULT_SECTOR, classified, selected, site_ids
from routeplan.importers.ets.site_filter import Asked, asked_for
from routeplan.importers.ets.warnings import asked_in_vain, warnings_of
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.language.refusals import refusals_in
from routeplan.schema.inputs import REGISTER
from routeplan.schema.periods import HORIZON_END, PERIODS
from routeplan.schema.settings import Settings

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
    """Outcome of an import.

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
    selection : Selection
        Which sites of which register.
    links_left_out : int
        Candidate links that were found, but lie on no way that is cheap enough.
    language : Language
        That of warnings, reasons and README.
    """

    instance: Instance
    derivation: pd.DataFrame
    dropped: pd.DataFrame
    warnings: tuple[str, ...]
    selection: Selection
    links_left_out: int
    language: Language = Language.ENGLISH


def import_ets(
    export: Path | str,
    *,
    region: str | None = None,
    province: str | None = None,
    sites: Sequence[str] = (),
    site_list: Path | str | None = None,
    box: Sequence[float] | None = None,
    year: int | None = None,
    tables: Path | str | None = None,
    periods: Sequence[int] = PERIODS,
    horizon_end: int = HORIZON_END,
    language: Language | str = Language.ENGLISH,
) -> Imported:
    """Make an instance from an export of the EU ETS registry.

    Parameters
    ----------
    export : path
        CSV file in the public layout of the registry.
    region, province : str, optional
        COROP region and province whose sites are kept.
    sites : sequence of str
        Ids of the sites that are kept: numbers of installations (94), ids of the register (NL-94), or those of the
        sites that are made of them (eerbeek-94).
    site_list : path, optional
        CSV file with more of them in a column ``site``, ``installation``, ``InstallationOrAircraftOperatorID`` or
        ``id``; other columns are left alone.
    box : sequence of 4 float, optional
        South, west, north and east [degrees, WGS 84] between which the kept sites lie.

        A site must be in all that is given; without any of it the whole country is kept.
    year : int, optional
        Installations with verified emissions in this year are kept, and their energy follows from them; by default
        the latest year that is complete.
    tables : path, optional
        Folder of the user's: default tables there take the place of the package's.
    periods : sequence of int
        First years of the periods.
    horizon_end : int
        The year after the last period.
    language : Language or str
        Language of messages, reasons, sources and README: ``en`` or ``nl``.

    Raises
    ------
    DataError
        When the export, the list or a default table breaks rules, or ids are not in the export: every place.
    UsageError
        When a region, a box, a year or the periods make no sense, or no site is left.
    """
    words = Words(language)
    with refusals_in(words):
        refuse_periods(periods, horizon_end)
        asked = asked_for(region, province, sites, site_list, box)
        defaults = load_defaults(tables)
        return _imported(Path(export), asked, year, defaults, periods_between(periods, horizon_end), words)


def _imported(
    export: Path, asked: Asked, year: int | None, defaults: DefaultTables, periods: pd.DataFrame, words: Words
) -> Imported:
    file = export.name
    register = read_register(export, year)
    known, year = classified(register.rows, register.year, defaults, words), register.year
    rows = selected(known, asked, defaults, file, words)
    kept = _sites(rows[rows["reason"] == ""])
    vain = asked_in_vain(known, asked.wanted, file, words)
    if kept.empty:
        nothing = words(
            "{file} has no site outside the big clusters with emissions in {year} in {where}",
            file=file,
            year=year,
            where=words.told(asked.where),
        )
        raise UsageError("\n  ".join([nothing, *vain]))
    demand, traces = demand_from_emissions(kept, defaults)
    given = kept[["site", "name", "place", "postcode"]].join(demand.drop(columns="site")).assign(basis=REGISTER)
    settings = _settings(file, asked, year, int(periods["period"].iloc[0]), defaults, words)
    made = instance_from_sites(settings, given, periods, defaults)
    derivation = joined([_register_traces(kept, file, year, defaults), traces, made.derivation])
    dropped = rows.loc[rows["reason"] != "", DROPPED].reset_index(drop=True)
    selection = Selection(file, words.told(asked.where), year)
    warnings = (*vain, *warnings_of(rows, words))
    return Imported(made.instance, derivation, dropped, warnings, selection, made.links_left_out, words.language)


def write_import(imported: Imported, folder: Path | str, *, overwrite: bool = False) -> None:
    """Write an imported instance, and files beside its tables that document the import.

    Parameters
    ----------
    imported : Imported
        What `import_ets` returned.
    folder : path
        Folder of the instance; ``README.md``, ``derivation.csv`` and ``note_dropped.csv`` are written there too. Or its
        workbook (.xlsx), in which they are sheets of notes.
    overwrite : bool
        Whether an instance that is there may be replaced; files of others in it are kept.

    Raises
    ------
    UsageError
        When the folder holds something already, and it may not or must not be replaced.
    """
    text = _readme(imported, Path(folder))
    more = {DROPPED_FILE: imported.dropped}
    with refusals_in(Words(imported.language)):
        write_estimated(imported.instance, imported.derivation, text, folder, overwrite=overwrite, more=more)


def _readme(imported: Imported, folder: Path) -> str:
    traces = imported.derivation
    share = traces.loc[(traces["table"] == DEMAND) & (traces["key"] == ALL_SITES), "value"].item()
    return readme(
        imported.instance,
        imported.selection,
        len(imported.dropped),
        imported.links_left_out,
        share,
        imported.warnings,
        folder,
        Words(imported.language),
    )


def _sites(kept: pd.DataFrame) -> pd.DataFrame:
    """Sites in the order of their emissions, each with an id of town and registry number."""
    sites = kept.sort_values(["emissions", LINE], ascending=[False, True], ignore_index=True)
    return sites.assign(site=site_ids(sites))


def _settings(file: str, asked: Asked, year: int, base_year: int, tables: DefaultTables, words: Words) -> Settings:
    english, dutch = (_told(asked, year, Words(language)) for language in (Language.ENGLISH, Language.DUTCH))
    return default_settings(
        f"{asked.name}-ets-{year}",
        base_year,
        tables,
        title=english[0],
        description=english[1],
        title_nl=dutch[0],
        description_nl=dutch[1],
        sources={
            "emissions": words("European Union Transaction Log, export {file}, CC BY 4.0", file=file),
            "places": words("towns: GeoNames, CC BY 4.0"),
        },
        words=words,
    )


def _told(asked: Asked, year: int, words: Words) -> tuple[str, str]:
    """Title and description of the instance."""
    return (
        words(
            "Sites of the EU ETS outside the big clusters: {where}, {year}", where=words.told(asked.where), year=year
        ),
        words(
            "Made from the EU ETS registry: emissions are verified ones, all else is estimated from the default "
            "tables; derivation.csv says how. Networks, grid room and public money are stylised."
        ),
    )


def _register_traces(sites: pd.DataFrame, export: str, year: int, tables: DefaultTables) -> pd.DataFrame:
    """Derivation of emissions and sectors."""
    row = export + ":" + sites[LINE].astype("int64").astype(str)
    tonnes = {"tonnes": Figure(sites["tonnes"], row + f", {EMISSIONS}{year}")}
    rules = tables.file("sector_rules") + ":" + sites["rule"].astype("int64").astype(str)
    rules = rules.mask(sites["by_default"], f"no rule fits: {DEFAULT_SECTOR}")
    return joined(
        [
            explained(DEMAND, sites["site"], "emissions", sites["emissions"], KILOTONNES, tonnes),
            derived("sites", sites["site"], "sector", sites["sector"], "first rule that fits", rules),
        ]
    )
