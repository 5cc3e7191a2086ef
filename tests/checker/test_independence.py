"""The plan checker shares no code with what it checks: the model, the solver, and the plan's own tables."""

import ast
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "routeplan"

FORBIDDEN = ("model", "solving", "solver", "plan", "limits", "options", "grants", "tolerances", "summary*", "doctor*")
"""Names of modules and folders that the checker does not reach, wherever they stand."""

SHARED = (
    *(
        "instance.money",
        "instance.horizon",
        "instance.prices",
        "schema",
        "instance.instance",
        "result.result",
        "errors",
    ),
    *("instance.rules", "instance.scenario", "instance.change", "instance.decided", "instance.fingerprint"),
    *("instance.rd_new", "instance.outline"),
)
"""All that the checker reaches outside its room: first what it shares on purpose, then what an instance needs.

The rules of places read coordinates and outlines of areas; the checker itself knows no place.
"""

NAMED_AFTER_TABLES = ("checker", "rules")
"""Folders whose modules may be called as a forbidden one: `rules.options` holds the rules of the table ``options``."""

MODULES = {
    ".".join(("routeplan", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}


def imported(path: Path) -> set[str]:
    """The modules of routeplan that a file imports, with the packages around them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {module for name in names for module in with_packages(name)}


def with_packages(name: str) -> set[str]:
    """The modules that a dotted name stands for; the package itself only where nothing inside it is named."""
    parts = name.split(".")
    found = {".".join(parts[:length]) for length in range(1, len(parts) + 1)} & set(MODULES)
    return found - {"routeplan"} or found


def reached(rooms: Iterable[str]) -> set[str]:
    """The modules in these rooms, and all that they import, directly or by a detour."""
    left = {name for name in MODULES if name != "routeplan" and room(name) in set(rooms)}
    found: set[str] = set()
    while left:
        found |= left
        left = {name for module in left for name in imported(MODULES[module])} - found
    return found


def room(module: str) -> str:
    """The module or folder, right below ``routeplan``, that a module belongs to."""
    return module.split(".")[1] if "." in module else module


def forbidden(modules: Iterable[str], names: tuple[str, ...] = FORBIDDEN) -> set[str]:
    """The modules among these that have one of the names, or stand in a folder that has."""
    return {
        module
        for module in modules
        if not set(module.split(".")) & set(NAMED_AFTER_TABLES)
        and any(fnmatch(part, name) for part in module.split(".") for name in names)
    }


def test_the_checker_reaches_nothing_that_makes_plans() -> None:
    """Neither by an import nor by a detour does it come to what it must be able to contradict."""
    assert forbidden(reached(["checker"])) == set()


def test_the_checker_reaches_only_what_it_shares_on_purpose() -> None:
    """What it shares cannot be contradicted, so that the list is kept short; `routeplan` itself would be all."""
    allowed = tuple(f"routeplan.{name}" for name in ("checker", *SHARED))
    folders = {name.rpartition(".")[0] for name in allowed}
    outside = {
        module for module in reached(["checker"]) if not f"{module}.".startswith(tuple(f"{a}." for a in allowed))
    }
    assert outside <= folders


def test_the_checker_says_what_it_shares() -> None:
    """Who reads the checker's first page knows what it takes on trust."""
    words = ast.get_docstring(ast.parse(MODULES["routeplan.checker.check"].read_text(encoding="utf-8"))) or ""
    assert [name for name in SHARED[:7] if f"`{name}`" not in words] == []


def test_the_report_reaches_no_model() -> None:
    """A page is drawn from the tables of a result, so that it can be drawn of a plan from anywhere."""
    assert forbidden(reached(["report"]), ("model", "solving", "solver")) == set()


def test_what_is_forbidden_is_found() -> None:
    """Solving imports the model and the solver, under the names by which the checker is held off them."""
    assert {"model", "solver"} <= {room(module) for module in forbidden(reached(["solving"]))}


def test_a_detour_is_found() -> None:
    """Solving does not import the fingerprint of an instance itself, but the instance, which needs it."""
    own = {name for name in MODULES if name != "routeplan" and room(name) == "solving"}
    direct = {room(module) for name in own for module in imported(MODULES[name])}
    assert "fingerprint" not in direct
    assert "fingerprint" in {part for module in reached(["solving"]) for part in module.split(".")}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_every_forbidden_name_is_one_of_the_house(name: str) -> None:
    """A name that is changed there must be changed here."""
    assert forbidden(MODULES, (name,)) != set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import routeplan", {"routeplan"}),
        ("from routeplan import solve", {"routeplan"}),
        ("from routeplan.model.build import build", {"routeplan.model", "routeplan.model.build"}),
        ("def f():\n    from routeplan.model import build", {"routeplan.model", "routeplan.model.build"}),
        ("import pandas", set()),
    ],
)
def test_every_way_to_import_is_seen(line: str, found: set[str], tmp_path: Path) -> None:
    """A module, something in one, the whole package, and an import inside a function."""
    file = tmp_path / "module.py"
    file.write_text(line, encoding="utf-8")
    assert imported(file) == found
