"""Instances in the form of the Open Energy Benchmark."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from routeplan.bench.export_oeb import export_oeb, size_class
from routeplan.bench.instances import INSTANCES, stored
from routeplan.bench.suites import Drawn
from routeplan.errors import DataError, UsageError

# Quoted from benchmarks/metadata_schema.yaml of https://github.com/open-energy-transition/solver-benchmark (commit
# 0999e1eb449e69d0e33400c2a6227005bf629250), a schema of Yamale.
BENCHMARK = """
  Short description: str()
  Modelling framework: str()
  Model name: str()
  Version: any(str(), int(), required=False)
  Contributor(s)/Source: str()
  License: str()
  Problem class: str()
  Application: str()
  Sectoral focus: str()
  Sectors: str()
  Time horizon: str()
  MILP features: str()
  Notes: str(required=False)
  Sizes: list(include('size'))
"""
SIZE = """
  Name: str()
  Size: str()
  URL: str()
  Temporal resolution: str()
  Spatial resolution: str()
  Realistic: bool()
  Realistic motivation: str(required=False)
  Num. constraints: int(required=False)
  Num. variables: int(required=False)
  Num. continuous variables: int(required=False)
  Num. integer variables: int(required=False)
  Num. nonzeros: int(required=False)
  Skip because: str(required=False)
"""
TYPES = {"str": str, "int": int, "bool": bool, "list": list}
ME = "A. Planner"


def against(held: dict[str, object], schema: str) -> list[str]:
    """What a mapping breaks of a schema: keys that are unknown or missing, and values of another type."""
    wanted = dict(line.strip().split(": ") for line in schema.strip().splitlines())
    broken = [key for key in held if key not in wanted]
    broken += [key for key, asked in wanted.items() if "required=False" not in asked and key not in held]
    kinds = {key: tuple(kind for name, kind in TYPES.items() if f"{name}(" in asked) for key, asked in wanted.items()}
    return broken + [key for key, value in held.items() if type(value) not in kinds.get(key, ())]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two instances of one family, one of plans, one without any feasible point, and one of no energy system."""
    folder = tmp_path_factory.mktemp("runs")
    drawn = (
        Drawn("net-tree", "XS", 0),
        Drawn("net-tree", "XS", 1),
        Drawn("sites", "XS", 0),
        Drawn("infeasible-cap", "XS", 0),
        Drawn("steiner", "XS", 0),
    )
    for each in drawn:
        stored(each, folder / INSTANCES)
    return folder


@pytest.mark.nightly
def test_metadata_obey_the_schema(runs: Path, tmp_path: Path) -> None:
    """Every key is known, every value of the type asked; a family is a benchmark, an instance one of its sizes."""
    exported = export_oeb(runs, tmp_path / "out", contributor=ME)
    assert exported.metadata == tmp_path / "out/benchmarks/routeplan/metadata.yaml"
    benchmarks = yaml.safe_load(exported.metadata.read_text(encoding="utf-8"))["benchmarks"]
    assert {name: len(each["Sizes"]) for name, each in benchmarks.items()} == {"net-tree": 2, "sites": 1}
    for each in benchmarks.values():
        assert against(each, BENCHMARK) == []
        assert [against(size, SIZE) for size in each["Sizes"]] == [[]] * len(each["Sizes"])
        assert (each["Problem class"], each["Contributor(s)/Source"]) == ("MILP", ME)


@pytest.mark.nightly
def test_a_file_is_named_as_their_check_of_addresses_asks(runs: Path, tmp_path: Path) -> None:
    """By ``{benchmark-name}-{size-name}.mps.gz``, and it is the instance with the fingerprint in its name."""
    exported = export_oeb(runs, tmp_path, contributor=ME, url="https://example.org/here/")
    for name, benchmark in yaml.safe_load(exported.metadata.read_text(encoding="utf-8"))["benchmarks"].items():
        for size in benchmark["Sizes"]:
            file = exported.metadata.with_name(f"{name}-{size['Name']}.mps.gz")
            assert size["URL"] == f"https://example.org/here/{file.name}"
            fingerprint = sha256(gzip.decompress(file.read_bytes())).hexdigest()
            assert size["Name"].endswith(f"-{fingerprint[:16]}")


def test_numbers_are_those_of_the_file(runs: Path, tmp_path: Path) -> None:
    """Lines of an MPS file: a row after ROWS each, but for the objective; whole columns stand between markers."""
    exported = export_oeb(runs, tmp_path, contributor=ME)
    size = yaml.safe_load(exported.metadata.read_text(encoding="utf-8"))["benchmarks"]["net-tree"]["Sizes"][0]
    assert size["Spatial resolution"] == "6 nodes"
    lines = gzip.decompress(exported.metadata.with_name(size["URL"]).read_bytes()).decode().splitlines()
    place = [next(i for i, line in enumerate(lines) if line.split()[:1] == [name]) for name in ("ROWS", "COLUMNS")]
    assert size["Num. constraints"] == place[1] - place[0] - 2
    whole, names, inside = set(), set(), False
    for line in lines[place[1] + 1 :]:
        if not line.startswith(" "):
            break
        if "'MARKER'" in line:
            inside = "'INTORG'" in line
            continue
        names.add(line.split()[0])
        whole |= {line.split()[0]} if inside else set()
    assert (size["Num. variables"], size["Num. integer variables"]) == (len(names), len(whole))
    assert size["Num. continuous variables"] == len(names) - len(whole)


def test_what_does_not_belong_there_is_left_out_with_the_reason(runs: Path, tmp_path: Path) -> None:
    left_out = dict(export_oeb(runs, tmp_path, contributor=ME).left_out)
    assert set(left_out) == {"infeasible-cap-XS-0", "steiner-XS-0"}
    assert "no feasible point" in left_out["infeasible-cap-XS-0"]


@pytest.mark.parametrize(("columns", "size"), [(9_999, "S"), (10_000, "M"), (999_999, "M"), (1_000_000, "L")])
def test_a_size_is_told_by_columns(columns: int, size: str) -> None:
    """By ``determine_size_category`` of their ``categorize_benchmarks.py``: S below 1e4, M below 1e6, L above."""
    assert size_class(columns) == size


def test_a_target_with_files_is_refused(runs: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(UsageError, match="holds files already; allowed: a folder without any"):
        export_oeb(runs, tmp_path, contributor=ME)
    with pytest.raises(UsageError, match="holds files already"):
        export_oeb(runs, tmp_path / "mine", contributor=ME)


def test_a_folder_without_instances_and_nobody_are_refused(runs: Path, tmp_path: Path) -> None:
    """And nothing is written."""
    with pytest.raises(DataError, match="has no instances; allowed: manifests"):
        export_oeb(tmp_path, tmp_path / "out", contributor=ME)
    with pytest.raises(UsageError, match="the contributor is empty; allowed: a name"):
        export_oeb(runs, tmp_path / "out", contributor=" ")
    assert not (tmp_path / "out").exists()


def test_an_instance_that_is_not_what_its_manifest_says_is_refused(tmp_path: Path) -> None:
    one = stored(Drawn("net-tree", "XS", 0), tmp_path / INSTANCES)
    one.mps.write_bytes(gzip.compress(b"NAME"))
    with pytest.raises(DataError, match="its SHA-256 is"):
        export_oeb(tmp_path, tmp_path / "out", contributor=ME)
