"""Instances as files: an MPS file with its fingerprint in its name, and a manifest beside it."""

import gzip
import hashlib
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from routeplan.bench.families.known import family_called
from routeplan.bench.families.manifest import Manifest, described
from routeplan.bench.families.manifest_file import read_manifest, write_manifest
from routeplan.bench.mps import sha256_of, write_mps
from routeplan.bench.suites import Drawn
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem, system_reason

INSTANCES = "instances"
"""Folder of the instances, beside the records of their runs."""

DIGITS = 16
"""Digits of the fingerprint in a file's name."""

MPS, MANIFEST = ".mps.gz", ".json"


@dataclass(frozen=True)
class Stored:
    """An instance in a file.

    Parameters
    ----------
    mps : Path
        Its file.
    manifest : Manifest
        What it is like, in numbers.
    """

    mps: Path
    manifest: Manifest

    @property
    def drawn(self) -> Drawn:
        """Which instance it is."""
        return Drawn(self.manifest.family, self.manifest.size, self.manifest.seed)


def stored(drawn: Drawn, folder: Path) -> Stored:
    """Make an instance, or find it where it was made before.

    Parameters
    ----------
    drawn : Drawn
        Which instance.
    folder : Path
        Folder of the instances.

    Raises
    ------
    UsageError
        When there is no such family, size or seed.
    DataError
        When the file is not what its manifest describes.
    """
    manifest = manifest_of(drawn.name, folder)
    return _made(drawn, folder) if manifest is None else read_stored(manifest)


def manifest_of(name: str, folder: Path) -> Path | None:
    """File of the manifest of an instance; none where it has not been made."""
    return next(iter(sorted(folder.glob(f"{name}-*{MANIFEST}"))), None)


def _made(drawn: Drawn, folder: Path) -> Stored:
    made = family_called(drawn.family).make(drawn.size, drawn.seed)
    sha256 = sha256_of(made.matrices)
    manifest = replace(described(made, drawn.family, drawn.size, drawn.seed), sha256=sha256)
    name = f"{drawn.name}-{sha256[:DIGITS]}"
    folder.mkdir(parents=True, exist_ok=True)
    mps = write_mps(made.matrices, folder / f"{name}{MPS}")
    # Last, so that there is no manifest of half an instance.
    with file_written_aside(folder / f"{name}{MANIFEST}") as aside:
        write_manifest(manifest, aside)
    return Stored(mps, manifest)


def read_stored(file: Path) -> Stored:
    """Find an instance by the file of its manifest.

    Raises
    ------
    DataError
        When the manifest cannot be read, or the file is gone or is not what it describes.
    """
    manifest = read_manifest(file)
    mps = file.with_name(file.name.removesuffix(MANIFEST) + MPS)
    actual = _sha256(mps)
    if actual != manifest.sha256:
        text = f"its SHA-256 is {actual}, and {file.name} says {manifest.sha256}; delete both to make it anew"
        raise DataError([Problem(mps.name, 0, text)])
    return Stored(mps, manifest)


def _sha256(mps: Path) -> str:
    try:
        return hashlib.sha256(gzip.decompress(mps.read_bytes())).hexdigest()
    except (EOFError, zlib.error, gzip.BadGzipFile):
        text = "is no whole file of gzip; delete it and its manifest to make both anew"
        raise DataError([Problem(mps.name, 0, text)]) from None
    except OSError as error:
        text = f"cannot be read: {system_reason(error)}; delete its manifest to make both anew"
        raise DataError([Problem(mps.name, 0, text)]) from None
