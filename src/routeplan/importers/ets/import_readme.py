"""The README of an imported instance: its description, its weak points, and how to trace a number."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from routeplan.data.paths import plain_name
from routeplan.estimate.links_left_out import links_left_out_line
from routeplan.estimate.surroundings.links import LEAST_LENGTH
from routeplan.instance.instance import Instance
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.language.nouns import processes_told, sites_told
from routeplan.schema.inputs import BASES, REGISTER

_ENGLISH = """# {title}

{sites} with {processes}, made by `routeplan import ets` from a public register. **All figures but
the emissions are estimates**, none is from a firm. Column `basis` of `sites.csv` marks each site as `{basis}`, {said}.
Whatever shows a plan says so beside the names.

| | |
|---|---|
| register | EU ETS (European Union Transaction Log, CC BY 4.0), export `{export}` |
| year | verified emissions of {year}, which stand for those of {first} too: look who has closed since |
| selection | {where}; outside the five big clusters; {emitted} kt CO2 a year |
| left out | {dropped} rows of the export, each with its reason in `note_dropped.csv` |
| places | towns: `places.csv` of the default tables, and GeoNames (CC BY 4.0) |

## What is weak

- **Energy.** Gas is worked out from emissions; its heat bands, and electricity, are averages of the sector.
- **Places.** A site lies at the centre of its town. Sites of one town lie on one point, as {shared} do here, and the
  way between them counts as {least} km. A few hundred metres matter little beside all else, but which neighbours
  are linked says nothing about streets.
- **Grid, networks, hubs.** Years are from public plans; MW and the places of hubs are stylised. The sites get the
  share of an area's room that they have of its industry's emissions.
{left_out}
- **Public money, green gas.** Assumed for cluster 6 as a whole; the sites get {share}, their share of emissions.
- **Stops, contracts.** When a process stops is drawn by its id; what is free in a contract is assumed.
{warned}
## Plan it

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan verify {folder} {plan}
```

Change what you know better, in the tables here; or in the default tables, and import again with `--tables`.

## Trace a number

`derivation.csv` has a row for each number: its table, its key (parts with ` / ` between them) and column, the rule, and
the parameters that the rule names, each with its value and where it stands.

- `share 1 (default choices.csv:5, M)` is line 5 of `choices.csv` in the folder `tables` of the installed package;
  `M` is its confidence (`H` high, `M` medium, `L` low). Files from `--tables` have their folder before the name.
- `..., in 2026, M` is the value in that year; between the years of a default table values are linear.
- `gas 12 (processes)` and `emissions 34 (demand)` have rows of their own, under `processes` and `demand`, which are
  not in the instance, by site or process, area, or `all sites`; `length 5 (links.csv)` stands in the instance.
- The key `every row` is a rule for a whole column. What has no row is the default of its column, mostly 0.
"""

_DUTCH = """# {title}

{sites} met {processes}, gemaakt met `routeplan import ets` uit een openbaar register. **Alle cijfers behalve
de uitstoot zijn schattingen**; geen ervan komt van een bedrijf. De kolom `basis` van `sites.csv` merkt elke locatie als
`{basis}`: {said}.
Overal waar een plan wordt getoond, staat dat bij de namen.

| | |
|---|---|
| register | EU ETS (European Union Transaction Log, CC BY 4.0), export `{export}` |
| jaar | geverifieerde uitstoot van {year}, die ook staat voor die van {first}: ga na wie sindsdien is gesloten |
| selectie | {where}; buiten de vijf grote clusters; {emitted} kt CO2 per jaar |
| weggelaten | {dropped} regels van de export, elk met de reden in `note_dropped.csv` |
| plaatsen | `places.csv` van de tabellen met kengetallen en GeoNames (CC BY 4.0) |

## Wat is onzeker

- **Energie.** Het gasverbruik is berekend uit de uitstoot; de verdeling over temperatuurniveaus en het
  elektriciteitsverbruik zijn gemiddelden van de sector.
- **Plaats.** Een locatie ligt in het midden van haar plaats. Locaties in dezelfde plaats liggen op één punt, hier
  {shared}; de afstand daartussen telt als {least} km. Een paar honderd meter maakt weinig uit naast al het andere, maar
  welke buren verbonden zijn, zegt niets over straten.
- **Elektriciteitsnet, leidingen, hubs.** Jaartallen komen uit openbare plannen; de MW en de plaatsen van hubs zijn
  vereenvoudigd. De locaties krijgen het deel van de ruimte in een congestiegebied dat zij hebben in de uitstoot van de
  industrie daar.
{left_out}
- **Publiek geld en groen gas.** Aangenomen voor heel cluster 6; de locaties krijgen {share}, hun deel van de uitstoot.
- **Onderhoudsstops en contracten.** Wanneer een proces stilligt, volgt uit zijn id; wat in een contract vrij is, is
  aangenomen.
{warned}
## Een plan maken

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan report {plan} --language nl --out {page}
```

Verander wat u beter weet in de tabellen hier, of in de tabellen met kengetallen en lees het register opnieuw in met
`--tables`.

## Een getal herleiden

`derivation.csv` is in het Engels en heeft een regel voor elk getal: de tabel, de sleutel (delen met ` / ` ertussen) en
kolom, de rekenregel, en de kengetallen, elk met waarde en vindplaats.

- `share 1 (default choices.csv:5, M)` is regel 5 van `choices.csv` in de map `tables` van het geïnstalleerde pakket;
  `M` is de betrouwbaarheid (`H` hoog, `M` middel, `L` laag). Bij bestanden uit `--tables` staat de map voor de naam.
- `..., in 2026, M` is de waarde in dat jaar; tussen de jaren van een tabel met kengetallen verlopen waarden lineair.
- `gas 12 (processes)` en `emissions 34 (demand)` hebben eigen regels, onder `processes` en `demand`, die niet in de
  gegevensset staan, per locatie of proces, gebied of `all sites`; `length 5 (links.csv)` staat wel in de gegevensset.
- De sleutel `every row` is een regel voor een hele kolom. Wat geen regel heeft, is de standaardwaarde van de kolom,
  meestal 0.
"""

_TEXTS: Mapping[Language, str] = {Language.ENGLISH: _ENGLISH, Language.DUTCH: _DUTCH}


@dataclass(frozen=True)
class Selection:
    """Selection of the sites of a register.

    Parameters
    ----------
    export : str
        Name of the file.
    where : str
        Region or province, or the country.
    year : int
        Year of the emissions.
    """

    export: str
    where: str
    year: int


def readme(
    instance: Instance,
    selection: Selection,
    dropped: int,
    links_left_out: int,
    share: float,
    warnings: tuple[str, ...],
    folder: Path,
    words: Words,
) -> str:
    """Write the README of an imported instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    selection : Selection
        Which sites it holds.
    dropped : int
        How many rows of the register were left out.
    links_left_out : int
        Candidate links that lie on no way that is cheap enough.
    share : float
        Share of the sites in what cluster 6 emits.
    warnings : tuple of str
        What the import warned of.
    folder : Path
        Folder of the instance, or its workbook.
    words : Words
        Language of the README.
    """
    sites, options = instance["sites"], instance["options"]
    emitted = options.loc[options["current"] == 1, "emissions"].sum()
    return _TEXTS[words.language].format(
        title=title_of(instance.settings, words),
        sites=sites_told(len(sites), words),
        processes=processes_told(len(instance["processes"]), words),
        export=selection.export,
        year=selection.year,
        first=int(instance["periods"]["period"].iloc[0]),
        where=selection.where,
        emitted=words.number(round(emitted)),
        dropped=words.number(dropped),
        least=words.number(LEAST_LENGTH),
        shared=int(sites.duplicated(["lat", "lon"], keep=False).sum()),
        left_out=links_left_out_line(links_left_out, words),
        share=words.percent(share, 1),
        warned="".join(f"- {warning}.\n" for warning in warnings),
        folder=shlex.quote(folder.resolve().name),
        plan=shlex.quote(f"{plain_name(folder)}-plan"),
        page=shlex.quote(f"{plain_name(folder)}.html"),
        basis=REGISTER,
        said=words(BASES[REGISTER]),
    )
