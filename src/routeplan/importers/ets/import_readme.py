"""The README of an imported instance: its description, its weak points, and how to trace a number."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from routeplan.data.paths import plain_name
from routeplan.errors import counted
from routeplan.estimate.links_left_out import links_left_out_line
from routeplan.estimate.surroundings.links import LEAST_LENGTH
from routeplan.instance.instance import Instance
from routeplan.schema.inputs import BASES, REGISTER

_TEXT = """# {title}

{sites} with {processes}, made by `routeplan import ets` from a public register. **All figures but
the emissions are estimates**, none is from a firm. Column `basis` of `sites.csv` marks each site as `{basis}`, {said}.
Whatever shows a plan says so beside the names.

| | |
|---|---|
| register | EU ETS (European Union Transaction Log, CC BY 4.0), export `{export}` |
| year | verified emissions of {year}, which stand for those of {first} too: look who has closed since |
| selection | {where}; outside the five big clusters; {emitted:,.0f} kt CO2 a year |
| left out | {dropped} rows of the export, each with its reason in `note_dropped.csv` |
| places | towns: `places.csv` of the default tables, and GeoNames (CC BY 4.0) |

## What is weak

- **Energy.** Gas is worked out from emissions; its heat bands, and electricity, are averages of the sector.
- **Places.** A site lies at the centre of its town. Sites of one town lie on one point, as {shared} do here, and the
  way between them counts as {least:g} km. A few hundred metres matter little beside all else, but which neighbours
  are linked says nothing about streets.
- **Grid, networks, hubs.** Years are from public plans; MW and the places of hubs are stylised. The sites get the
  share of an area's room that they have of its industry's emissions.
{left_out}
- **Public money, green gas.** Assumed for cluster 6 as a whole; the sites get {share:.1%}, their share of emissions.
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
    """
    sites, options = instance["sites"], instance["options"]
    return _TEXT.format(
        title=instance.settings.title,
        sites=counted(len(sites), "site"),
        processes=counted(len(instance["processes"]), "process", "processes"),
        export=selection.export,
        year=selection.year,
        first=int(instance["periods"]["period"].iloc[0]),
        where=selection.where,
        emitted=options.loc[options["current"] == 1, "emissions"].sum(),
        dropped=dropped,
        least=LEAST_LENGTH,
        shared=int(sites.duplicated(["lat", "lon"], keep=False).sum()),
        left_out=links_left_out_line(links_left_out),
        share=share,
        warned="".join(f"- {warning}.\n" for warning in warnings),
        folder=shlex.quote(folder.resolve().name),
        plan=shlex.quote(f"{plain_name(folder)}-plan"),
        basis=REGISTER,
        said=BASES[REGISTER],
    )
