"""The page in a browser: it asks for nothing and complains of nothing, and its map shows the plan."""

from collections.abc import Sequence

import expected
import pytest
from looking import (
    Mark,
    card_is_open,
    cells,
    choose,
    choose_period,
    close_card,
    data_of,
    drawn,
    headings,
    in_sight,
    listed,
    look,
    mark_of,
    on_map,
    point_at,
    read_card,
    requests,
    show_card,
    until,
)
from made import HOSTILE, Pages
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from routeplan.instance.titles import title_of
from routeplan.language.language import Words
from routeplan.report import palette
from routeplan.result.result import Result

ENGLISH, DUTCH = Words("en"), Words("nl")


@pytest.mark.parametrize("page", ["english", "both", "dutch"])
@pytest.mark.some(1)
def test_a_page_asks_for_nothing_and_logs_nothing(pages: Pages, chromium: Chrome, page: str) -> None:
    """Whatever a reader does with it: it is one file, and works without a network."""
    file = getattr(pages, page)
    look(chromium, file)
    choose_period(chromium, 0)
    in_sight(chromium, "#play").click()
    chromium.find_element(By.ID, "play").click()
    for button in chromium.find_elements(By.CSS_SELECTOR, "[data-zoom]"):
        button.click()
    show_card(chromium, "glass")
    close_card(chromium)
    choose(chromium, "filter-region", "East")
    in_sight(chromium, ".dt-search input").send_keys("tile")
    point_at(chromium, mark_of(chromium, "dairy"))
    assert chromium.get_log("browser") == []
    assert {address for address in requests(chromium) if not address.startswith("data:")} == {file.as_uri()}


def colours(marks: Sequence[Mark]) -> dict[str, str]:
    """Colour by site; a site with two marks would be seen by the numbers of them."""
    found = {mark.site: mark.colour for mark in marks}
    assert len(found) == len(marks)
    return found


def expected_colours(result: Result, position: int) -> dict[str, str]:
    """The colour of the family that each site's main process runs."""
    period = expected.periods(result)[position]
    return {
        site: palette.FAMILIES[expected.main_family(result, site, period)] for site in result.instance["sites"]["site"]
    }


@pytest.mark.nightly
def test_the_map_follows_the_slider(pages: Pages, chromium: Chrome) -> None:
    """A mark for each site in the colour and shape of its route, and links and hubs from the period of their start."""
    look(chromium, pages.english)
    plan, last = pages.plan, len(expected.periods(pages.plan)) - 1
    assert colours(on_map(chromium)) == expected_colours(plan, last)
    assert {mark.site: mark.label for mark in on_map(chromium)} == {
        site: expected.name_of(plan, site, ENGLISH) for site in expected.sites(plan)
    }
    every_position = [*range(last, -1, -1), *range(last + 1)]
    assert expected_colours(plan, 0) != expected_colours(plan, 1) != expected_colours(plan, last)
    assert expected.links_in(plan, expected.periods(plan)[0]) != expected.links_in(plan, expected.periods(plan)[-1])
    for position in every_position:
        choose_period(chromium, position)
        period = expected.periods(plan)[position]
        until(chromium, lambda: colours(on_map(chromium)), expected_colours(plan, position))
        until(chromium, lambda: drawn(chromium, "Link"), expected.links_in(plan, period))
        until(chromium, lambda: drawn(chromium, "Hub"), expected.hubs_in(plan, period))


@pytest.mark.nightly
def test_shapes_say_what_colours_say(pages: Pages, chromium: Chrome) -> None:
    """Sites of one family have one shape, those of two families two: relative to its size, which is its own."""
    look(chromium, pages.english)
    kinds: dict[str, set[str]] = {}
    for mark in on_map(chromium):
        family = expected.main_family(pages.plan, mark.site, expected.periods(pages.plan)[-1])
        kinds.setdefault(family, set()).add("".join(letter for letter in mark.shape if letter.isalpha()))
    assert all(len(shapes) == 1 for shapes in kinds.values())
    assert len(kinds) > 3


@pytest.mark.nightly
def test_the_slider_tells_the_years(pages: Pages, chromium: Chrome) -> None:
    """Beside it, to those who listen, and in the headings of the table of sites."""
    look(chromium, pages.english)
    slider = chromium.find_element(By.ID, "period")
    assert slider.get_attribute("value") == slider.get_attribute("max")
    for position, years in enumerate(expected.years(pages.plan)):
        choose_period(chromium, position)
        assert chromium.find_element(By.ID, "period-shown").text == years
        assert slider.get_attribute("aria-valuetext") == years
        assert headings(chromium, "#site-table")[5:7] == [f"CO2 [kt/yr] {years}", f"Routes {years}"]


@pytest.mark.nightly
def test_the_slider_moves_by_keyboard(pages: Pages, chromium: Chrome) -> None:
    """An arrow is one period."""
    look(chromium, pages.english)
    slider = in_sight(chromium, "#period")
    slider.send_keys(Keys.ARROW_LEFT)
    until(chromium, lambda: colours(on_map(chromium)), expected_colours(pages.plan, 1))
    assert chromium.find_element(By.ID, "period-shown").text == expected.years(pages.plan)[1]


@pytest.mark.nightly
def test_the_table_follows_the_slider(pages: Pages, chromium: Chrome) -> None:
    """Every cell of every site, in every period."""
    look(chromium, pages.english)
    for position in range(len(expected.periods(pages.plan))):
        choose_period(chromium, position)
        rows = dict(zip(listed(chromium), cells(chromium, "#site-table"), strict=True))
        assert rows == {
            site: expected.row_of(pages.plan, site, position, ENGLISH) for site in expected.sites(pages.plan)
        }


@pytest.mark.nightly
def test_play_goes_through_the_periods_until_it_is_stopped(pages: Pages, chromium: Chrome) -> None:
    """And its button says what it will do next."""
    look(chromium, pages.english)
    button = in_sight(chromium, "#play")
    shown = chromium.find_element(By.ID, "period-shown")
    years = expected.years(pages.plan)
    assert (button.text, button.get_attribute("aria-pressed"), shown.text) == ("Play", "false", years[-1])
    button.click()
    assert (button.text, button.get_attribute("aria-pressed")) == ("Stop", "true")
    until(chromium, lambda: shown.text, years[0])
    button.click()
    assert (button.text, button.get_attribute("aria-pressed")) == ("Play", "false")


@pytest.mark.nightly
def test_zoom_goes_in_and_out_and_back(pages: Pages, chromium: Chrome) -> None:
    """Two sites stand farther apart, then as before; the whole map is what was shown at first."""
    look(chromium, pages.english)

    def width() -> float:
        places = {mark.site: mark.x for mark in on_map(chromium)}
        return round(abs(places["mill"] - places["glass"]), 1)

    whole = width()
    in_sight(chromium, ".zoom")
    zoom_in, zoom_out, back = chromium.find_elements(By.CSS_SELECTOR, "[data-zoom]")
    factor = float(zoom_in.get_attribute("data-zoom") or "nan")
    zoom_in.click()
    until(chromium, lambda: width() == pytest.approx(whole / factor, rel=0.01), True)
    zoom_out.click()
    until(chromium, lambda: width() == pytest.approx(whole, rel=0.01), True)
    zoom_in.click()
    zoom_in.click()
    back.click()
    until(chromium, width, whole)


@pytest.mark.nightly
def test_what_is_pointed_at_is_told(pages: Pages, chromium: Chrome) -> None:
    """Site, sector, routes and CO2 of the chosen period and of today, in either language; a hostile name as text."""
    period = expected.periods(pages.plan)[-1]
    for page, words in ((pages.english, ENGLISH), (pages.dutch, DUTCH)):
        look(chromium, page)
        told = dict((title.rstrip(":"), value) for title, value in point_at(chromium, mark_of(chromium, "mill")))
        unit = words.unit("kt/yr")
        kinds = expected.column(pages.plan, "processes", "process", "kind")
        routes = ";\n".join(
            f"{words.name(kinds[process])}: {words.name(expected.route(pages.plan, process, period))}"
            for process in expected.processes(pages.plan, "mill")
        )
        options = pages.plan.instance["options"]
        today = options[(options["current"] == 1) & options["process"].str.startswith("mill.")]["emissions"].sum()
        assert told == {
            words("Site"): HOSTILE,
            words("Sector"): words.name("paper"),
            words("Routes"): routes,
            words("CO2 [{unit}]", unit=unit): words.number(expected.emitted(pages.plan, "mill", period)),
            words("CO2 today [{unit}]", unit=unit): words.number(today),
        }
        assert chromium.title == title_of(pages.plan.instance.settings, words)


@pytest.mark.nightly
def test_a_hostile_name_is_text_wherever_it_stands(pages: Pages, chromium: Chrome) -> None:
    """In the table, on the card and on the map; it runs nothing, and changes nothing else."""
    look(chromium, pages.english)
    assert HOSTILE in [row[0] for row in cells(chromium, "#site-table")]
    assert show_card(chromium, "mill").title == HOSTILE
    close_card(chromium)
    assert HOSTILE in {mark.label for mark in on_map(chromium)}
    assert chromium.title == pages.plan.instance.settings.title
    assert data_of(chromium)["periods"]  # the page's own data are whole


@pytest.mark.nightly
def test_a_hostile_sector_and_region_are_text_in_the_filters(pages: Pages, chromium: Chrome) -> None:
    """Words that the user makes up end up in lists to choose from."""
    text = pages.english.read_text(encoding="utf-8")
    bad = "<b onclick=1>East</b>"
    changed = pages.english.with_name("hostile.html")
    changed.write_text(text.replace('"region":"East"', f'"region":"{bad.replace("<", chr(92) + "u003c")}"'), "utf-8")
    look(chromium, changed)
    options = [one.text for one in chromium.find_elements(By.CSS_SELECTOR, "#filter-region option")]
    assert options == ["all", bad, "West"]
    choose(chromium, "filter-region", bad)
    assert {row[2] for row in cells(chromium, "#site-table")} == {bad}


@pytest.mark.nightly
def test_a_drag_moves_the_map_and_a_double_click_brings_it_back(pages: Pages, chromium: Chrome) -> None:
    """By mouse, as on other maps."""
    look(chromium, pages.english)
    whole = shown_km(chromium)

    def moved() -> list[float]:
        return [now.x - then.x for now, then in zip(on_map(chromium), at_first, strict=True)]

    in_sight(chromium, "[data-zoom]").click()
    until(chromium, lambda: shown_km(chromium) != whole, True)
    until(chromium, lambda: on_map(chromium) == on_map(chromium), True)
    at_first = on_map(chromium)
    mark = mark_of(chromium, "glass")
    actions = ActionChains(chromium)
    actions.move_to_element_with_offset(mark, -30, -60).click_and_hold().move_by_offset(20, 0).release().perform()
    until(chromium, lambda: moved() == pytest.approx([20.0] * len(at_first), abs=2.0), True)
    actions.move_to_element_with_offset(mark, -30, -60).double_click().perform()
    until(chromium, lambda: shown_km(chromium), whole)


def shown_km(chromium: Chrome) -> list[float]:
    """What the first map shows, from west to east and from south to north, by where two sites stand on it [km]."""
    script = """
        const [mill, glass] = ["mill", "glass"].map((site) => [...document.querySelectorAll(".role-mark path")]
            .find((path) => path.__data__.datum && path.__data__.datum.site === site));
        const plot = mill.ownerSVGElement.querySelector(".background").getBBox();
        const at = (path) => [path.__data__.x, path.__data__.y];
        const [one, other] = [at(mill), at(glass)];
        const places = [mill, glass].map((path) => [path.__data__.datum.x, path.__data__.datum.y]);
        return ["x", "y"].flatMap((_, axis) => {
            const scale = (places[1][axis] - places[0][axis]) / (other[axis] - one[axis]);
            const start = places[0][axis] - one[axis] * scale;
            const ends = [start, start + scale * (axis ? plot.height : plot.width)];
            return ends.sort((a, b) => a - b).map((km) => Math.round(km * 10) / 10);
        });
    """
    found: list[float] = chromium.execute_script(script)
    return found


def in_view(chromium: Chrome) -> set[str]:
    """Sites of which the mark lies on the map."""
    west, east, south, north = shown_km(chromium)
    script = """
        return [...document.querySelectorAll(".role-mark path")].map((path) => path.__data__.datum)
            .filter((datum) => datum && datum.site).map((datum) => [datum.site, datum.x, datum.y]);
    """
    marks = chromium.execute_script(script)
    return {site for site, x, y in marks if west <= x <= east and south <= y <= north}


@pytest.mark.nightly
def test_the_map_never_shows_nothing(pages: Pages, chromium: Chrome) -> None:
    """However often one zooms in and wherever one goes, a site is seen, and nothing beyond the whole map."""
    look(chromium, pages.english)
    whole = shown_km(chromium)
    zoom_in, zoom_out, back = chromium.find_elements(By.CSS_SELECTOR, "[data-zoom]")
    in_sight(chromium, ".zoom")
    for _ in range(8):
        zoom_in.click()
        assert in_view(chromium)
    until(chromium, lambda: shown_km(chromium)[1] - shown_km(chromium)[0] == pytest.approx(6.0, abs=0.3), True)
    plot = chromium.find_element(By.CSS_SELECTOR, ".plot[data-picture='map']")
    for key in (Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.ARROW_RIGHT, Keys.ARROW_DOWN):
        for _ in range(12):
            plot.send_keys(key)
            assert in_view(chromium)
        west, east, south, north = shown_km(chromium)
        assert whole[0] - 0.2 <= west < east <= whole[1] + 0.2
        assert whole[2] - 0.2 <= south < north <= whole[3] + 0.2
    for _ in range(9):
        zoom_out.click()
    until(chromium, lambda: shown_km(chromium), whole)
    back.click()
    until(chromium, lambda: shown_km(chromium), whole)


@pytest.mark.nightly
def test_a_drag_does_not_leave_the_map(pages: Pages, chromium: Chrome) -> None:
    """Of the whole map, nothing lies beyond its edge."""
    look(chromium, pages.english)
    whole = shown_km(chromium)
    mark = mark_of(chromium, "glass")
    actions = ActionChains(chromium)
    actions.move_to_element_with_offset(mark, -90, -60).click_and_hold().move_by_offset(80, 0).release().perform()
    until(chromium, lambda: shown_km(chromium), whole)


@pytest.mark.parametrize("way", ["table", "card"])
@pytest.mark.nightly
def test_a_site_is_found_on_the_map(pages: Pages, chromium: Chrome, way: str) -> None:
    """From the table and from its card: in the middle of a map that shows a part, marked, with its name."""
    look(chromium, pages.english)
    whole = shown_km(chromium)
    if way == "table":
        in_sight(chromium, '#site-table [data-map="dairy"]').click()
    else:
        show_card(chromium, "dairy")
        chromium.find_element(By.ID, "card-map").click()
    until(chromium, lambda: shown_km(chromium) != whole, True)
    assert "dairy" in in_view(chromium)
    assert chromium.execute_script("return document.activeElement.dataset.picture") == "map"
    names = "return [...document.querySelectorAll('#map .role-mark text')].map((one) => one.textContent)"
    until(chromium, lambda: expected.name_of(pages.plan, "dairy", ENGLISH) in chromium.execute_script(names), True)


@pytest.mark.nightly
def test_an_address_opens_a_card(pages: Pages, chromium: Chrome) -> None:
    """It can be sent; the browser's way back closes the card, and its way forward opens it again."""
    look(chromium, pages.english)
    whole = shown_km(chromium)
    show_card(chromium, "tiles")
    assert chromium.current_url == pages.english.as_uri() + "#site=tiles"
    chromium.back()
    until(chromium, lambda: card_is_open(chromium), False)
    assert chromium.current_url == pages.english.as_uri()
    chromium.forward()
    assert read_card(chromium).title == expected.name_of(pages.plan, "tiles", ENGLISH)
    close_card(chromium)
    assert "#" not in chromium.current_url
    chromium.get("about:blank")
    chromium.get(pages.english.as_uri() + "#site=dairy")
    assert read_card(chromium).title == expected.name_of(pages.plan, "dairy", ENGLISH)
    until(chromium, lambda: shown_km(chromium) != whole, True)
    assert "dairy" in in_view(chromium)


@pytest.mark.parametrize("fragment", ["#site=nowhere", "#site=%E0%A4%A", "#site="])
@pytest.mark.nightly
def test_an_address_of_no_site_opens_nothing(pages: Pages, chromium: Chrome, fragment: str) -> None:
    """And breaks nothing: the page is there as ever."""
    chromium.get("about:blank")
    chromium.get_log("browser")
    chromium.get(pages.english.as_uri() + fragment)
    until(chromium, lambda: chromium.execute_script("return document.documentElement.dataset.ready"), "true")
    assert not card_is_open(chromium)
    assert chromium.get_log("browser") == []


@pytest.mark.nightly
def test_no_name_is_written_over_another(pages: Pages, chromium: Chrome) -> None:
    """On a laptop and on a telephone, by the boxes that the browser gives their texts."""
    script = """
        const boxes = [...document.querySelectorAll("#map .role-mark text")]
            .filter((one) => !one.getAttribute("stroke"))
            .map((one) => [one.textContent, one.getBoundingClientRect()]);
        const over = ([, one], [, other]) => one.left < other.right - 1 && other.left < one.right - 1
            && one.top < other.bottom - 4 && other.top < one.bottom - 4;
        return [boxes.length, boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) => over(one, other))
            .map((other) => [one[0], other[0]]))];
    """
    for width in (1280, 400):
        look(chromium, pages.english, width)
        count, over = chromium.execute_script(script)
        assert count > 5
        assert over == []


@pytest.mark.nightly
def test_what_is_pointed_at_is_told_in_full(pages: Pages, chromium: Chrome) -> None:
    """No value of a tooltip is cut off, however many routes a site has."""
    look(chromium, pages.english)
    point_at(chromium, mark_of(chromium, "mill"))
    script = """
        return [...document.querySelectorAll("#vg-tooltip-element td")]
            .every((cell) => cell.scrollHeight <= cell.clientHeight + 1 && cell.scrollWidth <= cell.clientWidth + 1);
    """
    assert chromium.execute_script(script)
