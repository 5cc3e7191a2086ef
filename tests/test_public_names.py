"""The names that `import routeplan` offers."""

import subprocess
import sys
from pathlib import Path

import pytest

import routeplan
from routeplan.data.paths import README_FILE
from small import small

COMMANDS = (
    "check",
    "solve",
    "verify",
    "compare",
    "reach",
    "shortfall",
    "report",
    "levers",
    "perspective",
    "generate",
    "import_ets",
    "merge_capacity",
)


@pytest.mark.parametrize("name", routeplan.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """The stub names nothing that has moved, and what it names says what it is."""
    found = getattr(routeplan, name)
    assert name == "__version__" or found.__doc__


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_a_function_of_the_same_name(name: str) -> None:
    """Also where a folder of modules has that name, such as `report`."""
    assert callable(getattr(routeplan, name))


@pytest.mark.nightly
def test_a_folder_of_modules_does_not_hide_the_function_of_its_name() -> None:
    """Whichever is imported first."""
    script = (
        "import routeplan.language.language, routeplan.generate.knobs, routeplan\n"
        "print(callable(routeplan.report), callable(routeplan.generate), routeplan.Knobs().headroom)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "True True 1.0\n"


def test_to_import_routeplan_imports_no_other_package() -> None:
    """Names are imported on first use: a name of the errors needs no pandas."""
    script = "import sys, routeplan; routeplan.DataError; print('pandas' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "False\n"


def test_an_instance_is_checked_by_its_folder(tmp_path: Path) -> None:
    """The instance where all is well, and the problems where it is not."""
    folder = routeplan.write(small(), tmp_path / "small")
    assert routeplan.check(folder).problems == ()
    (folder / "sites.csv").unlink()
    found = routeplan.check(folder)
    assert found.instance is None
    assert "sites.csv: the file is missing; allowed: a table, if need be without rows" in map(str, found.problems)


@pytest.mark.nightly
def test_a_generated_instance_is_written_with_its_readme(tmp_path: Path) -> None:
    """Six sites are the fewest; the instance that is read back is the one that was made."""
    made = routeplan.generate(6, 1, knobs=routeplan.Knobs(wishes=0.0))
    routeplan.write_generated(made, tmp_path / "six")
    assert routeplan.read(tmp_path / "six").sha256 == made.instance.sha256
    assert len(made.instance["wishes"]) == 0
    assert (tmp_path / "six" / README_FILE).is_file()


def test_an_unknown_name_is_refused() -> None:
    """As by any module."""
    with pytest.raises(AttributeError, match="slove"):
        routeplan.slove  # type: ignore[attr-defined]  # noqa: B018
