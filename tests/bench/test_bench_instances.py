"""Instances as files: made once, found again, and refused when they are not what their manifest says."""

import gzip
from pathlib import Path

import pytest

from routeplan.bench.families.known import family_called
from routeplan.bench.instances import Stored, stored
from routeplan.bench.mps import sha256_of
from routeplan.bench.suites import Drawn
from routeplan.errors import DataError, UsageError

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
    ],
)
def test_what_cannot_be_drawn_is_refused(drawn: Drawn, said: str, tmp_path: Path) -> None:
    """And nothing is left behind."""
    with pytest.raises(UsageError, match=said):
        stored(drawn, tmp_path / "instances")
    assert not (tmp_path / "instances").exists()
