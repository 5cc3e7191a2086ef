"""Which two folders are one suite that was run twice on one machine, and what is said of others."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_runs import MACHINE, run

from routeplan.bench.repeatable import refuse_unless_repeated
from routeplan.errors import DataError, UsageError
from routeplan.runs.job import key_of

NAMES = [f"a-S-{place}" for place in range(5)]


def recorded(*names, seconds=1.0, machine=MACHINE, about=None):
    """Records of runs of these instances, about what is told otherwise."""
    records = [run(name, seconds=seconds, machine=machine).record for name in names]
    changed = [{**record.about, **(about or {})} for record in records]
    return [replace(record, about=each, key=key_of(each)) for record, each in zip(records, changed, strict=True)]


def refused(first, second):
    """What is said of the folders ``one`` and ``two`` with these records."""
    with pytest.raises(DataError) as error:
        refuse_unless_repeated((Path("one"), first), (Path("two"), second))
    return list(map(str, error.value.problems))


def test_the_same_runs_made_twice_are_accepted():
    """In whatever order; times may differ."""
    first, second = recorded(*NAMES), recorded(*NAMES[::-1], seconds=2.0)
    assert refuse_unless_repeated((Path("one"), first), (Path("two"), second)) is None


def test_one_folder_is_not_held_against_itself():
    """However it is written."""
    runs = recorded(*NAMES)
    with pytest.raises(UsageError, match="is given twice; allowed: two folders"):
        refuse_unless_repeated((Path("one"), runs), (Path("two/../one"), runs))


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"name": "lap"}, "name lap for desk"), ({"cores": 2, "memory": 8.0}, "cores 2 for 4, memory")],
)
def test_another_machine_is_refused(changed, told):
    """By its name, or by what it is under the same name."""
    second = recorded(*NAMES, seconds=2.0, machine={**MACHINE, **changed})
    (problem,) = refused(recorded(*NAMES), second)
    assert problem.startswith(f"two: was run on another machine than one ({told}")
    assert problem.endswith("); allowed: both on one")


def test_several_machines_in_a_folder_are_refused():
    """Whatever the other folder has."""
    mixed = [*recorded(*NAMES[:2]), *recorded(*NAMES[2:], machine={**MACHINE, "name": "lap"})]
    assert refused(mixed, recorded(*NAMES, seconds=2.0))[0] == (
        "one: has runs of 2 machines (desk, lap); allowed: those of one"
    )


def test_another_limit_is_another_suite():
    """It is told once for all such runs, with the numbers; and so is another version of a solver."""
    second = [
        *recorded(*NAMES[:3], seconds=2.0, about={"seconds": 20.0}),
        *recorded(*NAMES[3:], seconds=2.0, about={"version": "1.3"}),
    ]
    assert refused(recorded(*NAMES), second) == [
        "two: is of another suite than one: 2 runs made otherwise (version 1.3 for 1.2); allowed: one suite, run twice",
        "two: is of another suite than one: 3 runs made otherwise (seconds 20.0 for 100.0); allowed: one suite, run "
        "twice",
    ]


def test_runs_that_one_folder_lacks_are_named():
    """The first three; a suite that was not run to its end is gone on with by the same command."""
    assert refused(recorded(*NAMES), recorded(NAMES[4], seconds=2.0)) == [
        "two: lacks 4 runs of one (a-S-0 highs-default seed 0, a-S-1 highs-default seed 0, a-S-2 highs-default seed 0, "
        "and 1 more); allowed: all runs of one suite, made twice"
    ]
    assert refused(recorded(NAMES[0]), recorded(*NAMES[:2], seconds=2.0))[0].startswith(
        "one: lacks 1 run of two (a-S-1 highs-default seed 0)"
    )


def test_copies_of_runs_are_refused():
    """They would agree in everything."""
    second = [*recorded(NAMES[0]), *recorded(*NAMES[1:], seconds=2.0)]
    assert refused(recorded(*NAMES), second) == [
        "two: has 1 run of one as they are there (a-S-0 highs-default seed 0); allowed: runs made twice"
    ]
