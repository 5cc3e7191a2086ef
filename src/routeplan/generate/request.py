"""Request for a generated instance, and the command that repeats it."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, fields

from routeplan.estimate.places import folded
from routeplan.generate.knobs import Knobs
from routeplan.language.language import Language
from routeplan.schema.periods import HORIZON_END, PERIODS

YEARS = (*PERIODS, HORIZON_END)
"""First years of the periods, and the horizon's end."""


@dataclass(frozen=True)
class Request:
    """Arguments of a generated instance; `routeplan.generate.generate.generate` explains each.

    Parameters
    ----------
    sites : int
        Number of sites asked for, before areas are chosen from them.
    seed : int
        Seed of the draws.
    years : tuple of int
        First years of the periods, and the horizon's end.
    knobs : Knobs
        How the knobs stand.
    areas : tuple of str
        Congestion areas whose sites are kept; every area when empty.
    tables : str
        Folder of the user's default tables, as it was given; "" when there is none.
    language : Language
        That of sources and README.
    """

    sites: int
    seed: int
    years: tuple[int, ...]
    knobs: Knobs
    areas: tuple[str, ...] = ()
    tables: str = ""
    language: Language = Language.ENGLISH

    def command(self, folder: str) -> str:
        """Write the command that makes the instance in a folder; arguments at their defaults are left out."""
        words = ["routeplan", "generate", "--sites", f"{self.sites}", "--seed", f"{self.seed}"]
        for area in self.areas:
            words += ["--area", area]
        if self.years != YEARS:
            words += ["--periods", ",".join(map(str, self.years))]
        for knob in fields(self.knobs):
            if (value := getattr(self.knobs, knob.name)) != knob.default:
                words += ["--" + knob.name.replace("_", "-"), f"{value}"]
        if self.tables:
            words += ["--tables", self.tables]
        if self.language is not Language.ENGLISH:
            words += ["--language", self.language.value]
        return shlex.join([*words, "--out", folder])


def instance_name(sites: int, seed: int, areas: Sequence[str] = ()) -> str:
    """Name an instance after the sites asked for, its seed and its areas: ``generated-330-1-g15-g16``."""
    return "-".join(["generated", str(sites), str(seed), *(folded(area).replace(" ", "-") for area in areas)])
