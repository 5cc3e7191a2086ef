"""A folder with a small instance, which each test spoils in its own way."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from routeplan.data.write import write
from small import small

Spoil = Callable[..., Path]


@pytest.fixture
def spoiled(tmp_path: Path) -> Spoil:
    """Write the small instance, and files of the test's own (text or bytes) over it; None takes a file away."""
    number = count()

    def make(**files: str | bytes | None) -> Path:
        folder = write(small(), tmp_path / f"small-{next(number)}")
        for name, content in files.items():
            path = folder / name.replace("_toml", ".toml").replace("_csv", ".csv")
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make
