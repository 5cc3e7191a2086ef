"""Ctrl-C: heard once it stops the search, twice it gives up, and no plan is lost by one that comes late."""

import signal
import threading

import pytest

from routeplan.cli.interrupt import STOP_MESSAGE, finish_despite_interrupt, stop_on_interrupt, stop_once_asked
from routeplan.result.result import Status
from routeplan.solving.solve import solve
from small import small


def press():
    signal.raise_signal(signal.SIGINT)


def pressing(stage, times=1):
    """Progress is heard by somebody who presses Ctrl-C when a stage begins."""
    left = {stage: times}

    def hear(progress):
        while progress.stage == stage and left[stage] > 0:
            left[stage] -= 1
            press()

    return hear


def test_the_first_is_told_and_the_second_interrupts():
    """The event is set, whoever listens is told once, and only then comes the exception."""
    told = []
    with stop_on_interrupt(told.append) as stop:
        assert not stop.is_set()
        press()
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            press()
    assert told == [STOP_MESSAGE]


def test_before_anybody_asks_whether_to_stop_there_is_nothing_to_keep():
    """The first ends what is being prepared; once the search asks, the first stops that, and the second interrupts."""
    with stop_once_asked() as stop:
        with pytest.raises(KeyboardInterrupt):
            press()
        assert not stop.asked()
        press()
        assert stop.asked()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_what_takes_a_moment_is_finished():
    """Inside, Ctrl-C does nothing; outside it does what it did before."""
    before = signal.getsignal(signal.SIGINT)
    with finish_despite_interrupt():
        press()
        press()
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(KeyboardInterrupt):
        press()


def test_a_program_that_ignores_ctrl_c_goes_on_doing_so():
    """As in the background of a script: it is not made to listen."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stop_on_interrupt() as stop:
            press()
            assert not stop.is_set()
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_leaves_signals_alone():
    """Only the main thread may handle them; in another the event is never set, and nothing breaks."""
    seen = []

    def work():
        with stop_on_interrupt() as stop, finish_despite_interrupt():
            seen.append((stop.is_set(), signal.getsignal(signal.SIGINT)))

    before = signal.getsignal(signal.SIGINT)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(False, before)]


def solved(hear):
    """A solve as the command does it, with somebody who presses Ctrl-C when it hears of a stage."""
    told = []
    with stop_on_interrupt(told.append, hear) as interrupt:
        return solve(small(), gap=0.0, stop=interrupt, on_progress=interrupt.hear), told


@pytest.mark.nightly
def test_a_plan_is_not_lost_while_it_is_tidied_and_checked():
    """Two Ctrl-C in the last moment: the best plan, 4.8 as without them."""
    result, told = solved(pressing("tidy", times=2))
    assert (result.status, result.objective, told) == (Status.OPTIMAL, pytest.approx(4.8), [])


def test_a_wish_to_stop_is_told_and_a_plan_handed_over():
    """One Ctrl-C as the search begins: it is told, and there is a plan."""
    result, told = solved(pressing("cost"))
    assert told == [STOP_MESSAGE]
    assert result.status.has_plan
    if result.status is Status.FEASIBLE:
        assert result.record.reason == "the search was stopped by the user before it reached the gap that was asked"
    assert result.record.found_by in ("cost", "stay")


def test_two_wishes_to_stop_give_the_plan_up():
    """During the search, the second Ctrl-C ends everything."""
    with pytest.raises(KeyboardInterrupt):
        solved(pressing("cost", times=2))
