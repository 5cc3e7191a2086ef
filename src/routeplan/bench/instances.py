"""Instances as files: an MPS file with its fingerprint in its name, and a manifest beside it."""

import glob
import gzip
import hashlib
import time
import zlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from routeplan.bench.check import checked
from routeplan.bench.families.family import Family, Formulated, Made
from routeplan.bench.families.manifest import Manifest, described, measured
from routeplan.bench.families.manifest_file import mismatches, read_manifest, write_manifest
from routeplan.bench.mps import read_mps, sha256_of, write_mps
from routeplan.bench.origins import Origin
from routeplan.bench.presolved import presolved_within_limits
from routeplan.bench.starts import START, read_start, write_start
from routeplan.bench.ways import USUAL, Way
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem, system_reason
from routeplan.instance.horizon import FloatArray
from routeplan.solver.solution import Limits

INSTANCES = "instances"
"""Folder of the instances, beside the records of their runs."""

DIGITS = 16
"""Digits of the fingerprint in a file's name."""

RELAXATION = 60.0
"""Time for solving the relaxation of an instance [s]; one that takes longer is not known."""

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
    start : Path, optional
        File of a feasible point to begin from, where that is asked for.
    ways : mapping of Way to Stored
        The instance as it is given in other ways, as far as they were asked for and can be.
    """

    mps: Path
    manifest: Manifest
    start: Path | None = None
    ways: Mapping[Way, "Stored"] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the instance, the same in each formulation."""
        return self.manifest.id

    def given(self, way: Way) -> "Stored | None":
        """The instance as it is given in a way; none where it cannot be, or was not asked for."""
        return self if way == USUAL else self.ways.get(way)


def stored(origin: Origin, folder: Path, ways: Collection[Way] = ()) -> Stored:
    """Make an instance, or find it where it was made before.

    Parameters
    ----------
    origin : Origin
        What it is made of.
    folder : Path
        Folder of the instances.
    ways : collection of Way
        Other ways in which it is wanted; those in which it cannot be given are left out.

    Raises
    ------
    UsageError
        When there is no such family, size, seed or step.
    DataError
        When a file is not what its manifest describes, or one that it is to be made of cannot be read or was changed.
    """
    return _Maker(origin, folder).stored(ways)


def manifest_of(name: str, folder: Path, formulation: str = "") -> Path | None:
    """File of the manifest of an instance in a formulation; none where it has not been made."""
    digits = "[0-9a-f]" * DIGITS
    return next(iter(sorted(folder.glob(f"{glob.escape(_stem(name, formulation))}-{digits}{MANIFEST}"))), None)


def _stem(name: str, formulation: str) -> str:
    return f"{name}-{formulation}" if formulation else name


class _Maker:
    """Makes the files of an instance, as far as they are not there."""

    def __init__(self, origin: Origin, folder: Path) -> None:
        self._origin, self._folder = origin, folder
        self._known: dict[str, Made] = {}

    def stored(self, ways: Collection[Way]) -> Stored:
        """Find or make the instance as its family writes it, and in other ways."""
        usual = self._in_formulation("")
        asked = sorted(set(ways) - {USUAL})
        found = {way: given for way in asked if (given := self._given(way, usual)) is not None}
        return replace(usual, ways=found)

    def _given(self, way: Way, usual: Stored) -> Stored | None:
        """The instance in a way; none where it cannot be given in it."""
        form = self._form(way.formulation, usual)
        if form is None or not way.start:
            return form
        file = form.mps.with_name(form.mps.name.removesuffix(MPS) + START)
        if not file.exists():
            write_start(self._start(form), form.manifest.sha256, file)
        there = read_start(file, form.manifest.sha256, form.manifest.columns) is not None
        return replace(form, start=file) if there else None

    def _form(self, formulation: str, usual: Stored) -> Stored | None:
        """The instance in a formulation; none where its family does not know it."""
        if not formulation:
            return usual
        if not isinstance(self._family, Formulated) or formulation not in self._family.formulations:
            return None
        found = self._in_formulation(formulation, usual.manifest.sha256)
        if found.manifest.base != usual.manifest.sha256:
            text = f"is of another instance than {usual.mps.name}; delete it and its manifest to make both anew"
            raise DataError([Problem(found.mps.name, 0, text)])
        return found

    def _in_formulation(self, formulation: str, base: str = "") -> Stored:
        """Find the file of a formulation, or make it."""
        manifest = manifest_of(self._origin.name, self._folder, formulation)
        if manifest is None:
            with self._origin.telling():
                return self._written(formulation, base)
        found = read_stored(manifest)
        self._refuse_changed(found)
        return found

    def _refuse_changed(self, found: Stored) -> None:
        """Refuse a file of the user's that is not as it was when the instance was made, or has another optimum."""
        then, optimum = found.manifest, self._origin.optimum
        differs = [] if self._fingerprint == then.source_sha256 else ["was changed"]
        differs += [f"has the optimum {optimum:g} now"] if optimum is not None and optimum != then.optimum else []
        if differs:
            made = f"since {found.mps.name} was made of it; allowed: as it was, or another folder of runs"
            with self._origin.telling():
                raise DataError([Problem(self._origin.source, 0, f"{' and '.join(differs)} {made}")])

    def _written(self, formulation: str, base: str) -> Stored:
        origin, made = self._origin, self._made(formulation)
        manifest = replace(
            described(made, origin.family, origin.size, origin.seed, limits=_relaxation()),
            id=origin.name,
            sha256=sha256_of(made.matrices),
            step=origin.step,
            formulation=formulation,
            base=base,
            source=origin.source,
            source_sha256=self._fingerprint,
        )
        name = f"{_stem(origin.name, formulation)}-{manifest.sha256[:DIGITS]}"
        self._folder.mkdir(parents=True, exist_ok=True)
        mps = write_mps(made.matrices, self._folder / f"{name}{MPS}")
        rows, columns, nonzeros = presolved_within_limits(made.matrices, mps) or (None, None, None)
        manifest = as_read(manifest, mps)
        manifest = replace(manifest, presolved_rows=rows, presolved_columns=columns, presolved_nonzeros=nonzeros)
        # Last, so that there is no manifest of half an instance.
        with file_written_aside(self._folder / f"{name}{MANIFEST}") as aside:
            write_manifest(manifest, aside)
        return Stored(mps, manifest)

    def _start(self, form: Stored) -> FloatArray | None:
        """A point of an instance that obeys its rows; none where the family knows none.

        Raises
        ------
        DataError
            When the file is of another model than the one that is made now.
        """
        made = self._made(form.manifest.formulation)
        if sha256_of(made.matrices) != form.manifest.sha256:
            text = "is of another model than this version of routeplan makes; allowed: instances made by this version"
            raise DataError([Problem(form.mps.name, 0, text)])
        x = None if made.start is None else made.start()
        return x if x is not None and checked(made.matrices, x).feasible else None

    def _made(self, formulation: str) -> Made:
        if formulation not in self._known:
            self._known[formulation] = self._make(formulation)
        return self._known[formulation]

    def _make(self, formulation: str) -> Made:
        family, size, seed = self._family, self._origin.size, self._origin.seed
        if formulation and isinstance(family, Formulated):
            return family.make_as(formulation, size, seed)
        return family.make(size, seed)

    @cached_property
    def _fingerprint(self) -> str:
        return self._origin.fingerprint()

    @cached_property
    def _family(self) -> Family:
        return self._origin.opened()


def _relaxation() -> Limits:
    return Limits(deadline=time.monotonic() + RELAXATION)


def read_stored(file: Path) -> Stored:
    """Find an instance by the file of its manifest.

    Raises
    ------
    DataError
        When the manifest cannot be read, or is of another name or other numbers than the file, or that is gone or
        another one.
    """
    manifest = read_manifest(file)
    mps = file.with_name(file.name.removesuffix(MANIFEST) + MPS)
    actual = _sha256(mps)
    if actual != manifest.sha256:
        text = f"its SHA-256 is {actual}, and {file.name} says {manifest.sha256}; delete both to make it anew"
        raise DataError([Problem(mps.name, 0, text)])
    _refuse_other_numbers(manifest, mps, file)
    return Stored(mps, manifest)


def as_read(manifest: Manifest, mps: Path) -> Manifest:
    """A manifest with the numbers that are read from a file."""
    return replace(manifest, **asdict(measured(read_mps(mps))))


def _refuse_other_numbers(manifest: Manifest, mps: Path, file: Path) -> None:
    """Refuse a manifest with another name or other numbers than its file has."""
    name = f"{_stem(manifest.id, manifest.formulation)}-{manifest.sha256[:DIGITS]}{MANIFEST}"
    problems = [] if name == file.name else [f"is of {manifest.id}, whose file has the name {name}"]
    if problems := problems or mismatches(manifest, as_read(manifest, mps)):
        text = f"{'; '.join(problems)}; delete it and {mps.name} to make both anew"
        raise DataError([Problem(file.name, 0, text)])


def _sha256(mps: Path) -> str:
    try:
        return hashlib.sha256(gzip.decompress(mps.read_bytes())).hexdigest()
    except (EOFError, zlib.error, gzip.BadGzipFile):
        text = "is no whole file of gzip; delete it and its manifest to make both anew"
        raise DataError([Problem(mps.name, 0, text)]) from None
    except OSError as error:
        text = f"cannot be read: {system_reason(error)}; delete its manifest to make both anew"
        raise DataError([Problem(mps.name, 0, text)]) from None
