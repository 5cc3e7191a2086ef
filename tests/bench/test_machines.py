"""Runs of several machines: kept apart where they have run the same, put together where each has run a part."""

import pandas as pd

from routeplan.bench.machines import by_machine, most_run, run_on_several


def runs(*rows: tuple[str, str, int, str]) -> pd.DataFrame:
    """A row for each: instance, setting, seed and machine."""
    return pd.DataFrame(rows, columns=["instance", "setting", "seed", "machine"])


SHARDS = runs(("a", "s", 0, "one"), ("a", "t", 0, "two"), ("b", "s", 0, "two"))
TWICE = runs(("a", "s", 0, "two"), ("a", "t", 0, "two"), ("a", "s", 0, "one"))


def test_parts_of_one_suite_are_put_together() -> None:
    """No run is there on two machines."""
    assert not run_on_several(SHARDS)
    assert list(by_machine(SHARDS)) == [""]
    assert by_machine(SHARDS)[""] is SHARDS


def test_what_machines_have_both_run_is_kept_apart() -> None:
    """All of it, by name; another seed is another run."""
    assert run_on_several(TWICE)
    assert {machine: len(part) for machine, part in by_machine(TWICE).items()} == {"one": 1, "two": 2}
    assert not run_on_several(TWICE.assign(seed=[0, 0, 1]))


def test_the_machine_with_the_most_runs_is_shown_first() -> None:
    """Of as many, the first by name."""
    assert most_run(TWICE) == "two"
    assert most_run(TWICE.iloc[1:]) == "one"
