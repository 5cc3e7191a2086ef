"""The page as text: what it holds, and what it refuses."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from made import HOSTILE, Pages

from routeplan.errors import NoPlan, UsageError
from routeplan.instance.titles import title_of
from routeplan.language.language import Language, Words
from routeplan.report.page.build import page
from routeplan.report.page.differences import differences
from routeplan.report.page.file import refuse_unless_page, write_page
from routeplan.report.page.pictures import PICTURES, Picture
from routeplan.report.report import report
from routeplan.result.attribution import attributed_costs
from routeplan.result.result import Record, Result, Status
from small import SMALL, best, small, table


def data_of(path: Path) -> dict[str, Any]:
    """What the scripts of a page read."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, flags=re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


class Addresses(HTMLParser):
    """Collects whatever a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attributes if name in ("src", "href", "srcset", "action")]


@pytest.mark.nightly
def test_the_page_fetches_nothing(pages: Pages) -> None:
    """Every address is a place on the page itself, or empty data; the browser is told to refuse others."""
    text = pages.english.read_text(encoding="utf-8")
    parser = Addresses()
    parser.feed(text)
    assert {address for address in parser.found if not address.startswith("#")} == {"data:,"}
    assert "default-src 'none'" in text


@pytest.mark.nightly
def test_texts_of_the_tables_are_escaped(pages: Pages) -> None:
    """A name with a script in it is in the page's data, and nowhere as markup."""
    assert HOSTILE in {row["name"] for row in data_of(pages.english)["plans"][0]["sites"]}
    assert HOSTILE not in pages.english.read_text(encoding="utf-8")
    assert '<script>document.title = "run"' not in pages.english.read_text(encoding="utf-8")


@pytest.mark.nightly
def test_every_site_has_a_row_and_a_card(pages: Pages) -> None:
    """With what it emits in each period, as the table of emissions says, 0 where that has no row."""
    plan = data_of(pages.english)["plans"][0]
    emitted = pages.plan["emissions"].set_index(["site", "period"])["emissions"]
    periods = pages.plan.instance["periods"]["period"]
    assert {row["site"] for row in plan["sites"]} == set(pages.plan.instance["sites"]["site"])
    for row in plan["sites"]:
        expected = [float(emitted.get((row["site"], period), 0.0)) for period in periods]
        assert [number for number, _ in row["emissions"]] == pytest.approx(expected, rel=1e-5)
        assert [text for _, text in row["emissions"]] == [Words().number(value) for value in expected]
        assert row["site"] in plan["cards"][0]["rows"]


def test_cards_tell_the_tables(pages: Pages) -> None:
    """Cost by term, all terms together, and what was granted, of each site."""
    blocks = {block["title"]: block for block in data_of(pages.english)["plans"][0]["cards"]}
    words, costs = Words(), attributed_costs(pages.plan)
    costs_block = next(block for title, block in blocks.items() if title.startswith("Cost [M EUR/yr]"))
    shown = {
        (site, line[0], int(period)): cell
        for site, lines in costs_block["rows"].items()
        for line in lines
        for period, cell in zip(costs_block["columns"][1:], line[1:], strict=True)
    }
    for row in costs[costs["cost"] != 0].itertuples():
        assert shown[row.site, words.name(row.term), row.period] == words.number(row.cost)
    assert set(costs["term"]) > set(pages.plan["site_costs"]["term"])
    for (site, period), cost in costs.groupby(["site", "period"])["cost"].sum().items():
        assert shown[site, "Total", period] == words.number(cost)
    site_of = pages.plan.instance["processes"].set_index("process")["site"]
    granted = pages.plan["grants"]
    assert len(granted) > 0
    cells = [(site, line[-1]) for site, lines in blocks["Public money [M EUR]"]["rows"].items() for line in lines]
    expected = [(site_of[row.process], words.number(row.amount)) for row in granted.itertuples()]
    assert sorted(cells) == sorted(expected)


def test_numbers_below_pictures_are_those_of_the_tables(pages: Pages) -> None:
    """Added up here from the result: CO2 of all sites, period by period."""
    text = pages.english.read_text(encoding="utf-8")
    total = pages.plan["emissions"].groupby("period")["emissions"].sum()
    line = "".join(f"<td>{Words().number(total.get(p, 0.0))}</td>" for p in pages.plan.instance["periods"]["period"])
    assert f'<th scope="row">All sites</th>{line}' in text


@pytest.mark.nightly
def test_bound_gap_hash_and_scenario_are_told(pages: Pages) -> None:
    """What is proven, of what."""
    text = pages.both.read_text(encoding="utf-8")
    words = Words()
    assert pages.plan.gap is not None and pages.plan.bound is not None
    assert f"<dt>Bound</dt><dd>{words.number(pages.plan.bound)} M EUR</dd>" in text
    assert f"<dt>Gap</dt><dd>{words.percent(pages.plan.gap, 3)}</dd>" in text
    assert f'<dt>SHA-256</dt><dd class="code">{pages.plan.instance.sha256}</dd>' in text
    (scenario,) = pages.late.instance.applied
    assert f"<dt>Scenario</dt><dd>{title_of(scenario, words)} ({scenario.name})</dd>" in text
    assert "Networks are stylised." in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "estimated from the public register; not a plan of this firm"),
        ("nl", "geschat op basis van het openbare register; geen plan van dit bedrijf"),
    ],
)
@pytest.mark.nightly
def test_sites_of_the_register_say_so(language: str, said: str, tmp_path: Path) -> None:
    """Near the top, above the sites, and in what makes card and tooltip of each such site; of the other nothing."""
    sites = table("sites", SMALL["sites"]).assign(basis=["", "register"])
    plan = best(small(sites=sites, headroom="area,period,firm,flexible\ntown,2030,2,0"))
    file = report(plan, tmp_path / "page.html", language=language)
    text = file.read_text(encoding="utf-8")
    whole = Words(language)("For {count} of the {number} sites: {said}.", count=1, number=2, said=said)
    line = f'<p class="warning said">{whole}</p>'
    assert text.count(line) == 2
    assert text.index('id="summary"') < text.index(line) < text.index('class="plan"') < text.index('id="sites"')
    assert text.rindex(line) > text.index('id="sites"')
    assert 'id="card-said"' in text
    data = data_of(file)
    assert {row["site"]: row["said"] for row in data["plans"][0]["sites"]} == {"bakery": "", "tiles": said}
    assert {row["site"]: row["said"] for row in marks_of(data["pictures"]["map"])} == {"bakery": "", "tiles": said}
    assert Words(language)("Note") in json.dumps(data["pictures"]["map"], ensure_ascii=False)


def marks_of(spec: object) -> list[dict[str, Any]]:
    """The sites that a map draws."""
    if isinstance(spec, list):
        return [mark for part in spec for mark in marks_of(part)]
    if not isinstance(spec, dict):
        return []
    own = [spec] if "site" in spec and "emissions" in spec else []
    return own + [mark for part in spec.values() for mark in marks_of(part)]


@pytest.mark.nightly
def test_of_given_sites_nothing_is_said(pages: Pages) -> None:
    """Neither a line, nor a row of the tooltip, nor anything on a card: the paragraph of the card stays hidden."""
    text = pages.english.read_text(encoding="utf-8")
    assert '<p class="warning said">' not in text
    assert {row["said"] for row in data_of(pages.english)["plans"][0]["sites"]} == {""}
    assert '"title":"Note"' not in text
    assert "line.hidden = said.length === 0;" in text


def test_on_paper_it_is_said_too(pages: Pages) -> None:
    """No rule of the style hides the lines when the page or a card is printed."""
    text = pages.english.read_text(encoding="utf-8")
    printed = text.split("@media print {")[1].split("</style>")[0]
    assert "said" not in printed
    assert "warning" not in printed


def test_rates_and_years_of_money_are_told(pages: Pages) -> None:
    """Among the facts, and below the cost."""
    text, settings = pages.english.read_text(encoding="utf-8"), pages.plan.instance.settings
    society, firms = (Words().percent(rate, 2) for rate in (settings.discount_rate, settings.firm_rate))
    assert f"<dt>Discount rate of society</dt><dd>{society}</dd>" in text
    assert f"<dt>Discount rate of firms</dt><dd>{firms}</dd>" in text
    assert f"<dt>Money of</dt><dd>{settings.currency_year}</dd>" in text
    assert f"<dt>Discounted to</dt><dd>{settings.base_year}</dd>" in text
    assert f"discounted to {settings.base_year} at {society}" in text


@pytest.mark.parametrize(("language", "told"), [("en", "Other discount rates than"), ("nl", "andere discontovoeten")])
@pytest.mark.some(1)
def test_other_rates_are_told_with_the_differences(pages: Pages, language: str, told: str) -> None:
    """A sentence above the table, and a row of it with both rates and what lies between them."""
    settings = pages.plan.instance.settings
    other = replace(pages.plan, instance=pages.plan.instance.replace(discount_rate=settings.discount_rate + 0.04))
    words = Words(language)
    found = differences({"low": pages.plan, "high": other}, words)
    assert told in found.note
    (row,) = (row for row in found.rows if row[0].text == words.name("discount rate"))
    assert [cell.order for cell in row[-3:]] == pytest.approx([0.04, 0.08, 0.04])


@pytest.mark.nightly
def test_the_same_results_make_the_same_page(pages: Pages) -> None:
    """To the last letter, so that pages can be compared and kept."""
    assert page({"tiny": pages.plan}) == pages.english.read_text(encoding="utf-8")


@pytest.mark.nightly
def test_a_small_plan_is_set_against_another(tmp_path: Path) -> None:
    """Without headroom the oven stays on gas: 0.1 M EUR a year more, four years long, and 2 kt a year."""
    full = best(small(headroom="area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0"))
    file = tmp_path / "both.html"
    write_page(page({"free": best(small()), "full": full}), file)
    assert "Against free: +0.4 M EUR of cost, and +2 kt/yr of CO2 from 2032 on." in file.read_text(encoding="utf-8")
    first, second = data_of(file)["pictures"]["costs"]
    assert _domains(first) == _domains(second) != []


@pytest.mark.nightly
def test_plans_side_by_side_have_one_scale(pages: Pages) -> None:
    """Otherwise the eye would compare what cannot be compared."""
    pictures = data_of(pages.both)["pictures"]
    for key in ("routes", "co2", "costs", "energy"):
        first, second = pictures[key]
        assert _domains(first) == _domains(second) != []


def _domains(spec: object) -> list[object]:
    """Every fixed domain of a y axis."""
    if isinstance(spec, list):
        return [domain for part in spec for domain in _domains(part)]
    if not isinstance(spec, dict):
        return []
    own = spec.get("y", {})
    found = [own["scale"]["domain"]] if isinstance(own, dict) and "domain" in (own.get("scale") or {}) else []
    return found + [domain for part in spec.values() for domain in _domains(part)]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)
@pytest.mark.nightly
def test_pictures_side_by_side_obey_the_schema(pages: Pages, picture: Picture) -> None:
    """The page does not hold them against the schema of Vega-Lite; here Altair does, and refuses what breaks it."""
    for drawn in picture.side_by_side([pages.plan, pages.late], Language.ENGLISH):
        assert drawn.to_dict(validate=True) == drawn.to_dict(validate=False)


def test_a_result_without_a_plan_has_no_page(pages: Pages) -> None:
    """There is nothing to show, and the reader is told why."""
    with pytest.raises(NoPlan, match="infeasible"):
        page({"none": Result(pages.plan.instance, Status.INFEASIBLE, Record("exact"))})


def test_no_result_makes_no_page() -> None:
    """Not an empty one."""
    with pytest.raises(UsageError, match="no result is given"):
        page({})


def test_only_pages_are_replaced(tmp_path: Path) -> None:
    """Whatever else is there stays."""
    other = tmp_path / "thesis.html"
    other.write_text("<p>Years of work</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="is no page of routeplan"):
        write_page("", other)
    assert other.read_text(encoding="utf-8") == "<p>Years of work</p>"


@pytest.mark.nightly
def test_a_page_replaces_a_page(pages: Pages, tmp_path: Path) -> None:
    """And nothing half-written is left beside it."""
    place = tmp_path / "new" / "page.html"
    text = pages.english.read_text(encoding="utf-8")
    assert write_page(text, place) == len(text.encode())
    refuse_unless_page(place)
    write_page(pages.dutch.read_text(encoding="utf-8"), place)
    assert [path.name for path in place.parent.iterdir()] == ["page.html"]


def test_a_page_that_cannot_be_written_is_told(pages: Pages, tmp_path: Path) -> None:
    """In words."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        write_page("", tmp_path / "file" / "page.html")


@pytest.mark.nightly
def test_a_report_is_the_page_in_a_file(pages: Pages, tmp_path: Path) -> None:
    """In the language and with the day that are asked for."""
    day = date(2026, 3, 1)
    one = report(pages.plan, tmp_path / "one.html", language="nl", made=day)
    assert one.read_text(encoding="utf-8") == page({"tiny": pages.plan}, "nl", made=day)


def test_plans_on_a_page_have_names(pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One plan is named after its instance; of several the second after its scenario; or as the caller says."""
    monkeypatch.setitem(report.__globals__, "page", lambda results, *_, **__: " and ".join(results))
    alone, both = pages.plan, [pages.plan, pages.late]
    for number, (given, told) in enumerate(
        [(alone, "tiny"), (both, "tiny and late-grid"), ({"mine": pages.plan, "theirs": pages.late}, "mine and theirs")]
    ):
        assert report(given, tmp_path / f"{number}.html").read_text(encoding="utf-8") == told


@pytest.mark.parametrize(("language", "told"), [("en", "Made on 1 March 2026"), ("nl", "Gemaakt op 1 maart 2026")])
@pytest.mark.nightly
def test_the_day_of_making_is_told_where_it_is_given(pages: Pages, language: str, told: str) -> None:
    """In the readers' language; a page without it is the same but for that line."""
    dated = page({"tiny": pages.plan}, language, made=date(2026, 3, 1))
    line = f'<p class="made">{told}</p>'
    assert dated.count(line) == 1
    without = {"en": pages.english, "nl": pages.dutch}[language].read_text(encoding="utf-8")
    assert dated.replace(line, "").split() == without.split()


@pytest.mark.nightly
def test_a_report_is_dated_today(pages: Pages, tmp_path: Path) -> None:
    """Unless another day is given."""
    file = report(pages.plan, tmp_path / "page.html")
    assert any(
        f"Made on {Words().day(day)}" in file.read_text(encoding="utf-8")
        for day in (date.today(), date.today() - timedelta(days=1))
    )


def test_a_report_takes_the_place_of_no_other_file(pages: Pages, tmp_path: Path) -> None:
    """Nor is a language guessed."""
    other = tmp_path / "notes.html"
    other.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is no page of routeplan"):
        report(pages.plan, other)
    with pytest.raises(UsageError, match="the language is 'xx'; allowed: en, nl"):
        report(pages.plan, tmp_path / "page.html", language="xx")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.html"]


def test_targets_are_the_first_thing_told(pages: Pages) -> None:
    """Met, or missed by how much: for each target of all sites, from what is reached."""
    known = pages.plan.instance["targets"].query("scope == 'all'")
    total = pages.plan["emissions"].groupby("period")["emissions"].sum()
    text = pages.english.read_text(encoding="utf-8")
    assert len(known) > 0
    for period, cap in zip(known["period"], known["cap"], strict=True):
        over = total[period] - cap
        missed = f"The target for {period} is missed by {Words().number(over)} kt/yr."
        assert (missed if over > 1e-6 * max(1.0, cap) else f"The target for {period} is met.") in text


@pytest.mark.nightly
def test_a_plan_is_set_against_the_first(pages: Pages) -> None:
    """What it costs more, and emits more in the end."""
    assert pages.plan.cost is not None and pages.late.cost is not None
    last = pages.plan.instance["periods"]["period"].max()
    emitted = [plan["emissions"].groupby("period")["emissions"].sum()[last] for plan in (pages.plan, pages.late)]
    more = [pages.late.cost - pages.plan.cost, emitted[1] - emitted[0]]
    told = [("+" if value > 0 else "") + Words().number(value) for value in more]
    text = pages.both.read_text(encoding="utf-8")
    assert f"Against tiny: {told[0]} M EUR of cost, and {told[1]} kt/yr of CO2 from {last} on." in text


def test_the_map_has_its_numbers_too(pages: Pages) -> None:
    """What each area asks for and has room for, in each period; links and hubs from when they are there."""
    limits = pages.plan["limits"].query("limit == 'firm_headroom' and area == 'south'").set_index("period")
    cells = "".join(
        f"<td>{Words().number(limits['used'][period])}\u00a0/\u00a0{Words().number(limits['bound'][period])}</td>"
        for period in pages.plan.instance["periods"]["period"]
    )
    text = pages.english.read_text(encoding="utf-8")
    assert f": firm room on the grid</th><td>MW</td>{cells}" in text
    assert "<td>–</td>" in text
