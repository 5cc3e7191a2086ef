"""Pages of the small instance `tiny`, each made once, and a browser to look at them."""

from pathlib import Path

import pytest
from made import HOSTILE, Pages

from browser import chromium as chromium
from routeplan.data.read import read

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """One plan in English and in Dutch, and two plans beside each other, of sites of which one has a hostile name."""
    instance = read(ROOT / "instances" / "tiny")
    sites = instance["sites"]
    hostile = {name: sites[name].where(sites["site"] != "mill", HOSTILE) for name in ("name", "name_nl")}
    return Pages(instance.replace(sites=sites.assign(**hostile)), tmp_path_factory.mktemp("pages"))
