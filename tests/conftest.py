"""What tests share: where reference data lie, and the default tables."""

import gc
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from routeplan.estimate.defaults import DefaultTables, load_defaults

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of reference data beside the checkout, which need not be there."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("reference data are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def defaults() -> DefaultTables:
    """The package's default tables."""
    return load_defaults()


def pytest_addoption(parser: pytest.Parser) -> None:
    """More of the same, for which there is time at night."""
    parser.addoption("--all", action="store_true", help="run the tests marked nightly too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is run every night, unless it is asked for; begin with the files that take longest."""
    nightly = set() if config.getoption("--all") else set(_nightly(items))
    if nightly:
        config.hook.pytest_deselected(items=list(nightly))
        items[:] = [item for item in items if item not in nightly]
    # A file stays on one worker: one that takes long and begins last would leave the other workers without work.
    # The workers take the files in this order (--no-loadscope-reorder in pyproject.toml).
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -tests[item.path], item.path))


def _nightly(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Tests marked nightly, and the cases of a test beyond those of which some are enough at each change."""
    seen: Counter[str] = Counter()
    for item in items:
        some = item.get_closest_marker("some")
        test = item.nodeid.split("[")[0]
        seen[test] += 1
        if item.get_closest_marker("nightly") or (some and seen[test] > some.args[0]):
            yield item


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the garbage collector what is imported for the tests: it would look through all of it again and again."""
    gc.disable()
    done = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return done
