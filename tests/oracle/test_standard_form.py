"""The program of a model, held against what Pyomo's own compiler makes of it."""

from pathlib import Path

import numpy as np
import pytest
from micro import micro
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

from routeplan.data.read import read
from routeplan.model.build import build
from routeplan.model.compile import compile_model
from routeplan.model.family import at_most, flat
from routeplan.model.lookups import Lookups
from small import small

INSTANCES = Path(__file__).parents[2] / "instances"
WORLDS = {
    **{name: lambda name=name: read(INSTANCES / name) for name in ("tiny", "nine-cases", "achterhoek")},
    **{f"micro {seed}": lambda seed=seed: micro(seed) for seed in range(5)},
}


@pytest.mark.some(3)
@pytest.mark.parametrize("world", WORLDS)
def test_a_program_is_the_standard_form_of_its_model(world):
    """Rows in the same order, columns by name, and the same numbers, bounds and objectives."""
    model = build(WORLDS[world]())
    program = compile_model(model)
    model.pyomo.emissions.activate()
    form = LinearStandardFormCompiler().write(model.pyomo, mixed_form=True, set_sense=None)
    place = {(variable.parent_component().local_name, variable.index()): at for at, variable in enumerate(form.columns)}
    at = np.array([place[name, index] for name, index in map(program.column_at, range(program.matrices.rows.shape[1]))])
    matrices = program.matrices
    assert len(at) == len(form.columns)
    assert abs(form.A.tocsr()[:, at] - matrices.rows).max() <= 1e-12 * abs(matrices.rows).max()
    kind, rhs = np.array([row.bound_type for row in form.rows]), np.asarray(form.rhs)
    assert np.allclose(matrices.row_upper, rhs, rtol=1e-12) and set(kind) <= {0, 1}
    assert np.array_equal(np.isfinite(matrices.row_lower), kind == 0)
    objectives = {objective.name: row[at] for objective, row in zip(form.objectives, form.c.toarray(), strict=True)}
    assert np.allclose(objectives["cost"], matrices.cost, rtol=1e-12)
    assert np.allclose(objectives["emissions"], program.emissions, rtol=1e-12)
    assert np.array_equal([form.columns[one].bounds for one in at], np.column_stack([matrices.lower, matrices.upper]))
    assert np.array_equal([form.columns[one].is_binary() for one in at], matrices.integer)


@at_most(Lookups, "process", "period", over=lambda data: [("oven", 2030), ("kiln", 2030)])
def made_up(m, data, process, period):
    """No gas is used whatever is decided, which is too much for the kiln."""
    return 0 * m.runs[process, "gas", period], {"oven": 1, "kiln": -1}[process]


def test_a_row_whose_coefficients_are_all_0_is_no_row():
    """One that holds is left out, and one that does not is told as broken."""
    program = compile_model(build(small(), (made_up,)))
    assert list(program.rows["made_up"].position) == [-1, -1]
    assert program.broken == ("made_up[kiln,2030]: 0  <=  -1",)


def test_terms_of_sums_that_are_multiplied_and_taken_off():
    """3 (x + 2 y + 1) - (x - (y - 4)) - 1 is 3 x + 6 y - x + y - 2."""
    runs = build(small()).bare.runs
    x, y = list(runs.values())[:2]
    terms = flat(3 * (x + 2 * y + 1) - (x - (y - 4)) - 1)
    number, others = [term for term in terms if isinstance(term, float | int)], terms[1:]
    found = {id(x): 0.0, id(y): 0.0}
    for term in others:
        coefficient, variable = term.args if hasattr(term, "args") else (1.0, term)
        found[id(variable)] += coefficient
    assert number == [3 - 4 - 1]
    assert found == {id(x): 3.0 - 1.0, id(y): 6.0 + 1.0}
