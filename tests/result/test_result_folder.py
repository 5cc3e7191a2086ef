"""Results on disk: read back as they were, and nothing of anybody's lost."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.paths import refuse_result
from routeplan.data.write import write
from routeplan.errors import DataError, UsageError
from routeplan.result.folder import load, save
from routeplan.result.result import Result, Status
from routeplan.schema.result_file import RESULT_FILE
from routeplan.schema.results import RESULT_TABLES
from routeplan.solving.solve import solve
from small import best, small


@pytest.fixture(scope="module")
def result() -> Result:
    return best(small())


def test_a_result_is_read_back_as_it_was(result: Result, tmp_path: Path) -> None:
    """Status, proof, record, tables and fingerprint survive the folder."""
    found = load(save(result, tmp_path / "plan"))
    assert (found.status, found.record) == (result.status, result.record)
    assert (found.objective, found.bound, found.cost) == (result.objective, result.bound, result.cost)
    assert found.instance.sha256 == result.instance.sha256
    assert set(found.tables) == set(result.tables)
    for name, table in result.tables.items():
        pd.testing.assert_frame_equal(found[name], table)


@pytest.mark.nightly
def test_a_result_without_a_plan_has_no_tables(tmp_path: Path) -> None:
    """Without a plan there is a status, and the instance, alone."""
    nothing = Result(small(), Status.NO_PLAN, best(small()).record)
    folder = save(nothing, tmp_path / "plan")
    assert sorted(path.name for path in folder.iterdir()) == ["instance", RESULT_FILE]
    assert load(folder).status is Status.NO_PLAN


def test_an_older_result_is_replaced(result: Result, tmp_path: Path) -> None:
    """A second save to the same folder takes the first one's place."""
    save(result, tmp_path / "plan")
    assert load(save(result, tmp_path / "plan")).cost == result.cost


@pytest.mark.parametrize(
    "files",
    [
        {"precious.txt": "mine"},  # no result at all
        {RESULT_FILE: "{}", "precious.txt": "mine"},  # a file by that name, of another program
        {RESULT_FILE: "{}"},  # the same alone
    ],
)
def test_a_folder_that_is_no_result_is_left_alone(result: Result, tmp_path: Path, files: dict[str, str]) -> None:
    """Only a result may be replaced."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    with pytest.raises(UsageError) as refused:
        save(result, folder)
    assert str(refused.value) == (
        f"{folder} is there already and is no result; allowed: a new folder, or a result to replace"
    )
    assert {path.name: path.read_text() for path in folder.iterdir()} == files


def test_a_notes_file_in_a_result_is_not_lost(result: Result, tmp_path: Path) -> None:
    """It stays in the folder when the result is replaced; a table of ours that the new one lacks does not."""
    folder = save(result, tmp_path / "plan")
    (folder / "notes.txt").write_text("mine")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "map.png").write_bytes(b"png")
    (folder / "wishes_met.csv").write_text("mine too\n")
    save(result, folder)
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "pictures" / "map.png").read_bytes() == b"png"
    assert (folder / "wishes_met.csv").exists()
    without = replace(result, status=Status.NO_PLAN, objective=None, bound=None, cost=None, tables={})
    with pytest.raises(UsageError, match="holds a plan, and the new result has none"):
        save(without, folder)
    assert load(folder).status.has_plan
    save(without, folder, overwrite=True)
    assert not (folder / "runs.csv").exists()
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.nightly
def test_a_result_of_something_else_is_replaced_on_request_only(result: Result, tmp_path: Path) -> None:
    """Of another instance, or of the same one under a scenario."""
    folder = save(result, tmp_path / "plan")
    renamed = replace(result, instance=result.instance.replace(name="other"))
    with pytest.raises(UsageError) as refused:
        save(renamed, folder)
    assert str(refused.value) == (
        f"{folder} holds a result of {result.instance.name}, not of other; "
        "allowed: another folder, or --overwrite (overwrite=True) to replace it"
    )
    assert load(folder).instance.name == result.instance.name
    under = replace(result, instance=result.instance.solved_as("dry year", result.instance.sha256))
    with pytest.raises(UsageError, match="under dry year"):
        save(under, folder)
    save(renamed, folder, overwrite=True)
    assert load(folder).instance.name == "other"


def test_a_folder_below_a_file_is_refused(result: Result, tmp_path: Path) -> None:
    """A path through a file cannot be made."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as refused:
        save(result, tmp_path / "file" / "plan")
    assert str(refused.value) == f"{tmp_path / 'file' / 'plan'} cannot be made: {tmp_path / 'file'} is a file"


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("objective", "abc", 'objective is "abc"; allowed: a number'),
        ("objective", None, "objective is null; allowed: a number"),
        ("bound", True, "bound is true; allowed: a number"),
        ("gap_of_saving", "much", 'gap_of_saving is "much"; allowed: a number, or null'),
        ("gap_asked", None, "gap_asked is null; allowed: a number"),
        ("seed", 0.5, "seed is 0.5; allowed: a whole number"),
        ("scenario", ["a"], 'scenario is ["a"]; allowed: free text, or null'),
        ("versions", 3, "versions is 3; allowed: an object with keys"),
        ("versions", {"pyomo": 6}, "versions.pyomo is 6; allowed: free text, or null"),
        ("instance", {"name": "town"}, "1 key is missing: instance.sha256"),
        ("instance", {"name": 3, "sha256": "0"}, "instance.name is 3; allowed: free text"),
        ("status", "splendid", 'status is "splendid"; allowed: optimal, feasible, infeasible, no_plan'),
        ("status", ["optimal"], 'status is ["optimal"]; allowed: optimal, feasible, infeasible, no_plan'),
        ("gap", 0.5, "gap is 0.5; allowed: 0, which objective and bound make"),
        ("cost", float("nan"), "is no JSON: NaN is no number"),
    ],
)
def test_a_result_of_the_wrong_kind_is_refused(
    result: Result, tmp_path: Path, key: str, value: object, told: str
) -> None:
    """Each value has its type, and the gap follows from objective and bound."""
    folder = save(result, tmp_path / "plan")
    given = json.loads((folder / RESULT_FILE).read_text())
    (folder / RESULT_FILE).write_text(json.dumps(given | {key: value}))
    with pytest.raises(DataError) as refused:
        load(folder)
    assert told in str(refused.value)


def test_every_key_that_is_missing_is_named(tmp_path: Path) -> None:
    """A file of another program by this name: one line with all the keys that a result must have, and no Python."""
    (tmp_path / RESULT_FILE).write_text("{}")
    with pytest.raises(DataError) as refused:
        load(tmp_path)
    assert str(refused.value) == (
        "1 problem in the input:\n  result.json: 11 keys are missing: status, objective, bound, cost, gap, method, "
        "seconds, gap_asked, seed, instance.name, instance.sha256"
    )


def test_all_that_is_wrong_is_told_at_once(result: Result, tmp_path: Path) -> None:
    """A key that is missing, and another of the wrong type: two problems."""
    folder = save(result, tmp_path / "plan")
    given = json.loads((folder / RESULT_FILE).read_text())
    del given["seed"]
    (folder / RESULT_FILE).write_text(json.dumps(given | {"cost": "dear"}))
    with pytest.raises(DataError) as refused:
        load(folder)
    assert [problem.text for problem in refused.value.problems] == [
        "1 key is missing: seed",
        'cost is "dear"; allowed: a number',
    ]


def test_keys_that_other_programs_leave_out_are_not_missed(result: Result, tmp_path: Path) -> None:
    """What tells only how a result came about may be absent."""
    folder = save(result, tmp_path / "plan")
    given = json.loads((folder / RESULT_FILE).read_text())
    for name in (
        "gap_of_saving",
        "scenario",
        "found_by",
        "proved_by",
        "seconds_asked",
        "threads",
        "machine",
        "reason",
        "versions",
    ):
        del given[name]
    (folder / RESULT_FILE).write_text(json.dumps(given))
    found = load(folder)
    assert (found.cost, found.record.reason, found.record.versions) == (result.cost, "", {})


def test_an_instance_is_no_result(tmp_path: Path) -> None:
    """Whoever names the wrong folder is told what it is."""
    write(small(), tmp_path / "town")
    with pytest.raises(UsageError) as refused:
        load(tmp_path / "town")
    assert str(refused.value) == (
        f"{tmp_path / 'town'} is an instance, not a result; `routeplan solve {tmp_path / 'town'}` makes a result of it"
    )


def test_a_result_is_no_instance(result: Result, tmp_path: Path) -> None:
    """Where an instance is wanted, a result is refused and its instance named; an instance is not refused."""
    folder = save(result, tmp_path / "plan")
    with pytest.raises(UsageError) as refused:
        refuse_result(folder)
    assert str(refused.value) == f"{folder} is a result; its instance is {folder / 'instance'}"
    refuse_result(folder / "instance")


def test_a_table_by_an_unknown_name_is_refused_with_all_names(result: Result) -> None:
    """It is a KeyError too, for those who expect one; its message has no quotation marks around it."""
    with pytest.raises(UsageError) as refused:
        result["flow"]
    told = f"no table of a result is called 'flow' (did you mean 'flows'?); tables: {', '.join(RESULT_TABLES)}"
    assert str(refused.value) == told
    assert isinstance(refused.value, KeyError)
    nothing = Result(result.instance, Status.NO_PLAN, result.record)
    with pytest.raises(KeyError) as refused_without_plan:
        nothing["runs"]
    assert str(refused_without_plan.value) == (
        "the result has no table 'runs', because it has no plan: its status is no_plan"
    )


def test_a_plan_without_its_routes_is_refused(result: Result, tmp_path: Path) -> None:
    """A lost table of routes is not a plan in which nothing runs."""
    folder = save(result, tmp_path / "plan")
    (folder / "runs.csv").unlink()
    with pytest.raises(DataError) as refused:
        load(folder)
    assert str(refused.value) == "1 problem in the input:\n  runs.csv: the file is missing; every plan has it"


def test_decisions_of_a_plan_are_carried_over(result: Result) -> None:
    """What the plan does is fixed, so that the same plan comes out; without it nothing changes."""
    decided = result.instance.with_decided(result)
    assert solve(decided).cost == pytest.approx(result.cost)
    assert len(decided["decided"]) >= len(result["runs"])
    assert result.instance.with_decided(result, kinds=()).tables["decided"].equals(result.instance.tables["decided"])


def test_decisions_that_are_none_are_refused(result: Result) -> None:
    """An unknown kind, and a result without a plan."""
    with pytest.raises(UsageError) as refused:
        result.instance.with_decided(result, kinds=("dug",))
    assert str(refused.value) == "no decision is called 'dug'; decisions: runs, built, open, reinforced"
    with pytest.raises(UsageError) as refused:
        result.instance.with_decided(Result(result.instance, Status.NO_PLAN, result.record))
    assert str(refused.value) == "the result has no plan, so that no decision can be taken over"
