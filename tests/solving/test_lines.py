"""A solve in a script or a notebook tells how far it is, when it is asked to."""

import re
from typing import Any

import pytest

from routeplan.errors import UsageError
from routeplan.solving.lines import SHOWN
from routeplan.solving.progress import Progress
from routeplan.solving.solve import solve
from small import crowd, small


@pytest.mark.nightly
def test_progress_is_printed_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines on standard error, each with its second and stage: the model is built first, the plan is checked last."""
    solve(small(), progress=True)
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert all(re.fullmatch(r" *\d+\.\d s  \w[^\n]*", line) for line in lines)
    assert lines[0].endswith(f" s  {SHOWN['build']}")
    assert "plan 4.80" in err
    solve(small())
    assert capsys.readouterr() == ("", "")


@pytest.mark.nightly
def test_a_listener_is_told_besides(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed is a part of what a listener hears: no more than a line a stage and one every five seconds."""
    heard: list[Progress] = []
    result = solve(crowd(20), gap=0.05, threads=1, progress=True, on_progress=heard.append)
    stages = list(dict.fromkeys(news.stage for news in heard))
    printed = [re.split(r"  +", line.strip())[1] for line in capsys.readouterr().err.splitlines()]
    assert list(dict.fromkeys(printed)) == [SHOWN.get(stage, stage) for stage in stages]
    assert len(printed) <= 3 * len(stages) + result.record.seconds / 5
    assert len(heard) == len(result["progress"])


def test_what_a_listener_raises_reaches_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    """The lines end with it."""

    def refuse(news: Progress) -> None:
        raise ValueError(news.stage)

    with pytest.raises(ValueError, match="build"):
        solve(small(), progress=True, on_progress=refuse)
    assert capsys.readouterr().err.endswith(f" s  {SHOWN['build']}\n")


@pytest.mark.parametrize("wrong", [print, "yes", 1])
def test_what_is_neither_yes_nor_no_is_refused(wrong: Any) -> None:
    """A function belongs to another parameter."""
    with pytest.raises(UsageError, match="allowed: True or False; on_progress takes a function"):
        solve(small(), progress=wrong)
