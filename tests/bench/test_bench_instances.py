"""Instances as files: made once, found again, and refused when they are not what their manifest says."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from routeplan.bench import instances, presolved
from routeplan.bench.check import checked
from routeplan.bench.families.known import family_called
from routeplan.bench.families.manifest import presolved_size
from routeplan.bench.instances import Stored, read_stored, stored
from routeplan.bench.instances import manifest_of as find_manifest
from routeplan.bench.mps import read_mps, sha256_of
from routeplan.bench.starts import read_start, write_start
from routeplan.bench.suites import Drawn
from routeplan.bench.ways import Way
from routeplan.errors import DataError, UsageError
from routeplan.solver.solution import Limits

TREE = Drawn("net-tree", "XS")


@pytest.fixture
def made(tmp_path: Path) -> Stored:
    return stored(TREE, tmp_path)


def manifest_of(made: Stored) -> Path:
    return made.mps.with_name(made.mps.name.removesuffix(".mps.gz") + ".json")


def test_an_instance_has_its_fingerprint_in_its_name_and_manifest(made: Stored) -> None:
    """That of the programme which its family makes."""
    sha256 = sha256_of(family_called("net-tree").make("XS", 0).matrices)
    assert (made.manifest.sha256, made.mps.name) == (sha256, f"net-tree-XS-0-{sha256[:16]}.mps.gz")
    assert sorted(file.name for file in made.mps.parent.iterdir()) == [manifest_of(made).name, made.mps.name]


def test_it_is_made_once_and_found_again(made: Stored, tmp_path: Path) -> None:
    """Not written a second time; a seed of its own is an instance of its own."""
    before = made.mps.stat().st_mtime_ns
    assert stored(TREE, tmp_path) == made
    assert made.mps.stat().st_mtime_ns == before
    assert stored(Drawn("net-tree", "XS", 1), tmp_path).manifest.sha256 != made.manifest.sha256


def test_without_its_manifest_it_is_made_anew(made: Stored, tmp_path: Path) -> None:
    """As after an end between the two files."""
    manifest_of(made).unlink()
    made.mps.write_bytes(b"half a file")
    assert stored(TREE, tmp_path) == made
    assert stored(TREE, tmp_path) == made


def test_what_presolve_leaves_is_told_of_each_instance(made: Stored, tmp_path: Path) -> None:
    """As HiGHS tells of the file without the rules that routeplan switches off; of another formulation too."""
    form = stored(TREE, tmp_path, [Way("path")]).given(Way("path"))
    for each in (made, form):
        told = (each.manifest.presolved_rows, each.manifest.presolved_columns, each.manifest.presolved_nonzeros)
        assert told == presolved_size(read_mps(each.mps), Limits(threads=1))
    assert made.manifest.root_gap == pytest.approx((243.0 - made.manifest.lp_bound) / 243.0)


def test_a_relaxation_that_takes_too_long_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance is made all the same, and found again; where its optimum is known, its root gap is not."""
    monkeypatch.setattr(instances, "RELAXATION", 0.0)
    made = stored(TREE, tmp_path)
    assert (made.manifest.lp_bound, made.manifest.root_gap, made.manifest.optimum) == (None, None, 243.0)
    assert stored(TREE, tmp_path) == made


@pytest.mark.nightly
def test_a_large_instance_is_presolved_in_a_process_of_its_own(made: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the same outcome; and with none where it takes longer than it may."""
    matrices = read_mps(made.mps)
    here = presolved.presolved_within_limits(matrices, made.mps)
    monkeypatch.setattr(presolved, "AT_ONCE", 0)
    assert presolved.presolved_within_limits(matrices, made.mps) == here
    monkeypatch.setattr(presolved, "SECONDS", 0.01)
    assert presolved.presolved_within_limits(matrices, made.mps) is None


def changed(made: Stored) -> None:
    made.mps.write_bytes(gzip.compress(gzip.decompress(made.mps.read_bytes()) + b"* more\n"))


def halved(made: Stored) -> None:
    made.mps.write_bytes(made.mps.read_bytes()[: made.mps.stat().st_size // 2])


def damaged(made: Stored) -> None:
    held = made.mps.read_bytes()
    made.mps.write_bytes(held[:10] + b"\xff" * (len(held) - 10))


def unzipped(made: Stored) -> None:
    made.mps.write_bytes(gzip.decompress(made.mps.read_bytes()))


def gone(made: Stored) -> None:
    made.mps.unlink()


def broken(made: Stored) -> None:
    manifest_of(made).write_text('{"id": ', encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            changed,
            r"\.mps\.gz: its SHA-256 is [0-9a-f]{64}, and .*\.json says [0-9a-f]{64}; delete both",
        ),
        (halved, r"\.mps\.gz: is no whole file of gzip; delete it and its manifest to make both anew"),
        (damaged, r"\.mps\.gz: is no whole file of gzip"),
        (unzipped, r"\.mps\.gz: is no whole file of gzip"),
        (gone, r"\.mps\.gz: cannot be read: No such file.*; delete its manifest to make both anew"),
        (broken, r"\.json: is no JSON"),
    ],
)
def test_what_is_not_as_it_was_made_is_refused(change: object, said: str, made: Stored, tmp_path: Path) -> None:
    """In one line that names the file."""
    change(made)
    with pytest.raises(DataError, match=said) as refused:
        stored(TREE, tmp_path)
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (Drawn("net-treee", "XS"), r"no family of instances is called 'net-treee' \(did you mean 'net-tree'\?\)"),
        (Drawn("net-tree", "XXL"), r"XXL.*allowed: .*XS"),
        (Drawn("net-tree", "XS", -1), r"-1.*allowed"),
        (Drawn("net-tree", "XS", 0, 1), r"net-tree is no series, and has no step 1"),
        (Drawn("series-costs", "XS", 0, 20), r"step of series-costs is 20; allowed: 0 to 19"),
    ],
)
def test_what_cannot_be_drawn_is_refused(drawn: Drawn, said: str, tmp_path: Path) -> None:
    """And nothing is left behind."""
    with pytest.raises(UsageError, match=said):
        stored(drawn, tmp_path / "instances")
    assert not (tmp_path / "instances").exists()


PATH_FORM, WARM, BOTH = Way("path"), Way(start=True), Way("path", start=True)


def test_another_formulation_is_a_file_of_its_own(made: Stored, tmp_path: Path) -> None:
    """With its own fingerprint and manifest, which names the instance as before, and what it is a formulation of."""
    given = stored(TREE, tmp_path, [PATH_FORM]).given(PATH_FORM)
    assert given is not None and given.mps != made.mps
    assert given.manifest.sha256 == sha256_of(family_called("net-tree").make_as("path", "XS", 0).matrices)
    assert given.mps.name == f"net-tree-XS-0-path-{given.manifest.sha256[:16]}.mps.gz"
    assert (given.name, given.manifest.formulation, given.manifest.base) == (TREE.name, "path", made.manifest.sha256)
    assert given.manifest.optimum == made.manifest.optimum
    assert find_manifest(TREE.name, tmp_path) == manifest_of(made)
    assert stored(TREE, tmp_path, [PATH_FORM]).given(PATH_FORM) == given


def test_an_instance_is_given_only_in_ways_that_are_known(tmp_path: Path) -> None:
    """A cover of triples has one formulation and no start; as usual everything is given."""
    cover = stored(Drawn("steiner", "XS"), tmp_path, [PATH_FORM, WARM, BOTH, Way()])
    assert [cover.given(way) for way in (PATH_FORM, WARM, BOTH)] == [None, None, None]
    assert cover.given(Way()) is cover


@pytest.mark.parametrize("way", [WARM, BOTH])
def test_a_start_is_kept_beside_its_instance(way: Way, tmp_path: Path) -> None:
    """It is of the same formulation, obeys its rows, and is made once."""
    given = stored(TREE, tmp_path, [way]).given(way)
    assert given is not None and given.start is not None
    assert given.start.name == given.mps.name.replace(".mps.gz", ".start.npz")
    x = read_start(given.start)
    assert checked(read_mps(given.mps), x).strictly_feasible
    before = given.start.stat().st_mtime_ns
    assert stored(TREE, tmp_path, [way]).given(way) == given
    assert given.start.stat().st_mtime_ns == before


def test_that_there_is_no_start_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that it is not looked for at each call."""
    cover = stored(Drawn("steiner", "XS"), tmp_path, [WARM])
    file = cover.mps.with_name(cover.mps.name.replace(".mps.gz", ".start.npz"))
    assert read_start(file) is None
    monkeypatch.delattr("routeplan.bench.families.steiner.SteinerFamily.make")
    assert stored(Drawn("steiner", "XS"), tmp_path, [WARM]) == cover


def of_another(file: Path, made: Stored) -> None:
    write_start(np.zeros(made.manifest.columns), "0" * 64, file)


def too_short(file: Path, made: Stored) -> None:
    write_start(np.zeros(made.manifest.columns - 1), made.manifest.sha256, file)


def no_number(file: Path, made: Stored) -> None:
    write_start(np.full(made.manifest.columns, np.nan), made.manifest.sha256, file)


def no_archive(file: Path, made: Stored) -> None:
    file.write_bytes(file.read_bytes()[:40])


def objects(file: Path, made: Stored) -> None:
    np.savez(file, x=np.array([{}] * made.manifest.columns, dtype=object), sha256=np.array(made.manifest.sha256))


@pytest.mark.parametrize("change", [of_another, too_short, no_number, no_archive, objects])
def test_a_start_that_was_changed_is_refused(change: object, made: Stored, tmp_path: Path) -> None:
    """In one line that says what to do; nothing in it is run as code."""
    given = stored(TREE, tmp_path, [WARM]).given(WARM)
    change(given.start, made)
    with pytest.raises(
        DataError, match=r"net-tree-XS-0-[0-9a-f]{16}\.start\.npz: is .*; delete it to make it anew"
    ) as said:
        stored(TREE, tmp_path, [WARM])
    assert len(said.value.problems) == 1


def test_a_formulation_of_another_instance_is_refused(made: Stored, tmp_path: Path) -> None:
    """As when the instance was made anew by another version, and the formulation was left."""
    given = stored(TREE, tmp_path, [PATH_FORM]).given(PATH_FORM)
    file = manifest_of(given)
    file.write_text(file.read_text().replace(f'"base": "{made.manifest.sha256}"', f'"base": "{"0" * 64}"'))
    with pytest.raises(DataError, match=rf"{given.mps.name}: is of another instance than {made.mps.name}; delete it"):
        stored(TREE, tmp_path, [PATH_FORM])


def test_a_name_is_not_taken_for_the_beginning_of_another(tmp_path: Path) -> None:
    """Step 1 of a series, and its first step; seed 1, and seed 11."""
    first, other = stored(Drawn("series-costs", "XS", 1, 1), tmp_path), stored(Drawn("series-costs", "XS", 1), tmp_path)
    assert first.name == "series-costs-XS-1-step-1" and other.name == "series-costs-XS-1"
    assert find_manifest(other.name, tmp_path) == manifest_of(other)
    assert find_manifest(first.name, tmp_path) == manifest_of(first)
    assert find_manifest("series-costs-XS", tmp_path) is None
    assert first.manifest.step == 1 and first.manifest.sha256 != other.manifest.sha256


@pytest.mark.parametrize(
    ("name", "wrong"), [("rows", 999), ("columns", 1), ("nonzeros", 0), ("binaries", 99), ("cost", [1.0, 2.0])]
)
def test_a_manifest_with_other_numbers_than_its_file_is_refused(name: str, wrong: object, made: Stored) -> None:
    """The fingerprint is of the file alone, so its numbers are counted again when it is read."""
    file = manifest_of(made)
    held = json.loads(file.read_text())
    file.write_text(json.dumps({**held, name: wrong}))
    with pytest.raises(DataError) as refused:
        read_stored(file)
    told = f"{file.name}: net-tree-XS-0: {name} is {json.dumps(held[name])}; its manifest says {json.dumps(wrong)}; "
    assert str(refused.value.problems[0]) == f"{told}delete it and {made.mps.name} to make both anew"


def test_a_manifest_of_another_name_is_refused(made: Stored) -> None:
    """Runs are found by it."""
    file = manifest_of(made)
    file.write_text(json.dumps({**json.loads(file.read_text()), "id": "net-tree-XS-1"}))
    with pytest.raises(DataError, match="is of net-tree-XS-1, whose file has the name net-tree-XS-1-"):
        read_stored(file)
