"""The README of a generated instance: its description, its knobs, and its weak points."""

import shlex
from pathlib import Path

from routeplan.data.paths import plain_name
from routeplan.errors import counted
from routeplan.estimate.links_left_out import links_left_out_line
from routeplan.generate.request import Request
from routeplan.instance.instance import Instance

_TEXT = """# {title}

{sites:,} sites with {processes:,} processes, made by `routeplan generate`. **None of them is a real firm or plant.**
Sizes, sectors and regions follow the statistics of Dutch industry outside the five big clusters.

| | |
|---|---|
| seed | {seed} |
| emissions | {emitted:,.0f} kt fossil CO2 a year |
| gas | {gas:,.1f} PJ a year |
| projects wished for | {wishes:,} |
| stations | {stations:,}, below {areas} |
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
    options, areas, knobs = instance["options"], instance["areas"], request.knobs
    current = options[options["current"] == 1]
    cap = "none" if knobs.emission_cap is None else f"{knobs.emission_cap:g}, at {knobs.cap_price:g} EUR/t above it"
    turned = {
        "headroom": f"{knobs.headroom:g}",
        "price of hydrogen": f"{knobs.hydrogen_price:g}",
        "price of storage": f"{knobs.storage_price:g}",
        "emission cap": cap,
        "budget": f"{knobs.budget:g}",
        "candidate links": f"{knobs.candidate_links} a site",
        "clustering": f"{knobs.clustering:g}",
        "wishes": f"{knobs.wishes:g} a site",
    }
    name = folder.resolve().name
    return _TEXT.format(
        title=instance.settings.title,
        sites=len(instance["sites"]),
        processes=len(instance["processes"]),
        seed=request.seed,
        emitted=current["emissions"].sum(),
        gas=current["gas"].sum() * _PJ_PER_GWH,
        wishes=len(instance["wishes"]),
        stations=int((areas["parent"] != "").sum()),
        areas=counted(int((areas["parent"] == "").sum()), "congestion area"),
        knobs="\n".join(f"| knob: {name} | {value} |" for name, value in turned.items()),
        command=request.command(name),
        left_out=links_left_out_line(links_left_out),
        folder=shlex.quote(name),
        plan=shlex.quote(f"{plain_name(folder)}-plan"),
    )
