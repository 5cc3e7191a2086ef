"""Perspective read back: what was written is found again, and what is of another plan is refused at its line."""

from pathlib import Path

import pandas as pd
import pytest

from routeplan.errors import DataError, UsageError
from routeplan.language.language import Words
from routeplan.report.files.perspective_file import write_perspective
from routeplan.result.result import Result
from routeplan.why.dates import Dates
from routeplan.why.outlook import Answer, Outlook, Perspective, first_planned
from routeplan.why.perspective import perspective
from routeplan.why.perspective_told import lack_told
from routeplan.why.read_perspective import read_perspective
from routeplan.why.until import UntilThen
from routeplan.why.wishes import option_wishes
from small import OVEN, OVEN_OPTIONS, best, small

STATION = {
    "headroom": "area,period,firm,flexible\ntown,2030,1,0\ntown,2032,2,0",
    "works": "work,area,earliest,estimate,latest\nstation,town,2030,2032,2034",
    "links": "link,carrier,from,to,mode,status,length",
}
"""The electric oven has room from 2032 on, early in 2030, late in no period."""


@pytest.fixture(scope="module")
def found() -> Perspective:
    return perspective(best(small(**OVEN, options=OVEN_OPTIONS, **STATION)), years=2)


@pytest.fixture
def file(found: Perspective, tmp_path: Path) -> Path:
    return write_perspective(found, tmp_path / "perspective.csv")


def test_what_was_written_is_read(found: Perspective, file: Path) -> None:
    """Every column of its table, until-then from the plan itself."""
    read = read_perspective(file, found.result)
    assert (read.years, read.plans) == (found.years, found.plans)
    pd.testing.assert_frame_equal(read.table, found.table)


TOGETHER = "process,site,kind\noven,bakery,oven\nkiln,bakery,kiln"
"""Both processes of the small instance at one site."""


def read_again(result: Result, routes: int, file: Path) -> Perspective:
    """What is read back of a file with the first routes of a plan."""
    planned, until = first_planned(result), UntilThen(result)
    never = dict.fromkeys(Dates, Answer(None))
    outlooks = tuple(
        Outlook(wish.site, *option, never, planned.get(option), until(wish.process, planned.get(option)), None)
        for wish in option_wishes(result.instance)[:routes]
        for option in [(wish.process, wish.route)]
    )
    given = Perspective(result, 2, {Dates.EARLY: "as_planned", Dates.LATE: "as_planned"}, outlooks)
    return read_perspective(write_perspective(given, file, overwrite=True), result)


def test_routes_that_are_not_in_the_file_are_told(tmp_path: Path) -> None:
    """Some of a site's alone: ended early; none of a site's: that, or not asked about; of all: nothing to say."""
    two_sites, one_site = best(small()), best(small(processes=TOGETHER))
    for result in (two_sites, one_site):
        assert not [*lack_told(read_again(result, 2, tmp_path / "all.csv"), Words())]
    whole = read_again(two_sites, 1, tmp_path / "some.csv")
    assert [*lack_told(whole, Words())] == [
        "When routes are possible is told of 1 of 2: the other sites were not asked about, or the search was ended "
        "early."
    ]
    assert not [*lack_told(whole.at("bakery"), Words())]
    assert len([*lack_told(whole.at("tiles"), Words())]) == 1
    part = read_again(one_site, 1, tmp_path / "some.csv")
    said = "When routes are possible is told of 1 of 2: the search was ended early, and of the others nothing is known."
    assert part.stopped and not whole.stopped
    assert [*lack_told(part, Words())] == [*lack_told(part.at("bakery"), Words())] == [said]


@pytest.mark.parametrize(
    ("column", "value"), [("process", "kiln"), ("route", "coal"), ("expected", 2031), ("planned", 2030), ("site", "x")]
)
def test_a_row_of_another_plan_is_refused(found: Perspective, file: Path, column: str, value: object) -> None:
    """With its line in the file."""
    rows = pd.read_csv(file)
    rows[column] = value
    rows.to_csv(file, index=False)
    with pytest.raises(DataError, match=r"perspective.csv:2: .*not about the plan that is given"):
        read_perspective(file, found.result)


def test_what_cannot_be_read_is_refused(found: Perspective, file: Path, tmp_path: Path) -> None:
    """A file that is not there; a column that is not there; a word where a year should be."""
    with pytest.raises(UsageError, match="is no file"):
        read_perspective(tmp_path / "none.csv", found.result)
    rows = pd.read_csv(file)
    rows.drop(columns="late").to_csv(file, index=False)
    with pytest.raises(DataError, match="late"):
        read_perspective(file, found.result)
    rows.assign(early="soon").to_csv(file, index=False)
    with pytest.raises(DataError, match="soon"):
        read_perspective(file, found.result)
