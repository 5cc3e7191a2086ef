"""Phases of routeplan around its solver."""

from pathlib import Path

import pytest

from routeplan.bench.phases import BEFORE, COLUMNS, OF_A_SOLVE, phases
from routeplan.data.read import read
from routeplan.data.shipped import shipped
from routeplan.errors import UsageError
from routeplan.model.build import build
from routeplan.model.compile import compile_model


@pytest.mark.nightly
def test_phases_of_an_instance_are_those_of_its_model() -> None:
    """Sizes are those of the model that is built here; of the first instance growth is 1 by definition."""
    folder = shipped("instances", "tiny")
    assert folder is not None
    instance = read(folder)
    matrices = compile_model(build(instance)).matrices
    frame = phases(["tiny"], runs=1, gap=None)
    assert list(frame.columns) == list(COLUMNS)
    row = frame.iloc[0]
    assert (row["instance"], row["sites"], row["rows"], row["columns"], row["binaries"]) == (
        "tiny",
        len(instance["sites"]),
        *matrices.rows.shape,
        matrices.integer.sum(),
    )
    assert row["growth"] == 1.0
    assert all(row[name] > 0.0 for name in (*BEFORE, "peak", "tables"))


@pytest.mark.nightly
def test_a_solve_reaches_its_gap_and_growth_is_per_site() -> None:
    """The same folder twice is of as many sites: its growth is the ratio of its times."""
    frame = phases(["tiny", "tiny"], runs=2, gap=0.01)
    assert list(frame.columns) == [*COLUMNS, *OF_A_SOLVE]
    assert (frame["gap"] <= 0.01).all()
    times = frame[list(BEFORE)].sum(axis=1)
    assert frame["growth"].tolist() == pytest.approx([1.0, times[1] / times[0]])


def test_what_cannot_be_measured_is_refused() -> None:
    """By name: a folder that is not there, and no run at all."""
    with pytest.raises(UsageError, match=r"^nowhere is not there; allowed: .*, or one of achterhoek, .*tiny$"):
        phases(["tiny", "nowhere"])
    with pytest.raises(UsageError, match=r"^runs is 0; allowed: 1 or more$"):
        phases(["tiny"], runs=0)


@pytest.mark.nightly
def test_an_instance_that_is_none_is_told_by_its_name(tmp_path: Path) -> None:
    """With what is wrong with it."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"^empty was not measured \(raised\): (.|\n)*instance\.toml"):
        phases([str(tmp_path / "empty")], runs=1, gap=None)
