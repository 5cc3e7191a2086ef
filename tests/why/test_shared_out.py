"""Questions shared out over processes: the same answers, none of what was stopped, few lost where one breaks down."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from squares import SlowFrom, squared

from judged import FUND
from routeplan.errors import FaultError, UsageError
from routeplan.solver.solution import Stop
from routeplan.why.judged import Judged, Verdict
from routeplan.why.perspective import perspective
from routeplan.why.shared_out import PARTS, answers_to_all
from routeplan.why.verdicts import verdicts
from routeplan.why.wishes import option_wishes
from small import best, small


@pytest.fixture(autouse=True)
def questions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the processes that answer them."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def answers(asked: Sequence[int], workers: int, stop: Stop | None = None) -> tuple[dict[int, int], list[int]]:
    told: list[int] = []
    return answers_to_all(squared, asked, workers=workers, stop=stop, on_answer=told.append), told


@pytest.mark.nightly
def test_answers_are_by_the_place_of_their_question() -> None:
    """In one process and in two; each is told once."""
    asked = [3, 1, 2, 3]
    alone, told = answers(asked, 1)
    assert alone == {0: 9, 1: 1, 2: 4, 3: 9}
    assert told == [9, 1, 4, 9]
    shared, told_of_shared = answers(asked, 2)
    assert shared == alone
    assert list(shared) == [0, 1, 2, 3]
    assert sorted(told_of_shared) == sorted(told)


@pytest.mark.nightly
def test_a_process_that_breaks_down_takes_its_own_part_alone_with_it() -> None:
    """One of two questions ends its process."""
    assert answers([13, 2], 2)[0] == {1: 4}


def test_a_fault_is_told_with_its_question_and_the_others_are_answered() -> None:
    """Here, where nobody is told, it is raised."""
    told: dict[int, str] = {}
    found = answers_to_all(squared, [3, 7, 2], on_answer=lambda answer: None, on_fault=told.__setitem__)
    assert found == {0: 9, 2: 4}
    assert told == {1: "seven"}
    with pytest.raises(FaultError, match="seven"):
        answers([7], 1)


@pytest.mark.nightly
def test_faults_of_processes_are_told_too() -> None:
    """One question is a fault, one ends its process; with as many parts as questions no other is lost."""
    told: dict[int, str] = {}
    found = answers_to_all(squared, [3, 7, 13, 2], workers=2, on_answer=lambda answer: None, on_fault=told.__setitem__)
    assert found == {0: 9, 3: 4}
    assert told[1] == "seven"
    assert "its process ended" in told[2]
    assert answers([3, 7], 2)[0] == {0: 9}


def test_after_a_stop_nothing_is_begun() -> None:
    """Neither here nor in another process; of what was under way no answer is told."""
    assert answers([1, 2], 1, lambda: True) == ({}, [])
    assert answers([1, 2], 2, lambda: True) == ({}, [])
    asked_to_stop = iter([False, True, True])
    assert answers([1, 2], 1, lambda: next(asked_to_stop)) == ({}, [])


def test_what_a_process_knows_when_it_is_stopped_is_handed_over(tmp_path: Path) -> None:
    """Each part has a question that is answered at once, and one that takes for ever; two parts are under way."""
    count = 2 * PARTS
    asked = [*range(1, count + 1), *range(100, 100 + count)]
    told: list[int] = []
    found = answers_to_all(
        SlowFrom(100, tmp_path),
        asked,
        workers=2,
        stop=lambda: len(list(tmp_path.iterdir())) == 2,
        on_answer=told.append,
    )
    assert len(found) == 2
    assert found == {place: asked[place] ** 2 for place in found if place < count}
    assert sorted(told) == sorted(found.values())


@pytest.mark.parametrize("workers", [0, -1, 1.5, True])
def test_a_number_of_processes_that_makes_no_sense_is_refused(workers: int) -> None:
    """Whole, and 1 or more."""
    with pytest.raises(UsageError, match=r"workers is .*; allowed: 1 or more, whole"):
        answers([1], workers)


@pytest.mark.nightly
def test_verdicts_are_the_same_from_two_processes() -> None:
    """Those of the bakery and the tile maker; of a project whose process breaks down nothing would be known."""
    result = best(small(**FUND))
    wishes = option_wishes(result.instance)[:2]
    alone, shared = (verdicts(result, wishes=wishes, workers=workers) for workers in (1, 2))
    assert [(each.wish, each.verdict, each.possible_from) for each in shared] == [
        (each.wish, each.verdict, each.possible_from) for each in alone
    ]
    assert not [each for each in shared if each.verdict is Verdict.NOT_KNOWN]


@pytest.mark.nightly
def test_perspective_is_the_same_from_two_processes() -> None:
    """Under early and late dates too."""
    result = best(small(**FUND))
    assert perspective(result, workers=2).table.equals(perspective(result).table)


def test_what_was_stopped_is_not_called_unknown() -> None:
    """The verdicts so far are handed over, and no others."""
    result = best(small(**FUND))
    judged: list[Judged] = []
    found = verdicts(
        result,
        wishes=option_wishes(result.instance),
        stop=lambda: bool(judged),
        on_judged=lambda each, count: judged.append(each),
    )
    assert found == judged
    assert len(found) == 1
