"""A report tells of formulations, starts and steps, and its commands ask for them again."""

import re
import subprocess
from dataclasses import replace

import yaml
from made_runs import run

from routeplan.bench.report.commands import commands
from routeplan.bench.report.results import results_of
from routeplan.bench.report.tables import setting_table
from routeplan.bench.shipped import known_settings
from routeplan.bench.suites import find_suite


def told(made, **more):
    """A run that is about something more."""
    return replace(made, record=replace(made.record, about={**made.about, **more}))


def test_settings_differ_in_the_way_in_which_they_are_given_an_instance():
    """With the same options and solver."""
    runs = [
        run(seconds=1.0),
        told(run(seconds=1.0, setting="b"), formulation="commodity"),
        told(run(seconds=1.0, setting="c"), warm_start=True),
    ]
    table = setting_table(results_of(runs)).set_index("setting")
    assert table["difference"].tolist() == ["this is the base", "formulation = commodity", "warm_start = True"]
    assert table.loc["b", "options"] == "formulation = commodity"


def test_the_commands_ask_for_steps():
    """The seed of a step is that of its series; the first step is named by nothing."""
    runs = [
        run("series-costs-M-7", seconds=1.0),
        run("series-costs-M-8", seconds=1.0),
        told(
            run("series-costs-M-7", seconds=1.0),
            instance="series-costs-M-7-step-12",
            step=12,
        ),
    ]
    text = commands(results_of(runs))
    suite = yaml.safe_load(re.search(r"'END'\n(.*?)\nEND", text, flags=re.DOTALL)[1])
    assert suite["instances"] == [
        {"family": "series-costs", "size": "M", "seeds": [7, 8]},
        {"family": "series-costs", "size": "M", "seeds": [7], "step": 12},
    ]


def test_settings_of_ones_own_are_written_anew(tmp_path):
    """With the options that were run, unlike those that come with the package; a shell makes the files."""
    own = run("net-tree-XS-0", "mine", seconds=1.0, options={"mip_heuristic_effort": 0.2, "presolve": "on"})
    text = commands(results_of([run("net-tree-XS-0", "highs-default", seconds=1.0), own]))
    assert "routeplan bench run --suite suite.yaml --out runs --settings settings" in text
    files = text[: text.index("routeplan bench run")]
    subprocess.run(["bash", "-e", "-c", files], cwd=tmp_path, check=True)
    made = known_settings(tmp_path / "settings")
    assert set(made) - set(known_settings(None)) == {"mine"}
    assert (made["mine"].solver, dict(made["mine"].options)) == ("highs", own.about["options"])
    assert find_suite(str(tmp_path / "suite.yaml"), tmp_path).settings == ("highs-default", "mine")


def test_without_settings_of_ones_own_no_folder_is_named():
    """A block that anyone can run as it is."""
    assert "--settings" not in commands(results_of([run("net-tree-XS-0", "highs-default", seconds=1.0)]))
