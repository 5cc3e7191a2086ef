"""Badly scaled versions of networks: other units, and a loose big M."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from routeplan.bench.families.draws import stream, whole
from routeplan.bench.families.family import Made, Size, canonical
from routeplan.bench.families.formulations import loose
from routeplan.bench.families.networks import NET_MESH, NetworkFamily
from routeplan.instance.horizon import FloatArray
from routeplan.model.matrices import Matrices

LOOSENED = 1000.0
LEAST_POWER, MOST_POWER = -5, 10
"""Of rows and of columns: a coefficient of 1 becomes 0.001 to 1,000,000. Units are powers of 2: nothing is rounded."""


@dataclass(frozen=True)
class ScaledFamily:
    """A family of networks in bad units, with a big M that is `LOOSENED` times the capacity.

    Its coefficients lie far outside the range of the other families, on purpose. Its optima are those of the family
    that it is made of.

    Parameters
    ----------
    of : NetworkFamily
        What is made worse.
    name, about : str
        Name, and what it probes.
    """

    of: NetworkFamily = NET_MESH
    name: str = "scaled"
    about: str = (
        "The networks of net-mesh in bad units with a loose big M: a small infeasibility opens an arc for free."
    )

    @property
    def sizes(self) -> tuple[Size, ...]:
        """Sizes of the family that it is made of."""
        return self.of.sizes

    def make(self, size: str, seed: int) -> Made:
        """Make an instance; see `Family.make`."""
        plain = loose(self.of.network(size, seed), LOOSENED)
        return Made(in_units(plain, *self.units(plain, size, seed)), self.of.make(size, seed).optimum)

    def units(self, plain: Matrices, size: str, seed: int) -> tuple[FloatArray, FloatArray]:
        """Draw the units.

        Parameters
        ----------
        plain : Matrices
            The program in sound units.
        size : str
            Name of the size.
        seed : int
            Seed.

        Returns
        -------
        rows : FloatArray, shape (R,)
            Factor on each row.
        columns : FloatArray, shape (C,)
            Unit of each column: a point of the plain program is its point here times these. Integer columns keep 1.
        """
        random = stream(self.name, size, seed)
        count = plain.rows.shape
        rows, columns = (np.ldexp(1.0, whole(random, number, LEAST_POWER, MOST_POWER)) for number in count)
        return rows, np.where(plain.integer, 1.0, columns)


def in_units(matrices: Matrices, rows: FloatArray, columns: FloatArray) -> Matrices:
    """The same program with its rows multiplied by factors, and its columns counted in units; the same objective."""
    scaled = sparse.diags_array(rows) @ matrices.rows @ sparse.diags_array(columns)
    changed = matrices.with_numbers(
        cost=matrices.cost * columns,
        lower=matrices.lower / columns,
        upper=matrices.upper / columns,
        row_lower=matrices.row_lower * rows,
        row_upper=matrices.row_upper * rows,
    )
    return canonical(replace(changed, rows=sparse.csc_array(scaled)))


SCALED = ScaledFamily()
