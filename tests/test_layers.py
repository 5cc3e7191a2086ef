"""The house keeps its floors: imports point down, or sideways inside a floor."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "routeplan"

FLOORS = (
    ("version", "errors", "tolerances"),
    ("schema", "language", "land"),
    ("instance",),
    ("data", "network"),
    ("estimate",),
    ("importers", "generate"),
    ("model",),
    ("solver", "result", "checker"),
    ("solving",),
    ("runs",),
    ("why", "hubs"),
    ("report", "bench"),
    ("cli", "__main__"),
)
"""From the ground up; a name is a module or a folder of them."""

FLOOR_OF = {name: floor for floor, names in enumerate(FLOORS) for name in names}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")


@cache
def _nodes(path: Path) -> list[ast.AST]:
    """All that a file says, read once."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _part(path: Path) -> str:
    """The module or folder, right below ``routeplan``, that a file belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def _name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """Every module of routeplan that a file imports, relative imports aside."""
    return tuple(_names(_nodes(path)))


def _names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _parts_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in _imported(path)]
    return {name[1] for name in names if name[0] == "routeplan" and len(name) > 1}


def test_every_part_of_the_package_has_a_floor() -> None:
    """A new module or folder must be given a place in the list above."""
    assert {_part(path) for path in MODULES} == set(FLOOR_OF)


def test_imports_point_down_or_sideways() -> None:
    """No module imports from a higher floor than its own."""
    upward = {
        _name(path): higher
        for path in MODULES
        if (higher := {part for part in _parts_imported(path) if FLOOR_OF[part] > FLOOR_OF[_part(path)]})
    }
    assert upward == {}


def test_solver_result_and_checker_stand_apart() -> None:
    """On their floor only the checker looks sideways, at what a result is."""
    apart = ("solver", "result", "checker")
    sideways = {
        (_part(path), ".".join(parts[1:3]))
        for path in MODULES
        if _part(path) in apart
        for parts in (name.split(".") for name in _imported(path))
        if len(parts) > 1 and parts[1] in set(apart) - {_part(path)}
    }
    assert sideways == {("checker", "result.result")}


def test_the_floors_are_explained() -> None:
    """The table of CONTRIBUTING has the same floors, from the ground up."""
    text = (SOURCE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", text, flags=re.MULTILINE)
    told = {int(floor): set(re.findall(r"`(\w+)`", names)) for floor, names in rows}
    assert told == {floor: set(names) for floor, names in enumerate(FLOORS)}


def test_nothing_is_imported_inside_a_function() -> None:
    """An import inside a function would hide a ring."""
    hidden = [
        f"{_name(path)}:{inner.lineno}"
        for path in MODULES
        for function in _nodes(path)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_imports_name_the_whole_module() -> None:
    """No relative imports, which the tests above would not see."""
    relative = [
        f"{_name(path)}:{node.lineno}"
        for path in MODULES
        for node in _nodes(path)
        if isinstance(node, ast.ImportFrom) and node.level > 0
    ]
    assert relative == []


def test_the_commands_alone_import_the_package_itself() -> None:
    """By ``routeplan.NAME`` a module could reach any floor without the tests above seeing it."""
    imported = {path: set(_imported(path)) for path in MODULES}
    assert {_part(path) for path, names in imported.items() if "routeplan" in names} == {"cli"}


def test_modules_form_no_ring() -> None:
    """Within a floor too, no module imports itself by a detour."""
    files = {".".join(("routeplan", *path.relative_to(SOURCE).with_suffix("").parts)): path for path in MODULES}
    needs = {name: _modules_imported(path, set(files)) for name, path in files.items()}
    while free := {name for name, wanted in needs.items() if not wanted & set(needs)}:
        needs = {name: wanted for name, wanted in needs.items() if name not in free}
    assert needs == {}


def _modules_imported(path: Path, known: set[str]) -> set[str]:
    """The modules a file imports; the name after ``import`` may be a module or something in one."""
    names = set(_imported(path))
    return known & (names | {name.rpartition(".")[0] for name in names})
