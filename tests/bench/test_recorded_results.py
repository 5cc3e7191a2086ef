"""The page of what `core` has taught says what the records beside it say."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from routeplan.bench.judged_runs import judge
from routeplan.bench.report.comparisons import pair_table, ranking_table
from routeplan.bench.report.results import Results, results_of
from routeplan.bench.report.tables import headline, wrong_answers

FOLDER = Path(__file__).parents[2] / "benchmarks" / "results"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.nightly


@cache
def results() -> Results:
    return results_of(judge(FOLDER / "core"), base="highs-default")


def told() -> pd.DataFrame:
    """The table of the page."""
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if line.startswith("| `")
    ]
    return pd.DataFrame(rows, columns=["setting", "solved", "mean", "factor", "interval", "verdict"]).set_index(
        "setting"
    )


def test_the_table_is_that_of_the_records() -> None:
    found, pairs = headline(results()).set_index("setting"), pair_table(results()).set_index("setting")
    assert list(told().index) == list(found.index)
    for setting, row in told().iterrows():
        known = found.loc[str(setting)]
        assert (int(row["solved"]), row["mean"]) == (known["solved"], f"{known['mean']:.1f}")
        if setting != "highs-default":
            pair = pairs.loc[str(setting)]
            assert row["factor"] == f"{pair['factor']:.2f}"
            assert row["interval"] == f"{pair['low']:.2f} to {pair['high']:.2f}"
            assert row["verdict"] == pair["verdict"]


def test_what_is_said_of_wrong_answers_and_of_seeds_is_in_the_records() -> None:
    wrong = wrong_answers(results())
    assert set(wrong["setting"]) == {"highs-scaled"}
    assert f"claims a bound above a known point in {len(wrong)} of 24 runs" in " ".join(PAGE.split())
    tau = ranking_table(results()).iloc[0]["tau"]
    stated = re.search(r"Kendall's tau between the two seeds: ([\d.]+)", PAGE)
    assert stated is not None and float(stated[1]) == round(float(tau), 2)


def test_no_setting_is_faster_with_certainty() -> None:
    """Which is why the default of `solve` stays."""
    assert "faster" not in set(pair_table(results())["verdict"])


def test_what_came_near_is_not_confirmed_on_other_instances() -> None:
    pairs = pair_table(results_of(judge(FOLDER / "confirm"), base="highs-default")).set_index("setting")
    assert set(pairs["verdict"]) == {"not sure"} and set(pairs["instances"]) == {24}
    said = " ".join(PAGE.split())
    for setting, pair in pairs.iterrows():
        assert f"`{setting}` is {pair['factor']:.2f} ({pair['low']:.2f} to {pair['high']:.2f})" in said
