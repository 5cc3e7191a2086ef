"""The names on the map and its ground: none over another at any scale, all from public data."""

import math
from importlib.resources import files
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routeplan.language.language import Words
from routeplan.report.map.clipping import clipped
from routeplan.report.map.labels import Box, Placed, beside, size_of
from routeplan.report.map.naming import FIRST_TOWNS, Names
from routeplan.report.map.outlines import ABROAD, ATTRIBUTION, HOME, ground, province_borders, towns
from routeplan.report.map.projection import Projection, Window

PLANE = Projection(52.2)
ENGLISH = Words()


def around(lat: float, lon: float, side: float) -> Window:
    """A square with this side and middle [km]."""
    x, y = float(PLANE.x(lon)), float(PLANE.y(lat))
    return Window((x - side / 2, x + side / 2), (y - side / 2, y + side / 2))


COUNTRY = around(52.2, 5.3, 330.0)


def holds(lat: float, lon: float) -> str:
    """What lies at a place: the last ring that holds it, as it is drawn on top; the sea holds none."""
    x, y = float(PLANE.x(lon)), float(PLANE.y(lat))
    found = "sea"
    for row in ground(PLANE, COUNTRY).itertuples():
        left, down = np.array(row.x), np.array(row.y)
        right, up = np.roll(left, -1), np.roll(down, -1)
        crosses = (down > y) != (up > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = left + (y - down) * (right - left) / (up - down)
        if (crosses & (x < at)).sum() % 2:
            found = str(row.holds)
    return found


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (51.97, 6.72, HOME),  # Winterswijk, 7 km from the border on three sides
        (52.22, 6.90, HOME),  # Enschede
        (51.44, 5.48, HOME),  # Eindhoven
        (51.83, 6.62, ABROAD),  # Bocholt
        (52.04, 6.86, ABROAD),  # Vreden
        (51.22, 4.40, ABROAD),  # Antwerpen
        (50.78, 6.08, ABROAD),  # Aachen
        (50.85, 5.69, HOME),  # Maastricht
        (53.37, 7.21, ABROAD),  # Emden, across the Dollard
        (52.80, 5.35, "sea"),  # IJsselmeer: open water that is no lake within a country
        (53.27, 5.25, "sea"),  # Waddenzee
        (52.50, 3.50, "sea"),  # Noordzee
        (52.55, 5.25, "sea"),  # Markermeer
        (53.08, 4.80, HOME),  # Texel
    ],
)
def test_land_water_and_other_countries_are_told_apart(lat: float, lon: float, expected: str) -> None:
    """Places as any atlas has them."""
    assert holds(lat, lon) == expected


def test_ground_is_cut_at_the_window() -> None:
    """A region's page does not carry the whole country."""
    achterhoek = around(51.98, 6.4, 50.0)
    small = ground(PLANE, achterhoek)
    for row in small.itertuples():
        assert achterhoek.x[0] - 0.01 <= min(row.x) <= max(row.x) <= achterhoek.x[1] + 0.01
        assert achterhoek.y[0] - 0.01 <= min(row.y) <= max(row.y) <= achterhoek.y[1] + 0.01
    assert small["x"].map(len).sum() < ground(PLANE, COUNTRY)["x"].map(len).sum() / 5
    assert len(province_borders(PLANE, achterhoek)) < len(province_borders(PLANE, COUNTRY))


def test_what_is_left_of_a_square_is_the_part_within() -> None:
    """A square of 4 by 4 with its corner in the middle of the window leaves a square of 2 by 2."""
    x, y = clipped(np.array([0.0, 4.0, 4.0, 0.0]), np.array([0.0, 0.0, 4.0, 4.0]), Window((-2.0, 2.0), (-2.0, 2.0)))
    assert sorted(zip(x.tolist(), y.tolist(), strict=True)) == [(0.0, 0.0), (0.0, 2.0), (2.0, 0.0), (2.0, 2.0)]
    outside = clipped(np.array([3.0, 4.0, 4.0]), np.array([0.0, 0.0, 4.0]), Window((-2.0, 2.0), (-2.0, 2.0)))
    assert [len(axis) for axis in outside] == [0, 0]


def test_the_ground_names_whom_it_is_owed_to() -> None:
    """With the licences, beside the data and on the page."""
    folders = files("routeplan.report.map") / "data", files("routeplan.land")
    beside_it = "".join((folder / "README.md").read_text(encoding="utf-8") for folder in folders)
    for text in ("Natural Earth", "GeoNames", "CBS", "CC BY 4.0"):
        assert text in beside_it
        assert text in ATTRIBUTION
    carried = [file for folder in folders for file in folder.iterdir() if file.name.endswith(("json", "csv"))]
    assert sum(len(file.read_bytes()) for file in carried) < 300_000


def test_a_ground_to_share_alike_is_not_carried() -> None:
    """The Open Database License would bind every page, which is made by a program under Apache-2.0."""
    for folder in (files("routeplan.report.map") / "data", files("routeplan.land")):
        for file in folder.iterdir():
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                assert "OpenStreetMap" not in text
                assert "Open Database License" not in text


def test_the_largest_towns_come_first() -> None:
    """Of the Netherlands; one of a neighbour must be five times as large to stand before it."""
    assert towns(PLANE, around(52.1, 4.7, 80.0))["name"].head(3).tolist() == ["Rotterdam", "Amsterdam", "Den Haag"]
    near = towns(PLANE, around(51.98, 6.5, 50.0))
    assert near["name"].tolist().index("Doetinchem") < near["name"].tolist().index("Bocholt")
    assert near[["x", "y"]].to_numpy().T[0].min() >= around(51.98, 6.5, 50.0).x[0]


places = st.tuples(st.floats(0, 100), st.floats(0, 100), st.text("abc", min_size=1, max_size=30))


def overlap(one: Box, other: Box, scale: float) -> bool:
    """Whether two boxes hide each other at a scale, by its definition."""
    right, down = (other.x - one.x) * scale, (one.y - other.y) * scale
    beside_it = one.right <= right + other.left or right + other.right <= one.left
    above = one.bottom <= down + other.top or down + other.bottom <= one.top
    return not (beside_it or above)


@pytest.mark.nightly
@given(st.lists(places, min_size=2, max_size=25), st.lists(st.floats(0.5, 100), min_size=3, max_size=10))
def test_no_name_hides_another_at_any_scale(named: list[tuple[float, float, str]], scales: list[float]) -> None:
    """Whatever lies where: those that are shown at a scale are all free of each other."""
    placed = Placed()
    found = [placed.place(list(beside(x, y, text, 11.0, 3.0))) for x, y, text in named]
    for scale in [*scales, *(1.000001 * since for _, since in found if 0.0 < since < math.inf)]:
        shown = [box for box, since in found if since <= scale]
        assert not any(overlap(one, other, scale) for one, other in combinations(shown, 2))


def test_the_first_name_is_shown_at_once_and_the_next_when_there_is_room() -> None:
    """Two on one line 10 km apart, each upon its place and as wide as its letters: from half the width each."""
    width, _ = size_of("x" * 10, 11.0)
    placed = Placed()
    first = Box(0.0, 0.0, -width / 2, width / 2, -5.0, 5.0)
    assert placed.place([first]) == (first, 0.0)
    _, since = placed.place([Box(10.0, 0.0, -width / 2, width / 2, -5.0, 5.0)])
    assert since == pytest.approx((width + 2.0) / 10.0)  # with a gap of 2 px
    _, never = placed.place([Box(0.0, 0.0, -1.0, 1.0, -1.0, 1.0)])
    assert never == math.inf


def test_a_name_stays_on_the_map() -> None:
    """At the eastern edge it stands to the left of its symbol."""
    names = Names(Window((0.0, 100.0), (0.0, 100.0)), 600)
    names.sites(_sites([("edge", 99.0, 50.0), ("middle", 50.0, 50.0)]), np.array([4.0, 4.0]))
    assert names.table().set_index("said")["align"].to_dict() == {"edge": "right", "middle": "left"}


def test_small_sites_are_named_when_the_map_is_zoomed() -> None:
    """Fifteen on the whole map, then more the larger the scale: the 60th at twice the scale of the whole."""
    names = Names(Window((0.0, 1000.0), (0.0, 1000.0)), 600)
    spots = [(f"s{at}", 100.0 * (at % 10), 100.0 * (at // 10)) for at in range(60)]
    names.sites(_sites(spots), np.full(60, 2.0))
    since = names.table().set_index("said")["since"]
    assert (since.iloc[:15] < 0.6).all()
    assert since["s59"] == pytest.approx(0.6 * 2.0)


def test_the_name_of_an_area_stands_in_its_middle() -> None:
    """Without the province that its name begins with, broken where a reader would, and by period how full it is."""
    square = {"x": [10.0, 90.0, 90.0, 10.0], "y": [10.0, 10.0, 90.0, 90.0], "outer": False, "percent": ["5%", "9%"]}
    rows = pd.DataFrame([{"area": "G06", "name": "Gelderland - Arnhem/Nijmegen/Rivierenland", **square}])
    names = Names(Window((0.0, 100.0), (0.0, 100.0)), 600)
    names.areas(rows, ENGLISH)
    (only,) = names.table().itertuples()
    assert (only.said, only.percent) == ("Arnhem/Nijmegen/\nRivierenland", ["grid 5%", "grid 9%"])
    assert (only.x, only.y) == pytest.approx((50.0, 50.0))


def hull(corners: str, outer: bool = False, area: str = "V") -> dict[str, object]:
    """A row of an area by its corners: "x y, x y"."""
    x, y = zip(*((float(part) for part in corner.split()) for corner in corners.split(",")), strict=True)
    return {"area": area, "name": area, "x": list(x), "y": list(y), "outer": outer, "percent": ["86%"]}


HEIGHT, WHOLE = size_of("V\ngrid 100%", 11.0)[1], 6.0
"""Height of the name of such an area [px], and the scale of a map of 100 km that is 600 px wide."""


def hides(name: tuple[float, float, float, float], symbol: tuple[float, float, float], scale: float) -> bool:
    """Whether the name of an area, centred around a place and an offset, hides a symbol (place and radius)."""
    x, y, dx, dy = name
    width, height = size_of("V\ngrid 100%", 11.0)
    right, down = (symbol[0] - x) * scale - dx, (y - symbol[1]) * scale - dy
    return abs(right) < width / 2 + symbol[2] and abs(down) < height / 2 + symbol[2]


@pytest.mark.parametrize("outer", [True, False])
def test_the_name_of_an_area_hides_no_site(outer: bool) -> None:
    """Of a line around three sites, which stand at its corners, and of a filled area with a site in its middle."""
    spots = [("a", 20.0, 20.0), ("b", 80.0, 20.0), ("c", 50.0, 80.0), ("d", 50.0, 40.0)]
    names = Names(Window((0.0, 100.0), (0.0, 100.0)), 600)
    names.symbols(_sites(spots), np.full(4, 12.0))
    names.areas(pd.DataFrame([hull("18 18, 82 18, 52 82, 48 82", outer)]), ENGLISH)
    (only,) = names.table().itertuples()
    assert only.since <= WHOLE
    for scale in (1.0 * WHOLE, 1.5 * WHOLE, 4.0 * WHOLE):
        at = only.x, only.y, 0.0, only.dy
        assert not any(hides(at, (x, y, 12.0), scale) for _, x, y in spots)


def test_an_area_that_its_site_fills_is_named_under_it() -> None:
    """Its lowest corner, and from there on a gap of 2 px and half of the name; the symbol leaves no room within."""
    names = Names(Window((0.0, 100.0), (0.0, 100.0)), 600)
    names.symbols(_sites([("a", 50.0, 50.0)]), np.array([12.0]))
    names.areas(pd.DataFrame([hull("48 50, 50 48, 52 50, 50 52")]), ENGLISH)
    (only,) = names.table().itertuples()
    assert (only.x, only.y, only.align) == (50.0, 48.0, "center")
    assert only.dy == pytest.approx(2.0 + HEIGHT / 2)


def test_an_area_is_not_named_upon_another() -> None:
    """With one below it, its name stands above it; with others all around, it is shown once there is room within."""
    site, home = _sites([("a", 50.0, 50.0)]), hull("48 50, 50 48, 52 50, 50 52")
    below, above = hull("10 10, 90 10, 90 48, 10 48", area="B"), hull("10 52, 90 52, 90 90, 10 90", area="T")
    left, right = hull("10 48, 47 48, 47 52, 10 52", area="L"), hull("53 48, 90 48, 90 52, 53 52", area="R")
    for others, at in (([below], (50.0, 52.0)), ([below, above, left, right], None)):
        names = Names(Window((0.0, 100.0), (0.0, 100.0)), 600)
        names.symbols(site, np.array([12.0]))
        names.areas(pd.DataFrame([home, *others]), ENGLISH)
        own = names.table().set_index("said").loc["V"]
        if at:
            assert (own["x"], own["y"]) == at
        else:
            assert own["since"] > WHOLE
            assert own["dy"] == 0.0


def test_the_name_of_an_area_that_reaches_beyond_the_window_is_seen() -> None:
    """An outline from 100 km south of the map to 100 km north of it: its middle is on the map, its ends are not."""
    window = Window((0.0, 100.0), (0.0, 100.0))
    for outer in (True, False):
        names = Names(window, 600)
        names.areas(pd.DataFrame([hull("20 -100, 80 -100, 80 200, 20 200", outer)]), ENGLISH)
        (only,) = names.table().itertuples()
        assert 0.0 < only.y < 100.0


def test_countries_and_seas_are_named_where_they_are_seen() -> None:
    """On the country both neighbours and the waters; in the Achterhoek Germany alone."""
    for window, expected in (
        (COUNTRY, {"BELGIUM", "GERMANY", "North Sea", "Wadden Sea", "IJsselmeer", "Markermeer"}),
        (around(51.98, 6.5, 50.0), {"GERMANY"}),
    ):
        names = Names(window, 600)
        names.ground(ground(PLANE, window), PLANE, ENGLISH)
        assert set(names.table()["said"]) == expected
    assert FIRST_TOWNS > 0


def _sites(spots: list[tuple[str, float, float]]) -> pd.DataFrame:
    rows = pd.DataFrame(spots, columns=["name", "x", "y"])
    return rows.assign(site=rows["name"], dx=0.0, dy=0.0)
