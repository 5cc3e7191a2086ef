"""The suite `smoke` from end to end, as in a clean clone: it is to end within two minutes on two cores."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from routeplan.bench.run_suite import entrants
from routeplan.bench.shipped import known_settings, suite_called
from routeplan.cli.main import app

pytestmark = [pytest.mark.slow, pytest.mark.nightly]


def test_smoke_runs_and_nothing_is_wrong(tmp_path: Path) -> None:
    """Every setting whose solver is there is run on every instance that can be given in its way; its page is made."""
    runs, report = tmp_path / "runs", tmp_path / "report"
    ran = CliRunner().invoke(app, ["bench", "run", "--suite", "smoke", "--out", str(runs), "--at-once", "2"])
    assert ran.exit_code == 0, ran.output
    checked = CliRunner().invoke(app, ["bench", "check", str(runs), "--json"])
    assert checked.exit_code == 0, checked.output
    told = json.loads(checked.stdout)
    assert told["wrong"] == []
    suite = suite_called("smoke")
    there, _ = entrants(suite.settings, known_settings(None))
    usual = {
        entrant.setting.name for entrant in there if not (entrant.setting.formulation or entrant.setting.warm_start)
    }
    found = {(run["setting"], run["instance"]) for run in told["runs"]}
    assert {(setting, origin.name) for setting in usual for origin in suite.instances} <= found
    assert {setting for setting, _ in found} == {entrant.setting.name for entrant in there}
    assert CliRunner().invoke(app, ["bench", "report", str(runs), "--out", str(report)]).exit_code == 0
    assert (report / "index.html").is_file()
