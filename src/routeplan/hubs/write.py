"""Write hub designs to files that `read_designs` reads."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomli_w

from routeplan.data.write import write_text
from routeplan.hubs.design import Design


def write_designs(designs: Sequence[Design], folder: Path) -> None:
    """Write designs to a folder that is there, numbered in their order."""
    for number, design in enumerate(designs, start=1):
        write_text(folder / f"{number:02}-{design.name}.toml", tomli_w.dumps(_entries(design)))


def _entries(design: Design) -> dict[str, Any]:
    """The content of the file of a design."""
    entries: dict[str, Any] = {"name": design.name, "title": design.title, "title_nl": design.title_nl}
    entries |= {"public_share": design.public_share, "forbidden_links": list(design.forbidden)}
    if design.members is not None:
        entries["members"] = list(design.members)
    hubs = [{"hub": one.hub, "option": one.option, "first_year": one.first_year, **one.row} for one in design.hubs]
    return entries | {
        "hub": hubs,
        "link": [asdict(one) for one in design.links],
        "contract": [{**asdict(one), "sites": list(one.sites)} for one in design.contracts],
    }
