"""Families of synthetic sites, from routeplan's own generator through its own model."""

from dataclasses import dataclass

from routeplan.bench.families.family import Made, Size, canonical, ladder, number_of
from routeplan.generate.generate import generate
from routeplan.generate.knobs import Knobs
from routeplan.instance.instance import Instance
from routeplan.model.build import build
from routeplan.model.compile import compile_model

SITES = ladder("sites", 6, 24, 100, 330, 1000)


@dataclass(frozen=True)
class SiteFamily:
    """Synthetic sites under one set of knobs; of the same size and seed, all such families have the same sites.

    Coefficients are those of routeplan's model as it is, of which a few are smaller than 0.001 (shares of small sites).

    Parameters
    ----------
    name, about : str
        Name, and what it probes.
    knobs : Knobs
        What makes the instances hard.
    sizes : tuple of Size
        Sizes.
    """

    name: str
    about: str
    knobs: Knobs
    sizes: tuple[Size, ...] = SITES

    def instance(self, size: str, seed: int) -> Instance:
        """Generate the instance of which `make` makes the program.

        Raises
        ------
        UsageError
            When there is no such size, or no such seed.
        """
        return generate(number_of(self, size, seed), seed, knobs=self.knobs).instance

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        return planned(self.instance(size, seed))


def planned(instance: Instance) -> Made:
    """Compile the program of an instance, under the objective that it asks for."""
    program = compile_model(build(instance))
    return Made(canonical(program.asked), reason="; ".join(program.broken))


MANY_SITES = SiteFamily("sites", "Many sites that share few limits: nearly separable, as the country is.", Knobs())
TIGHT_BUDGETS = SiteFamily(
    "budgets", "The same sites under tight budgets of public money: who gets it is a knapsack.", Knobs(budget=0.2)
)
HARD_COUNTRY = SiteFamily(
    "hard-country",
    "The same sites with little room on the grid, cheap hydrogen, a strict cap and many links to choose from.",
    Knobs(headroom=0.4, hydrogen_price=0.55, storage_price=0.6, emission_cap=0.12, candidate_links=4),
)
