"""Instances of files of the user's own: folders and workbooks of routeplan, MPS files, published problems."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from routeplan.bench.families.country import country
from routeplan.bench.families.external import ExternalFamily
from routeplan.bench.families.family import Family
from routeplan.bench.families.published import facility_location, fixed_charge_network
from routeplan.bench.mps import read_mps
from routeplan.data.read import read
from routeplan.data.shipped import INSTANCES, shipped
from routeplan.errors import DataError, Problem, UsageError, system_reason
from routeplan.schema.settings import SETTINGS_FILE


@dataclass(frozen=True)
class Kind:
    """A kind of files of which instances are made.

    Parameters
    ----------
    key : str
        Its key in a suite.
    family : str
        Name of the family of all instances of such files.
    opened : callable
        Reads a file into the family that makes its instance, with the optimum where the user says it.
    fingerprint : callable
        Fingerprint of a file.
    """

    key: str
    family: str
    opened: Callable[[Path, float | None], Family]
    fingerprint: Callable[[Path], str]


@dataclass(frozen=True)
class FromFile:
    """An instance of a file.

    Parameters
    ----------
    kind : Kind
        What its file is.
    source : str
        Absolute path of its file; of an instance that comes with the package, its name.
    optimum : float, optional
        Least objective, where the user says it.
    place : Problem, optional
        Where it is asked for; the text of it does not count.
    """

    kind: Kind
    source: str
    optimum: float | None = None
    place: Problem | None = field(default=None, compare=False)

    @property
    def family(self) -> str:
        """Name of the family of all instances of such files."""
        return self.kind.family

    @property
    def size(self) -> str:
        """Name of the file without its suffix."""
        return name_of(self.file)

    @property
    def seed(self) -> int:
        """Nothing is drawn."""
        return 0

    @property
    def step(self) -> int:
        """It is no step of a series."""
        return 0

    @property
    def name(self) -> str:
        """Name of the instance."""
        return f"{self.family}-{self.size}-{self.seed}"

    @property
    def file(self) -> Path:
        """Its file, folder or workbook."""
        return shipped_instance(self.source) or Path(self.source)

    def opened(self) -> Family:
        """Read its file into the family that makes it; raises `DataError` where it cannot be read."""
        with self.telling():
            return self.kind.opened(self.file, self.optimum)

    def fingerprint(self) -> str:
        """Fingerprint of its file as it is now; raises `DataError` where it cannot be read."""
        with self.telling():
            return self.kind.fingerprint(self.file)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell of what is refused meanwhile where the instance is asked for."""
        try:
            yield
        except (DataError, UsageError) as error:
            if self.place is None:
                raise
            told = error.problems if isinstance(error, DataError) else str(error).splitlines()
            raise DataError([Problem(self.place.file, self.place.line, str(each)) for each in told]) from error


def name_of(file: Path) -> str:
    """Name of a file without the suffixes of its form, or that of a folder."""
    return file.name if file.is_dir() else Path(file.name.removesuffix(".gz")).stem


def shipped_instance(name: str) -> Path | None:
    """Folder of an instance that comes with the package, by its name; none where there is none."""
    settings = shipped(INSTANCES, name, SETTINGS_FILE) if Path(name).name == name else None
    return None if settings is None else settings.parent


def shipped_instances() -> list[str]:
    """Names of the instances that come with the package."""
    folder = shipped(INSTANCES)
    return [] if folder is None else sorted(file.parent.name for file in folder.glob(f"*/{SETTINGS_FILE}"))


def _country(file: Path, optimum: float | None) -> Family:
    return country(file)


def _mps(file: Path, optimum: float | None) -> Family:
    about = f"The programme {name_of(file)} as it was given."
    return ExternalFamily(MPS_FILES, about, read_mps(file), optimum, size=name_of(file))


def _facility(file: Path, optimum: float | None) -> Family:
    return facility_location(file)


def _network(file: Path, optimum: float | None) -> Family:
    return fixed_charge_network(file)


def _sha256_of_instance(file: Path) -> str:
    return read(file).sha256


def _sha256_of_file(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise DataError([Problem(file.name, 0, f"cannot be read: {system_reason(error)}")]) from None


MPS_FILES = "mps"

KINDS = (
    Kind("instance", "country", _country, _sha256_of_instance),
    Kind(MPS_FILES, MPS_FILES, _mps, _sha256_of_file),
    Kind("facility", "facility-location", _facility, _sha256_of_file),
    Kind("network", "fixed-charge-network", _network, _sha256_of_file),
)
"""Every kind of files of which instances are made."""
