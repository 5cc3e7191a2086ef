"""The README of an instance that was made from a sheet of sites, in the language of the sheet."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from routeplan.data.paths import plain_name
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.language.nouns import processes_told, sites_told

_ENGLISH_OPENING = """# {title}

{sites} with {processes}, made by `routeplan import sites` from `{file}`. What firms know of their sites stands in that
sheet; **all else is estimated** from the default tables of routeplan.

## What is weak

- **Energy.** Where the sheet gives the gas as a whole, its heat bands are averages of the sector; electricity and the
  room in contracts are estimated where their cells are empty.
"""

_ENGLISH = """- **Places.** A site of which only the town is known lies at its centre.
- **Grid.** Years are from public plans; MW are stylised. The sites get the share of a congestion area's room that they
  have of its industry's emissions. Stations that are named stand in `areas.csv` and have no limit of their own: give
  them rows in `headroom.csv`, or import the grid operators' capacity map (`routeplan import capacity`).
- **Networks, hubs, public money, green gas.** Assumed for cluster 6 as a whole; the sites get their share.
{warned}
## Plan it

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan report {plan} --out {page}
```

Change what you know better, in the tables here; or in what was imported, and import it again. Default tables of your
own go into a folder that `--tables` names. `derivation.csv` says of each number where it comes from.
"""

_DUTCH_OPENING = """# {title}

{sites} met {processes}, gemaakt met `routeplan import sites` op basis van `{file}`. Wat bedrijven over hun locaties
weten, staat in dat blad; **al het andere is geschat** met de kengetallen van routeplan.

## Wat is onzeker

- **Energie.** Staat in het blad alleen het totale gasverbruik, dan volgt de verdeling over temperatuurniveaus uit
  gemiddelden van de sector. Is de cel voor elektriciteitsverbruik of voor de ruimte in het contract leeg, dan is de
  waarde geschat.
"""

_DUTCH = """- **Plaats.** Een locatie waarvan alleen de plaats bekend is, ligt op de kaart in het midden van die plaats.
- **Elektriciteitsnet.** Jaartallen komen uit openbare plannen; de transportcapaciteit (MW) is een vereenvoudigde
  aanname. De locaties krijgen van de ruimte in een congestiegebied hetzelfde deel als hun aandeel in de uitstoot van de
  industrie daar. Genoemde stations staan in `areas.csv` en hebben nog geen eigen limiet: voeg regels toe aan
  `headroom.csv`, of lees de capaciteitskaart van de netbeheerders in (`routeplan import capacity`).
- **Leidingen, hubs, publiek geld en groen gas.** Dit zijn aannames voor heel cluster 6; de locaties krijgen hun deel.
{warned}
## Een plan maken

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan report {plan} --language nl --out {page}
```

Weet u iets beter? Verander het in de tabellen in deze map, of in de bron en lees die opnieuw in. Eigen kengetallen zet
u in een map die u met `--tables` opgeeft. In `derivation.csv` staat van elk getal waar het vandaan komt.
"""

_OPENINGS: Mapping[Language, str] = {Language.ENGLISH: _ENGLISH_OPENING, Language.DUTCH: _DUTCH_OPENING}
_TEXTS: Mapping[Language, str] = {Language.ENGLISH: _ENGLISH, Language.DUTCH: _DUTCH}


def readme(
    instance: Instance,
    file: str,
    warnings: tuple[str, ...],
    language: Language,
    folder: Path,
    openings: Mapping[Language, str] = _OPENINGS,
) -> str:
    """Write the README of an instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    file : str
        Name of the sheet's file.
    warnings : tuple of str
        What the import warned of.
    language : Language
        That of the sheet.
    folder : Path
        Folder of the instance, or its workbook.
    openings : mapping of Language to str
        How it begins: what the instance is made of, and what is weak in that; ``{title}``, ``{sites}``,
        ``{processes}`` and ``{file}`` stand for those.
    """
    words = Words(language)
    name = plain_name(folder)
    return (openings[language] + _TEXTS[language]).format(
        title=instance.settings.title,
        sites=sites_told(len(instance["sites"]), words),
        processes=processes_told(len(instance["processes"]), words),
        file=file,
        warned="".join(f"- {warning}.\n" for warning in warnings),
        folder=shlex.quote(folder.resolve().name),
        plan=shlex.quote(f"{name}-plan"),
        page=shlex.quote(f"{name}.html"),
    )
