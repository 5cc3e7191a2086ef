"""The README of a generated instance: its description, its knobs, and its weak points."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from routeplan.data.paths import plain_name
from routeplan.estimate.links_left_out import links_left_out_line
from routeplan.generate.knobs import Knobs
from routeplan.generate.request import Request
from routeplan.instance.instance import Instance
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.language.nouns import areas_told, processes_told, sites_told

_ENGLISH = """# {title}

{sites} with {processes}, made by `routeplan generate`. **None of them is a real firm or plant.**
Sizes, sectors and regions follow the statistics of Dutch industry outside the five big clusters.

| | |
|---|---|
| seed | {seed} |
| emissions | {emitted} kt fossil CO2 a year |
| gas | {gas} PJ a year |
| projects wished for | {wishes} |
| stations | {stations}, below {areas} |
{knobs}

Up to 330 sites are a part of the country, and get their share of its hydrogen, storage, green gas, grid room and
public money. More are a larger country, in which all of these, planned pipes and hubs grow with the number of sites.

## Make it again

```
{command}
```

The same release of routeplan then makes the same files, whatever the machine.

## What is weak

- **Sites.** Real sites are no independent draws: a real region may hold three mills of one firm, or none.
- **Heat.** Bands are those of the sector with a random spread, process by process estimated.
- **Grid, networks, hubs.** Years are from public plans; MW and the places of hubs are stylised, stations made up.
{left_out}
- **Wishes.** Drawn by weights that give about as many projects as are known, most of them electrification.

## Plan it

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan verify {folder} {plan}
```

`derivation.csv` says where each number comes from. A rule with the key `every row` holds for a whole column. A default
table that was made larger, or turned by a knob, is cited with the factor: `areas.csv, room x 0.5:6`.
"""

_DUTCH = """# {title}

{sites} met {processes}, gemaakt met `routeplan generate`. **Geen ervan is een bestaand bedrijf of bestaande
fabriek.** Omvang, sectoren en regio's volgen de statistiek van de Nederlandse industrie buiten de vijf grote clusters.

| | |
|---|---|
| startwaarde (seed) | {seed} |
| uitstoot | {emitted} kt fossiele CO2 per jaar |
| aardgas | {gas} PJ per jaar |
| gewenste projecten | {wishes} |
| stations | {stations}, onder {areas} |
{knobs}

Tot 330 locaties vormen een deel van het land en krijgen hun deel van waterstof, opslag, groen gas, ruimte op het
elektriciteitsnet en publiek geld. Meer locaties vormen een groter land, waarin dat alles, geplande leidingen en hubs
meegroeien met het aantal locaties.

## Opnieuw maken

```
{command}
```

Dezelfde versie van routeplan maakt daarmee op elke computer dezelfde bestanden.

## Wat is onzeker

- **Locaties.** Echte locaties zijn geen onafhankelijke trekkingen: een echte regio kan drie fabrieken van één bedrijf
  hebben, of geen.
- **Warmte.** De temperatuurniveaus zijn die van de sector met een willekeurige spreiding, geschat per proces.
- **Elektriciteitsnet, leidingen, hubs.** Jaartallen komen uit openbare plannen; de MW en de plaatsen van hubs zijn
  vereenvoudigd, de stations verzonnen.
{left_out}
- **Wensen.** Getrokken met gewichten die ongeveer zoveel projecten opleveren als bekend zijn, waarvan de meeste
  elektrificatie.

## Een plan maken

```
routeplan check {folder}
routeplan solve {folder} --out {plan}
routeplan report {plan} --language nl --out {page}
```

`derivation.csv` vertelt van elk getal waar het vandaan komt, in het Engels. Een regel met de sleutel `every row` geldt
voor een hele kolom. Een tabel met kengetallen die is vergroot of met een instelling is aangepast, staat er met de
factor bij: `areas.csv, room x 0.5:6`.
"""

_TEXTS: Mapping[Language, str] = {Language.ENGLISH: _ENGLISH, Language.DUTCH: _DUTCH}

_PJ_PER_GWH = 0.0036


def readme(instance: Instance, request: Request, links_left_out: int, folder: Path) -> str:
    """Write the README of a generated instance.

    Parameters
    ----------
    instance : Instance
        The instance.
    request : Request
        What was asked.
    links_left_out : int
        Candidate links that lie on no way that is cheap enough.
    folder : Path
        Its folder, or workbook.
    """
    words = Words(request.language)
    options, areas = instance["options"], instance["areas"]
    current = options[options["current"] == 1]
    name = folder.resolve().name
    return _TEXTS[words.language].format(
        title=title_of(instance.settings, words),
        sites=sites_told(len(instance["sites"]), words),
        processes=processes_told(len(instance["processes"]), words),
        seed=request.seed,
        emitted=words.number(round(current["emissions"].sum())),
        gas=words.number(current["gas"].sum() * _PJ_PER_GWH),
        wishes=words.number(len(instance["wishes"])),
        stations=words.number(int((areas["parent"] != "").sum())),
        areas=areas_told(int((areas["parent"] == "").sum()), words),
        knobs="\n".join(_knobs(request.knobs, words)),
        command=request.command(name),
        left_out=links_left_out_line(links_left_out, words),
        folder=shlex.quote(name),
        plan=shlex.quote(f"{plain_name(folder)}-plan"),
        page=shlex.quote(f"{plain_name(folder)}.html"),
    )


def _knobs(knobs: Knobs, words: Words) -> Iterator[str]:
    """Rows of the table on how each knob stands."""
    cap = words("none")
    if knobs.emission_cap is not None:
        cap = words(
            "{share}, at {price} EUR/t above it",
            share=words.number(knobs.emission_cap),
            price=words.number(knobs.cap_price),
        )
    turned = {
        words("headroom"): words.number(knobs.headroom),
        words("price of hydrogen"): words.number(knobs.hydrogen_price),
        words("price of storage"): words.number(knobs.storage_price),
        words("emission cap"): cap,
        words("budget"): words.number(knobs.budget),
        words("candidate links"): words("{number} a site", number=words.number(knobs.candidate_links)),
        words("clustering"): words.number(knobs.clustering),
        words("wishes"): words("{number} a site", number=words.number(knobs.wishes)),
    }
    return (words("| knob: {name} | {value} |", name=name, value=value) for name, value in turned.items())
