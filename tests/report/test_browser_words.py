"""The Dutch page in a browser: no English is left on it, and numbers are written as the Dutch write them."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import expected
import pytest
from looking import close_card, data_of, look, mark_of, point_at, show_card, texts
from made import Pages
from selenium.webdriver import Chrome

from routeplan.language.language import Words
from routeplan.report.map.outlines import towns
from routeplan.report.map.plot import window_of
from routeplan.report.map.projection import projection_of
from routeplan.result.result import Result

SAME = set(
    """
    boiler budget contract extra gas glas hub hubs in is kt later met mln nu of oven over plan project route routes
    scenario sector stations status terminal trailers transport water
    CO CO2 GWh MWh MW kW SHA MIT CC BY CBS Kadaster DataTables Vega Lite routeplan
    """.lower().split()
)
"""Words, units and names that are the same in both languages."""


def told_by_users(result: Result) -> list[str]:
    """Texts of the tables that people made up for this instance, the longest first: they are in no catalogue."""
    instance, settings = result.instance, result.instance.settings
    columns = {
        "sites": ("site", "name", "region", "price_group"),
        "areas": ("area", "name"),
        "pots": ("pot", "name"),
        "links": ("link",),
        "hubs": ("hub",),
        "nodes": ("node",),
        "wishes": ("project",),
        "supply": ("zone", "step"),
        "sizes": ("size",),
    }
    found = {str(text) for table, names in columns.items() for name in names for text in instance[table][name]}
    found |= {settings.title, settings.name, settings.description, *settings.sources.values()}
    found |= {instance.sha256, "late-grid", "Natural", "Earth", "GeoNames", "BSD-3-Clause"}
    found |= set(towns(projection_of(instance), window_of(result).surroundings())["name"])
    return sorted(found - {"", "all"}, key=len, reverse=True)


def titles_in(part: Any) -> Iterator[str]:
    """Every title in a picture's specification: of axes, legends and what is told of marks that are pointed at."""
    if isinstance(part, list):
        for inner in part:
            yield from titles_in(inner)
    elif isinstance(part, dict):
        for name, inner in part.items():
            if name in ("title", "description") and isinstance(inner, str):
                yield inner
            elif name not in ("datasets", "values"):
                yield from titles_in(inner)


def everything(chromium: Chrome, pages: Pages, page: Path) -> list[str]:
    """Every text of a page: as it opens, on all cards, and what is told of marks."""
    look(chromium, page)
    found = [*texts(chromium), *titles_in(data_of(chromium)["pictures"])]
    for site in expected.sites(pages.plan):
        show_card(chromium, site)
        found += texts(chromium)
        close_card(chromium)
    for site in ("mill", "laundry"):
        found += [cell for row in point_at(chromium, mark_of(chromium, site)) for cell in row]
    return found


Said = Callable[[str], list[str]]
"""Every text of a page, by the page's name."""


@pytest.fixture(scope="module")
def said(pages: Pages, chromium: Chrome) -> Said:
    """Each page is read once."""
    return cache(lambda name: everything(chromium, pages, getattr(pages, name)))


PAIRS = [("english", "dutch"), ("both", "both_dutch")]
"""Pages that say the same in both languages."""


def words_in(found: list[str], known: list[str]) -> set[str]:
    """Words of texts, in small letters, without what users made up."""
    rest = set()
    for text in set(found):
        for name in known:
            text = text.replace(name, " ")
        rest |= {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}
    return rest


@pytest.mark.parametrize("english, dutch", PAIRS)
@pytest.mark.nightly
def test_no_english_is_left_on_the_dutch_page(pages: Pages, said: Said, english: str, dutch: str) -> None:
    """A word on both pages is one that both languages have, or one that users made up."""
    known = told_by_users(pages.plan)
    in_english, in_dutch = words_in(said(english), known), words_in(said(dutch), known)
    assert {"natural", "gas", "cost"} <= in_english and {"aardgas", "kosten"} <= in_dutch
    assert sorted(in_english & in_dutch - SAME) == []


@pytest.mark.nightly
def test_the_dutch_page_says_so(pages: Pages, chromium: Chrome) -> None:
    """To whatever reads it out."""
    for page, language in ((pages.english, "en"), (pages.dutch, "nl")):
        look(chromium, page)
        assert chromium.execute_script("return document.documentElement.lang") == language


VERSIONS = re.compile(r"CC BY \d\.\d|routeplan \d+\.\d+\S*|BSD-3-Clause")
"""What has points and is no number."""


@pytest.mark.parametrize("english, dutch", PAIRS)
@pytest.mark.nightly
def test_numbers_are_written_as_their_readers_write_them(pages: Pages, said: Said, english: str, dutch: str) -> None:
    """The same numbers on both pages: with a decimal comma, and a point between thousands, on the Dutch one."""
    found = {}
    for name in (english, dutch):
        plain = (VERSIONS.sub("", text) for text in said(name))
        known = [text for text in told_by_users(pages.plan) if re.search(r"\d", text)]
        numbers: set[str] = set()
        for text in plain:
            for other in known:
                text = text.replace(other, " ")
            numbers |= set(re.findall(r"\d[\d.,]*\d|\d", text))
        found[name] = numbers
    swapped = {number.translate(str.maketrans(".,", ",.")) for number in found[english]}
    assert found[dutch] == swapped
    assert any("," in number for number in found[dutch])
    assert not any("." in number for number in found[dutch])  # no number of this plan reaches a thousand


@pytest.mark.nightly
def test_axes_are_written_as_their_readers_write_them(pages: Pages, chromium: Chrome) -> None:
    """Thousands and decimals: on a copy of the page whose axes end elsewhere."""
    for page, wanted in ((pages.english, {"1,000", "0.2"}), (pages.dutch, {"1.000", "0,2"})):
        text = page.read_text(encoding="utf-8")
        changed = page.with_name(f"{page.stem}-axes.html")
        energy, money = (data for data in domains(text) if data)
        changed.write_text(
            text.replace(f'"domain":{energy}', '"domain":[0,4000]').replace(f'"domain":{money}', '"domain":[0,1]'),
            encoding="utf-8",
        )
        look(chromium, changed)
        script = "return [...document.querySelectorAll('#energy .role-axis-label text, #costs .role-axis-label text')]"
        ticks = set(chromium.execute_script(script + ".map(one => one.textContent)"))
        assert wanted <= ticks


def domains(text: str) -> tuple[str, str]:
    """The ends of the y axes of energy and of costs, as they stand in a page."""
    found = []
    for key in ("energy", "costs"):
        part = text[text.index(f'"{key}":[{{') :]
        match = re.search(r'"domain":(\[-?[\d.]+,-?[\d.]+\])', part)
        assert match is not None
        found.append(match[1])
    return found[0], found[1]


def test_words_that_catalogues_lack_stand_out() -> None:
    """What is looked for above can be found: a word of the code that no catalogue translates."""
    assert words_in(["Grid connection [MW]"], []) - SAME == {"grid", "connection"}
    assert Words("nl").name("flex_e") != Words("en").name("flex_e")
