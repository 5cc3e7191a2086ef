"""Instances in the form of the Open Energy Benchmark, as they can be proposed to it.

Its form: ``benchmarks/metadata_schema.yaml`` and ``benchmarks/_template_metadata.yaml`` of
https://github.com/open-energy-transition/solver-benchmark; a size by its ``benchmarks/categorize_benchmarks.py``, and
the name of a file, from those of benchmark and size, by its ``tests/validate_urls.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import yaml

from routeplan.bench.families.known import BY_NAME
from routeplan.bench.families.manifest import Manifest
from routeplan.bench.families.sites import SiteFamily
from routeplan.bench.instances import DIGITS, INSTANCES, MANIFEST, Stored, read_stored
from routeplan.data.file_swap import file_written_aside
from routeplan.errors import DataError, Problem, UsageError
from routeplan.generate.request import YEARS
from routeplan.version import __version__

FOLDER = Path("benchmarks", "routeplan")
"""Where metadata and instances go, below the target."""

METADATA = "metadata.yaml"

SMALL, LARGE = 10_000, 1_000_000
"""Columns from which an instance is of size M, and of size L."""

LICENCE = "CC BY 4.0"
"""What the Open Energy Benchmark recommends."""

NONE = "N/A"

NOT_ENERGY = frozenset({"steiner"})
"""Families of other problems."""


@dataclass(frozen=True)
class Exported:
    """What was exported.

    Parameters
    ----------
    metadata : Path
        Its metadata.
    instances : tuple of Stored
        The instances there.
    left_out : tuple of (str, str)
        Names of the others, and why they are left out.
    """

    metadata: Path
    instances: tuple[Stored, ...]
    left_out: tuple[tuple[str, str], ...]


def export_oeb(runs: Path, target: Path, *, contributor: str, url: str = "", licence: str = LICENCE) -> Exported:
    """Write the instances of a folder of runs in the form of the Open Energy Benchmark.

    Parameters
    ----------
    runs : Path
        Folder that `bench run` or `bench make` has written.
    target : Path
        Folder without files; metadata and instances go to ``benchmarks/routeplan`` in it.
    contributor : str
        Who contributes them: name and affiliation.
    url : str
        Address below which the files can be fetched; without one their names stand in its place.
    licence : str
        Licence of the instances.

    Returns
    -------
    Exported
        What was written, and what was left out.

    Raises
    ------
    UsageError
        When the target holds files, or nobody is named.
    DataError
        When there are no instances to export, or one is not what its manifest describes.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} holds files already; allowed: a folder without any")
    if not contributor.strip():
        raise UsageError("the contributor is empty; allowed: a name and an affiliation")
    found = _instances(runs / INSTANCES)
    why = [_why_not(each) for each in found]
    kept = tuple(each for each, reason in zip(found, why, strict=True) if not reason)
    if not kept:
        raise DataError([Problem(str(runs), 0, "has no instance that can be exported; allowed: one with a plan")])
    metadata = {"benchmarks": _benchmarks(kept, contributor.strip(), licence, url)}
    with file_written_aside(target / FOLDER / METADATA) as aside:
        for each in kept:
            copyfile(each.mps, target / FOLDER / file_name(each))
        aside.write_text(yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")
    told = tuple((each.name, reason) for each, reason in zip(found, why, strict=True) if reason)
    return Exported(target / FOLDER / METADATA, kept, told)


def size_class(columns: int) -> str:
    """Size of an instance with so many columns: S below 10 000, M below a million, L from there."""
    return "S" if columns < SMALL else "M" if columns < LARGE else "L"


def file_name(instance: Stored) -> str:
    """Name of an instance's file: those of benchmark and size, with a hyphen in between."""
    return f"{instance.manifest.family}-{size_name(instance)}.mps.gz"


def size_name(instance: Stored) -> str:
    """Name of an instance within its family: size, seed, and the first digits of its fingerprint."""
    manifest = instance.manifest
    step = f"-step-{manifest.step}" if manifest.step else ""
    return f"{manifest.size}-{manifest.seed}{step}-{manifest.sha256[:DIGITS]}"


def _instances(folder: Path) -> list[Stored]:
    """Every instance of a folder."""
    stored: list[Stored] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob(f"*{MANIFEST}")):
        try:
            stored.append(read_stored(file))
        except DataError as error:
            problems += error.problems
    if not stored and not problems:
        problems.append(Problem(str(folder), 0, f"has no instances; allowed: manifests *{MANIFEST} and their files"))
    if problems:
        raise DataError(problems)
    return stored


def _why_not(instance: Stored) -> str:
    """Why an instance does not belong into the Open Energy Benchmark; empty where it does."""
    if instance.manifest.reason:
        return "it has no feasible point, and each of its instances must be solved to optimality"
    if instance.manifest.source:
        return "it is of a file of your own, and routeplan cannot say where its data are from"
    if instance.manifest.formulation:
        return "it is an instance of the same optimum as another, in another formulation"
    if instance.manifest.family in NOT_ENERGY:
        return "it is not of an energy system"
    return ""


def _benchmarks(
    instances: Sequence[Stored], contributor: str, licence: str, url: str
) -> dict[str, Mapping[str, object]]:
    """A benchmark for each family, by its name."""
    families: dict[str, list[Stored]] = {}
    for each in instances:
        families.setdefault(each.manifest.family, []).append(each)
    return {family: _benchmark(family, these, contributor, licence, url) for family, these in families.items()}


def _benchmark(family: str, instances: Sequence[Stored], contributor: str, licence: str, url: str) -> dict[str, object]:
    known = BY_NAME.get(family)
    about = known.about if known is not None else "A programme as it was given."
    several = isinstance(known, SiteFamily)
    mixed = any(_integers(each) for each in instances)
    return {
        "Short description": f"{about} The data are synthetic, drawn from a seed.",
        "Modelling framework": "routeplan",
        "Model name": f"routeplan-{family}",
        "Version": __version__,
        "Contributor(s)/Source": contributor,
        "License": licence,
        "Problem class": "MILP" if mixed else "LP",
        "Application": "Infrastructure & Capacity Expansion" if several else "Infrastructure",
        "Sectoral focus": "Sector-coupled" if several else "Single carrier",
        "Sectors": "Industrial",
        "Time horizon": f"Multi-stage ({len(YEARS) - 1} stages)" if several else "Single-stage",
        "MILP features": "Fixed charges of investments" if mixed else "None",
        "Notes": "A size is named by its size, its seed and the start of the SHA-256 of the uncompressed file.",
        "Sizes": [_size(each, url) for each in instances],
    }


def _size(instance: Stored, url: str) -> dict[str, Any]:
    manifest = instance.manifest
    name, integers = file_name(instance), _integers(instance)
    return {
        "Name": size_name(instance),
        "Size": size_class(manifest.columns),
        "URL": f"{url.rstrip('/')}/{name}" if url else name,
        "Temporal resolution": NONE,
        "Spatial resolution": _extent(manifest),
        "Realistic": False,
        "Num. constraints": manifest.rows,
        "Num. variables": manifest.columns,
        "Num. continuous variables": manifest.columns - integers,
        "Num. integer variables": integers,
        "Num. nonzeros": manifest.nonzeros,
    }


def _extent(manifest: Manifest) -> str:
    """How much a size has of what its family counts, such as ``30 nodes``."""
    known = BY_NAME.get(manifest.family)
    sizes = {each.name: each for each in known.sizes} if known is not None else {}
    return f"{sizes[manifest.size].number} {sizes[manifest.size].unit}" if manifest.size in sizes else NONE


def _integers(instance: Stored) -> int:
    return instance.manifest.binaries + instance.manifest.integers
