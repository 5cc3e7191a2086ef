"""Names that collide, are missing, or are words of the scripts: a page is made all the same, and tells them apart."""

from pathlib import Path

import pandas as pd
import pytest
from charted import plan
from looking import look, until
from made import Pages
from selenium.webdriver import Chrome

from nightly import some_rows
from routeplan.instance.instance import Instance
from routeplan.language.language import Language, Words
from routeplan.report.charts.emissions import emissions_table
from routeplan.report.charts.public_money import public_money_table
from routeplan.report.charts.routes import routes_by_sector_table
from routeplan.report.map.places import sites
from routeplan.report.map.projection import Projection
from routeplan.report.names import told_apart
from routeplan.report.page.build import page
from routeplan.result.result import Result


def changed(result: Result, **tables: pd.DataFrame) -> Result:
    """The same plan of an instance in which things have other names."""
    instance: Instance = result.instance.replace(**tables)
    return Result(
        instance, result.status, result.record, result.objective, result.bound, result.cost, tables=result.tables
    )


def test_names_that_several_have_get_their_ids() -> None:
    """Others stay as they are."""
    assert told_apart({"a": "North", "b": "North", "c": "South"}) == {"a": "North (a)", "b": "North (b)", "c": "South"}


@pytest.mark.parametrize(
    ("name", "language"),
    some_rows(
        [("", Language.DUTCH), ("Works", Language.ENGLISH), ("", Language.ENGLISH), ("Works", Language.DUTCH)], 2
    ),
)
def test_sites_without_a_name_or_with_the_same_make_a_page(name: str, language: Language) -> None:
    """Also where links lead to several of them."""
    named = plan().instance["sites"].assign(name=name)
    text = page({"plan": changed(plan(), sites=named)}, language)
    assert f'"site":"mill","name":"{name or "mill"}"' in text


@pytest.mark.parametrize("sectors", [("glas", "glass"), ("mineral_wool", "mineral wool"), ("Captured", "All sites")])
def test_sectors_that_read_alike_are_told_apart(sectors: tuple[str, str]) -> None:
    """In another language, with underscores, or as a line of the table."""
    known = plan().instance["sites"]
    named = known.assign(sector=[sectors[0], *[sectors[1]] * (len(known) - 1)])
    targets = plan().instance["targets"].query("scope == 'all'")
    support = plan().instance["support"].assign(sector="all")
    result, words = changed(plan(), sites=named, targets=targets, support=support), Words("nl")
    shown = emissions_table(result, words).iloc[:, 0].tolist()
    assert len(set(shown[:2])) == 2
    assert len(routes_by_sector_table(result, words).iloc[:, 0].unique()) == 2


def test_pots_that_read_alike_are_told_apart() -> None:
    """One keeps what is left, and so is marked; another is called so."""
    pots = plan().instance["pots"]
    named = pots.assign(name=["A", "A*"], carry_over=[1, 0])
    table = public_money_table(changed(plan(), pots=named), Words())
    assert set(table.iloc[:, 0]) == {f"A* ({pot})" for pot in pots["pot"]}


def test_sites_on_one_point_stand_around_it() -> None:
    """Each at another place, as far from the point as the others; a site alone stays where it is."""
    places = plan().instance["sites"]
    alone = places["site"].iloc[-1]
    together = places.assign(
        lat=places["lat"].where(places["site"] == alone, 52.0), lon=places["lon"].where(places["site"] == alone, 6.0)
    )
    shown = sites(changed(plan(), sites=together), Words(), Projection(52.0)).set_index("site")[["dx", "dy"]]
    assert tuple(shown.loc[alone]) == (0.0, 0.0)
    others = shown.drop(alone)
    assert len(others.drop_duplicates()) == len(places) - 1
    distance = (others["dx"] ** 2 + others["dy"] ** 2) ** 0.5
    assert distance.max() - distance.min() < 0.2
    assert distance.min() > 7.0


def test_ids_that_are_words_of_the_scripts_open_their_cards(pages: Pages, chromium: Chrome, tmp_path: Path) -> None:
    """`constructor` is the name of something that every object of a script has."""
    text = pages.english.read_text(encoding="utf-8").replace('"dairy"', '"constructor"')
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    look(chromium, tmp_path / "page.html")
    chromium.execute_script("document.querySelector('[data-site=constructor]').click()")
    until(chromium, lambda: chromium.execute_script("return document.getElementById('card').open"), True)
    assert [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"] == []
