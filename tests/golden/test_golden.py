"""The model of some instances against the model that was stored: a change of any row or column shows as a line.

`python tests/golden/store.py` stores what the code makes now. CONTRIBUTING.md says when that is right.
"""

import pytest
from canonical import canonical
from stored import INSTANCES, changes, stored


@pytest.mark.some(2)
@pytest.mark.parametrize("name", INSTANCES)
def test_the_model_is_the_stored_one(name: str) -> None:
    """Every column and row has the bounds, the cost and the coefficients that it had when it was stored."""
    changed = changes(stored(name), canonical(INSTANCES[name]()))
    assert not changed, f"the model of {name} has changed:\n" + "\n".join(changed)


BEFORE = ["flow[a] continuous from 0 to 4 cost 1 kt 0", "hub_capacity[h]: -inf <= +1 output[h] -2.5 open[h] <= 0"]


def test_a_change_is_told_by_row_before_and_after() -> None:
    """A coefficient of one row differs."""
    after = [BEFORE[0], "hub_capacity[h]: -inf <= +1 output[h] -2.6 open[h] <= 0"]
    assert changes(BEFORE, after) == [f"- {BEFORE[1]}", f"+ {after[1]}"]


def test_rows_that_come_and_go_are_told() -> None:
    """One row less, and one column more."""
    more = "flow[b] continuous from 0 to 4 cost 1 kt 0"
    assert changes(BEFORE, [*BEFORE, more]) == [f"+ {more}"]
    assert changes(BEFORE, BEFORE[:1]) == [f"- {BEFORE[1]}"]


def test_the_last_digits_of_another_machine_are_no_change() -> None:
    """Numbers count as equal to nine digits, text only to the letter."""
    third = ["flow[a] continuous from 0 to 0.3333333333 cost 1 kt 0"]
    assert changes(third, ["flow[a] continuous from 0 to 0.3333333334 cost 1 kt 0"]) == []
    assert len(changes(third, ["flow[a] continuous from 0 to 0.33333334 cost 1 kt 0"])) == 2
    assert len(changes(third, ["flow[a] integer from 0 to 0.3333333333 cost 1 kt 0"])) == 2
