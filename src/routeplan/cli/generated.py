"""The folder of a generated instance."""

from collections.abc import Sequence
from pathlib import Path

from routeplan.generate.request import instance_name


def generated_folder(sites: int, seed: int, areas: Sequence[str]) -> Path:
    """Name the folder of a generated instance after its sites, seed and areas."""
    return Path(instance_name(sites, seed, areas))
