"""A comparison of hub designs written, read back and shown: page and workbook tell what was worked out by hand."""

import json
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kilns import KILNS, design_file, kilns
from routeplan.cli.hub_tables import verified_comparison
from routeplan.errors import DataError, UsageError
from routeplan.hubs.coalitions import savings
from routeplan.hubs.compare import Search, compare_designs
from routeplan.hubs.conclusion import conclusion
from routeplan.hubs.design import WITHOUT, BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.files import write_comparison
from routeplan.hubs.instead import instead_of, instead_of_each
from routeplan.hubs.parts import parts_of_saving
from routeplan.hubs.payers import all_coalitions, payers
from routeplan.hubs.read import read_designs
from routeplan.hubs.stored import Compared, holds_comparison, read_comparison
from routeplan.hubs.tables import hub_tables
from routeplan.hubs.told import titles_of
from routeplan.language.language import Words
from routeplan.report.files.hub_public import of_public
from routeplan.report.files.hub_workbook import write_hub_workbook
from routeplan.report.map.plot import plot_map
from routeplan.report.page.hub_page import hub_page
from routeplan.report.page.hub_parts import amounts_told, design_section, overview_table
from routeplan.schema.frames import typed
from routeplan.schema.hubs import BY_AREA, LATE_USERS

TITLES = 'title = "The <b>harbour</b>"\ntitle_nl = "De haven"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three kilns and a hub of 1.5: all save 0.9, each gains 3.2 and pays 2.9."""
    place = tmp_path_factory.mktemp("hubs")
    instance = kilns(1.5)
    opened = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    designs = read_designs([design_file(place, f'name = "harbour"\n{TITLES}{opened}')], instance)
    found = compare_designs(instance, designs, late=(), search=Search(gap=1e-6))
    told = savings(instance, designs, designs[0], all_coalitions(KILNS), found.without)
    together = told[frozenset(KILNS)].plan
    assert together is not None
    paid = payers(designs[0], found.without, together, told)
    return write_comparison(found, hub_tables(found, {"harbour": told}, paid=[paid]), place / "compared")


@pytest.fixture(scope="module")
def compared(folder: Path) -> Compared:
    return read_comparison(folder)


def test_what_was_written_is_read(compared: Compared) -> None:
    """Designs, tables and plans."""
    (design,) = compared.designs
    assert (design.name, design.title_nl, design.hubs[0].first_year) == ("harbour", "De haven", 2030)
    assert set(compared.plans) == {"without", "harbour"}
    assert compared.tables["payers"]["shapley"].tolist() == pytest.approx([2.9] * 3, abs=1e-3)


def test_chapters_tell_who_what_cost_and_who_pays(compared: Compared) -> None:
    """Three members, what is proven, and a total of 8.7 paid."""
    (design,) = compared.designs
    section = design_section(design, "The harbour", compared.tables, compared.plans["harbour"].instance, Words())
    tables = {each.plans[0]: each.table for each in section.tables}
    assert [row[0] for row in tables["Who"].rows] == ["Kiln a", "Kiln b", "Kiln c"]
    assert tables["What, and when"].rows == [["harbour", "electrolysis", "2030"]]
    assert tables["What changes of the cost"].rows[-1][0] == "Total"
    assert tables["What changes of the cost"].rows[-1][-1] == "−0.9"
    assert tables["Who pays"].rows[-1][:2] == ["Total", "+9.6"]
    assert "+8.7" in tables["Who pays"].rows[-1]
    assert "The smallest group tried for which it pays: 2 (Kiln a, Kiln b)." in section.notes
    assert "Pays by the Shapley value: no group of members is better off alone." in section.notes
    assert "Hub and links cost 1.5 M EUR whoever uses them; of that the public bears 0 M EUR." in section.notes
    # 8.7 are paid, of which 1.5 do not depend on use: 3 x 20 GWh at 0.03 in each of four years are 7.2.
    assert (
        "Besides, members pay 7.2 M EUR for what they use of them (transport, what a hub delivers): 8.7 M EUR in all."
        in section.notes
    )
    assert "Risks: what if grid or networks are late" in tables


def test_what_the_other_plan_has_in_its_place_is_named(compared: Compared) -> None:
    """The hub is open in one of both, from 2030 on."""
    plan, without = compared.plans["harbour"], compared.plans[WITHOUT]
    assert instead_of(plan, without, Words()) == ["harbour (from 2030)"]
    assert instead_of_each(compared.plans, Words()) == {"harbour": []}


def test_the_saving_of_the_region_and_the_gains_of_members_add_up(compared: Compared) -> None:
    """9.6 gained and 8.7 paid is what all save together, 0.9, and what the cost of the region falls; no others gain."""
    (design,) = compared.designs
    parts = parts_of_saving(compared.tables)
    assert parts is not None
    of_all = compared.tables["coalitions"].set_index("sites").loc["a b c", "saves_low"]
    terms = compared.tables["by_term"]
    assert (parts.gained, parts.paid) == pytest.approx((9.6, 8.7), abs=1e-3)
    assert (parts.as_planned, of_all) == pytest.approx((0.9, 0.9), abs=1e-3)
    assert parts.region == pytest.approx((terms["without"] - terms["with"]).sum(), abs=1e-6)
    section = design_section(design, "The harbour", compared.tables, compared.plans["harbour"].instance, Words())
    tables = {each.plans[0]: each.table for each in section.tables}
    assert tables["How the saving of the region is made up"].rows == [
        ["Members gain, whatever they pay for it", "+9.6"],
        ["Members pay for it", "−8.7"],
        ["Others gain, without paying for it", "0"],
        ["Together, while all others keep their plan", "+0.9"],
        ["Besides, as all is planned anew, and by the gaps of the plans", "0"],
        ["The region saves, by the plans that were found", "+0.9"],
    ]
    assert tables["How the saving of the region is made up"].strong == {3, 5}


@pytest.mark.nightly
def test_the_page_begins_with_a_conclusion(compared: Compared) -> None:
    """Before the designs beside each other; the same as is printed."""
    page = hub_page(compared.designs, compared.tables, compared.plans, "nl")
    top = page[: page.index("De ontwerpen naast elkaar")]
    (sentences,) = conclusion(compared.designs, compared.tables, compared.plans["without"].instance, Words("nl"))[
        0
    ].values()
    assert sentences[0] == "Ja, dit ontwerp helpt: de regio bespaart 0,9 mln. euro over alle jaren."
    assert f"<strong>De haven. {sentences[0]}</strong> {' '.join(sentences[1:])}</p>" in unescape(top)


def test_links_and_contracts_are_told_by_places_and_amounts(compared: Compared) -> None:
    """A pipe by its ends and what its size carries, in the readers' language; a contract is there from the first."""
    instance = compared.plans["harbour"].instance
    design = Design(
        "both",
        links=(BuiltLink("pipe-a", "thin", 2032),),
        contracts=(SharedContract("together", ("a", "b")), SharedContract("peaks", ("c",), 0.8)),
    )
    for words, amount, peaks in (
        (Words(), "GWh/yr", "Kiln c; coincidence 0.8"),
        (Words("nl"), "GWh/jaar", "Kiln c; gelijktijdigheid 0,8"),
    ):
        (link, contract, other) = design_section(design, "Both", compared.tables, instance, words).tables[0].table.rows
        assert link[0].endswith(" – Kiln a")
        assert link[1].endswith(f" {amount}")
        assert link[2] == "2032"
        assert contract == ["contract together", "Kiln a, Kiln b", "2030"]
        assert other == ["contract peaks", peaks, "2030"]


@pytest.mark.nightly
def test_members_have_a_ring_and_a_name_on_the_map(compared: Compared) -> None:
    """The kilns that use the hub; without members there is no ring."""
    assert '"ringed": "a"' in json.dumps(plot_map(compared.plans["harbour"], ringed=["a"]).to_dict())
    assert '"ringed": "b"' not in json.dumps(plot_map(compared.plans["harbour"], ringed=["a"]).to_dict())
    page = hub_page(compared.designs, compared.tables, compared.plans)
    assert re.sub(r"\s", "", page).count('"ringed":"') == len(KILNS)


@pytest.mark.some(1)
@pytest.mark.parametrize(("language", "title"), [("en", "The <b>harbour</b>"), ("nl", "De haven")])
def test_the_page_is_in_the_readers_language(compared: Compared, language: str, title: str) -> None:
    """And names are text in it, whatever they hold."""
    page = hub_page(compared.designs, compared.tables, compared.plans, language)
    assert f'<html lang="{language}">' in page
    headings = [unescape(each) for each in re.findall(r"<h2>(.*?)</h2>", page)]
    assert title in headings
    assert "<b>harbour" not in page


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", ["conclusion", "designs", "public money"]), ("nl", ["conclusie", "ontwerpen", "publiek geld"])],
)
def test_each_member_has_a_sheet(compared: Compared, tmp_path: Path, language: str, first: list[str]) -> None:
    """What it gains, pays and saves: 3.2, 2.9 and 0.3 by the Shapley value; what it all comes to stands before."""
    book = openpyxl.load_workbook(write_hub_workbook(compared, tmp_path / "hubs.xlsx", language=language))
    assert book.sheetnames == [*first, "Kiln a", "Kiln b", "Kiln c"]
    concluded = [row[1] for row in book[first[0]].iter_rows(min_row=2, values_only=True)]
    instance, words = compared.plans[WITHOUT].instance, Words(language)
    told, _ = conclusion(compared.designs, compared.tables, instance, words, instead_of_each(compared.plans, words))
    assert concluded == [sentence for sentences in told.values() for sentence in sentences]
    values = [row[2] for row in book["Kiln a"].iter_rows(values_only=True)]
    assert {3.2, 2.9, 0.3} <= set(values)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                [None, "Share of the cost of hub and links that the public bears", "25%", None],
                ["forced", "Public share, in money", 0.38, "M EUR"],
                ["forced", "More grants than without it, not discounted", 0, "M EUR"],
            ],
        ),
        (
            "nl",
            [
                [None, "Deel van de kosten van hub en verbindingen dat de overheid draagt", "25%", None],
                ["verplicht", "Publiek deel, in geld", 0.38, "mln. euro"],
                ["verplicht", "Meer subsidie dan zonder het ontwerp, niet verdisconteerd", 0, "mln. euro"],
            ],
        ),
    ],
)
def test_the_public_has_a_sheet(compared: Compared, tmp_path: Path, language: str, told: list[list[object]]) -> None:
    """A quarter of 1.5, nobody being granted anything; what suits every group, and of which years amounts are."""
    designs = tuple(replace(each, public_share=0.25) for each in compared.designs)
    tables = {**compared.tables, "designs": compared.tables["designs"].assign(public_part=0.25 * 1.5)}
    own = replace(compared, designs=designs, tables=tables)
    book = openpyxl.load_workbook(write_hub_workbook(own, tmp_path / "hubs.xlsx", language=language))
    _, *rows = [list(row) for row in book.worksheets[2].iter_rows(values_only=True)]
    assert [row[1:] for row in rows[:3]] == told
    words = Words(language)
    assert rows[3][2:4] == [
        words("What keeps all members together"),
        words("A public share of {share} of the cost of hub and links suits every group.", share=words.percent(0.0)),
    ]
    assert rows[-1][3] == amounts_told(own.plans[WITHOUT].instance, words)


def test_a_contract_alone_costs_the_public_nothing(compared: Compared) -> None:
    """It has no hub and no links of which a share could be borne."""
    (design,) = compared.designs
    shared = replace(design, hubs=(), contracts=(SharedContract("port", ("a", "b")),))
    own = {name: table[:0] if name == "in_core" else table for name, table in compared.tables.items()}
    plans = own["designs"].assign(public_part=float("nan"))
    told = list(of_public(shared, {**own, "designs": plans}, Words()))
    assert told == [["forced", "More grants than without it, not discounted", 0.0, "M EUR"]]


OF_KILN_A = {
    "en": [
        ["Who uses it besides me", "Kiln b, Kiln c", None],
        ["I use at most", 20, "GWh/yr"],
        ["I use it from", 2030, None],
        ["I gain over all years, whatever I pay for it", 3.2, "M EUR"],
        ["I pay by capacity", 2.9, "M EUR"],
        ["I save in all by capacity", 0.3, "M EUR"],
        ["I receive by the Shapley value", 1.5, "M EUR"],
        ["I save in all by the Shapley value", 4.7, "M EUR"],
        ["What hub and links cost, whoever uses them", 1.5, "M EUR"],
        ["Of that the public bears", 0, "M EUR"],
        ["In years in which nobody uses it", "I pay the same: it costs as much as in other years", None],
    ],
    "nl": [
        ["Wie het behalve ik gebruiken", "Kiln b, Kiln c", None],
        ["Ik gebruik hooguit", 20, "GWh/jaar"],
        ["Ik gebruik het vanaf", 2030, None],
        ["Mijn voordeel over alle jaren, los van wat ik ervoor betaal", 3.2, "mln. euro"],
        ["Ik betaal naar vermogen", 2.9, "mln. euro"],
        ["Ik bespaar per saldo naar vermogen", 0.3, "mln. euro"],
        ["Ik ontvang volgens de Shapley-waarde", 1.5, "mln. euro"],
        ["Ik bespaar per saldo volgens de Shapley-waarde", 4.7, "mln. euro"],
        ["Wat hub en verbindingen kosten, wie ze ook gebruikt", 1.5, "mln. euro"],
        ["Daarvan draagt de overheid", 0, "mln. euro"],
        [
            "In jaren waarin niemand het gebruikt",
            "betaal ik hetzelfde: het kost dan evenveel als in andere jaren",
            None,
        ],
    ],
}
"""The sheet of kiln a, if it received 1.5 by the Shapley value and two keys were known."""


@pytest.mark.parametrize(("language", "title"), [("en", "The <b>harbour</b>"), ("nl", "De haven")])
def test_the_sheet_of_one_member_can_be_sent_to_it_alone(
    compared: Compared, tmp_path: Path, language: str, title: str
) -> None:
    """It says by which key it pays and saves, and nothing of the others; a second time it is replaced where asked."""
    none = float("nan")
    payers = compared.tables["payers"].assign(shapley=-1.5, capacity_km=none, nucleolus=none)
    own = replace(compared, tables={**compared.tables, "payers": payers})
    place = write_hub_workbook(own, tmp_path / "a.xlsx", language=language, member="a")
    write_hub_workbook(own, place, language=language, member="a", overwrite=True)
    book = openpyxl.load_workbook(place)
    assert book.sheetnames == ["Kiln a"]
    head, *rows = [list(row) for row in book["Kiln a"].iter_rows(values_only=True)]
    assert len(head) == 4
    assert rows[:-1] == [[title, *row] for row in OF_KILN_A[language]]
    assert rows[-1][2] == amounts_told(own.plans[WITHOUT].instance, Words(language))


def test_a_sheet_of_no_member_is_refused(compared: Compared, tmp_path: Path) -> None:
    """Those that have one are told."""
    with pytest.raises(UsageError) as refused:
        write_hub_workbook(compared, tmp_path / "d.xlsx", member="d")
    assert str(refused.value) == "d is no member of any of the designs; allowed: a, b, c"
    nobody = replace(compared, tables={**compared.tables, "users": compared.tables["users"].iloc[:0]})
    with pytest.raises(UsageError) as refused:
        write_hub_workbook(nobody, tmp_path / "a.xlsx", member="a")
    assert str(refused.value) == ("a is no member of any of the designs; allowed: none, as no site uses any of them")
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_refused(folder: Path, tmp_path: Path) -> None:
    """A folder of something else; a table with a word for a number."""
    with pytest.raises(UsageError, match="holds no comparison of hub designs"):
        read_comparison(tmp_path)
    copy = tmp_path / "copy"
    write_tree(folder, copy)
    table = copy / "payers.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2.9", "much"), encoding="utf-8")
    with pytest.raises(DataError, match="much"):
        read_comparison(copy)


def write_tree(source: Path, target: Path) -> None:
    for file in source.rglob("*"):
        if file.is_file():
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())


def test_a_design_that_was_spoilt_is_told_in_words(folder: Path, tmp_path: Path) -> None:
    """Cut in half, or without its name."""
    for text, told in (('name = "har', "cannot be read as TOML"), ("public_share = 0.5", "key 'name' is missing")):
        copy = tmp_path / told[:6]
        write_tree(folder, copy)
        (copy / "designs" / "01-harbour.toml").write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match=told):
            read_comparison(copy)


def test_an_estimate_is_told_with_its_error(compared: Compared, tmp_path: Path) -> None:
    """On the page behind ±, in the workbook on a line of its own; a division that is not found has no column."""
    tables = dict(compared.tables)
    tables["payers"] = tables["payers"].assign(shapley_error=0.125, nucleolus=float("nan"))
    tables["in_core"] = tables["in_core"].assign(needed_low=float("nan"), needed_high=float("nan"))
    (design,) = compared.designs
    section = design_section(design, "The harbour", tables, compared.plans["harbour"].instance, Words())
    paid = {each.plans[0]: each.table for each in section.tables}["Who pays"]
    assert "Pays by the nucleolus" not in paid.columns
    assert paid.rows[0][paid.columns.index("Pays by the Shapley value")].endswith("± 0.125")
    assert any("its standard error stands behind ±" in note for note in section.notes)
    assert not any("public share" in note for note in section.notes)
    told = write_hub_workbook(replace(compared, tables=tables), tmp_path / "hubs.xlsx")
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(told)["Kiln a"].rows]
    assert any("Standard error of that estimate" in row and 0.125 in row for row in cells)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("yes", "Met wat hij betaalt, is de enige deelnemer zonder het ontwerp niet beter af."),
        ("no", "Met wat hij betaalt, is de enige deelnemer zonder het ontwerp 0,25 mln. euro beter af."),
        ("perhaps", "Met wat hij betaalt, is de enige deelnemer zonder het ontwerp misschien beter af."),
    ],
)
def test_a_lone_member_is_told_whether_it_is_better_off_without(compared: Compared, answer: str, told: str) -> None:
    """Once, as it pays the same by each key; there are no groups of it."""
    (design,) = compared.designs
    core = compared.tables["in_core"].assign(answer=answer, sites="a", gains_low=0.25)
    tables = {**compared.tables, "payers": compared.tables["payers"].head(1), "in_core": core}
    section = design_section(design, "De haven", tables, compared.plans["harbour"].instance, Words("nl"))
    assert [note for note in section.notes if "beter af" in note] == [told]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("no", "Betaalt volgens de nucleolus: zonder de anderen 0,25 mln. euro beter af: Kiln a, Kiln b."),
        ("perhaps", "Betaalt volgens de nucleolus: zonder de anderen misschien beter af: Kiln a, Kiln b."),
    ],
)
def test_a_group_that_is_better_off_is_named(compared: Compared, answer: str, told: str) -> None:
    """That gains 0.25 without the others, or may."""
    (design,) = compared.designs
    core = compared.tables["in_core"].assign(answer=answer, sites="a b", gains_low=0.25)
    tables = {**compared.tables, "in_core": core}
    section = design_section(design, "De haven", tables, compared.plans["harbour"].instance, Words("nl"))
    assert told in section.notes


@pytest.mark.nightly
def test_the_page_says_of_which_years_and_prices_its_amounts_are(compared: Compared) -> None:
    """Four years from 2030; and a map without members has no rings."""
    page = unescape(hub_page(compared.designs, compared.tables, compared.plans, "nl"))
    told = (
        "Bedragen gelden voor 2030 tot en met 2033 samen, in prijzen van 2030, teruggerekend naar 2030. De besparing "
        "van de regio is die van bedrijven, netwerken en overheid samen."
    )
    assert f'<p class="note">{told}</p>' in page
    assert "Het plan met dit ontwerp, in de laatste periode; om de deelnemers staat een ring</figcaption>" in page
    tables = {**compared.tables, "users": compared.tables["users"].iloc[:0]}
    page = unescape(hub_page(compared.designs, tables, compared.plans, "nl"))
    assert "Het plan met dit ontwerp, in de laatste periode</figcaption>" in page


def test_no_public_share_suits_where_more_than_all_is_needed(compared: Compared) -> None:
    """The hub costs 1.5, and 1.8 is needed at most."""
    tables = {**compared.tables, "in_core": compared.tables["in_core"].assign(needed_high=1.8)}
    (design,) = compared.designs
    section = design_section(design, "The harbour", tables, compared.plans["harbour"].instance, Words())
    assert "No public share of the cost of hub and links is proven to suit every group." in section.notes


def without_a_plan(compared: Compared, *more: Design) -> Compared:
    """The comparison as if there were no plan with the harbour; and designs that were not planned."""
    rows = (
        compared.tables["designs"]
        .assign(status="infeasible", finding="no_plan", told="Too much CO2.", told_nl="Te veel CO2.")
        .assign(avoided=float("nan"), public_money=float("nan"), stranded=float("nan"))
    )
    tables = {name: table.iloc[:0] for name, table in compared.tables.items()} | {"designs": rows}
    return Compared((*compared.designs, *more), tables, {"without": compared.plans["without"]})


@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("language", "told"),
    [("nl", "met dit ontwerp is er geen plan. Te veel CO2."), ("en", "there is no plan with it. Too much CO2.")],
)
def test_a_design_without_a_plan_has_its_section(compared: Compared, tmp_path: Path, language: str, told: str) -> None:
    """What and when, and what is missing; there, in the overview and in the workbook. A map there is not."""
    own = Design("quay", hubs=(OpenedHub("quay", "import", 2032, {"name": "The quay", "name_nl": "De kade"}),))
    words, lacking = Words(language), without_a_plan(compared, own)
    page = hub_page(lacking.designs, lacking.tables, lacking.plans, language)
    assert {'id="design-harbour"', 'id="design-quay"'} <= set(re.findall(r'id="design-[a-z]+"', page))
    assert "data-map" not in page.partition("<script")[0]
    assert {"en": "The quay", "nl": "De kade"}[language] in page
    instance = lacking.plans["without"].instance
    tables = design_section(lacking.designs[0], "", lacking.tables, instance, words).tables
    assert [each.plans[0] for each in tables] == [
        words("What, and when"),
        words("Risks: what if grid or networks are late"),
    ]
    assert [words("forced"), told, "–", "–"] in tables[1].table.rows
    rows = overview_table(lacking.tables, titles_of(lacking.designs, words), words).rows
    assert [row[1] for row in rows] == [told, words("not planned: it was stopped before")]
    assert [row[-1] for row in rows] == ["–", "–"]
    book = openpyxl.load_workbook(write_hub_workbook(lacking, tmp_path / "hubs.xlsx", language=language))
    assert told in [row[2] for row in book.worksheets[1].iter_rows(values_only=True)]


def test_designs_of_one_title_are_told_apart(compared: Compared, tmp_path: Path) -> None:
    """Their names stand behind it, on the page and in the workbook."""
    (design,) = compared.designs
    twin = replace(compared, designs=(design, replace(design, name="twin")))
    assert titles_of(twin.designs, Words("nl")) == {"harbour": "De haven (harbour)", "twin": "De haven (twin)"}
    assert titles_of(compared.designs, Words("nl")) == {"harbour": "De haven"}
    page = hub_page(twin.designs, twin.tables, twin.plans, "nl")
    assert re.findall(r"<h2>(De haven.*?)</h2>", page) == ["De haven (harbour)", "De haven (twin)"]
    book = openpyxl.load_workbook(write_hub_workbook(twin, tmp_path / "hubs.xlsx", language="nl"))
    assert any("De haven (harbour)" in row for sheet in book for row in sheet.iter_rows(values_only=True))


def with_late_plans(compared: Compared) -> Compared:
    """The comparison with three late plans: kiln a alone uses the hub in the first, none is found, and an old one."""
    designs = compared.tables["designs"]
    row = designs[designs["presence"] == "forced"]
    late = [
        row.assign(late="grid", years=3, late_users=1.0, stranded=0.75),
        row.assign(late="networks", years=3, status="no_plan", finding="unproven", late_users=float("nan")),
        row.assign(late="networks", years=5, late_users=float("nan")),
    ]
    used = {"design": "harbour", "late": "grid", "years": 3, "site": "a", "kind": "hub", "item": "harbour"}
    users = typed(LATE_USERS, pd.DataFrame([{**used, "amount": 20.0, "unit": "GWh/yr"}]))
    area = {"design": "harbour", "area": "town", "period": 2030, "firm_without": 1.0, "firm_with": 2.0}
    by_area = typed(BY_AREA, pd.DataFrame([{**area, "total_without": 1.5, "total_with": 4.0}]))
    tables = {**compared.tables, "designs": pd.concat([designs, *late]), "late_users": users, "by_area": by_area}
    return replace(compared, tables=tables)


def test_risks_tell_what_is_stranded_and_who_still_uses_it(compared: Compared) -> None:
    """On time nothing of the hub is idle, and all three use it; with the grid late one does. Areas by their names."""
    late = with_late_plans(compared)
    (design,) = late.designs
    section = design_section(design, "The harbour", late.tables, late.plans["harbour"].instance, Words())
    tables = {each.plans[0]: each.table for each in section.tables}
    rows = {row[0]: row[2:] for row in tables["Risks: what if grid or networks are late"].rows}
    assert rows["forced"] == ["0", "3"]
    assert rows["optional"][1] == "–"
    assert rows["forced, the grid 3 years late"] == ["0.75", "1"]
    assert rows["forced, backbone and storage 3 years late"][1] == "–"
    assert tables["Grid capacity by area"].rows == [["town", "2030", "1", "2", "+1", "1.5", "4", "+2.5"]]


def test_the_part_of_the_public_stands_beside_grants(compared: Compared) -> None:
    """Where a design has one."""
    titles, words = {"harbour": "The harbour"}, Words()
    heading = "Public part of the hub [M EUR]"
    assert heading not in overview_table(compared.tables, titles, words).columns
    borne = {**compared.tables, "designs": compared.tables["designs"].assign(public_part=0.375)}
    table = overview_table(borne, titles, words)
    assert dict(zip(table.columns, table.rows[0], strict=True))[heading] == "0.375"


@pytest.mark.some(1)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_member_reads_its_own_risks(compared: Compared, tmp_path: Path, language: str) -> None:
    """Kiln a still uses the hub when the grid is late, kiln b does not; what they pay does not fall."""
    words = Words(language)
    book = openpyxl.load_workbook(write_hub_workbook(with_late_plans(compared), tmp_path / "a.xlsx", language=language))
    told = {site: {row[1]: row[2] for row in book[site].iter_rows(values_only=True)} for site in ("Kiln a", "Kiln b")}
    grid = words("the grid {time} late", time={"en": "3 years", "nl": "3 jaar"}[language])
    assert told["Kiln a"][words("{late}: I still use it, at most", late=grid)] == 20.0
    assert told["Kiln b"][grid] == words("I do not use it")
    for site in told.values():
        assert site[words("In years in which nobody uses it")] == words(
            "I pay the same: it costs as much as in other years"
        )
        networks = words("backbone and storage {time} late", time={"en": "5 years", "nl": "5 jaar"}[language])
        assert site[networks] == words("not known: the designs were compared by an older version")


def test_a_member_is_told_how_to_learn_what_it_pays(compared: Compared, tmp_path: Path) -> None:
    """Where it was not asked."""
    unasked = replace(compared, tables={**compared.tables, "payers": compared.tables["payers"].iloc[:0]})
    book = openpyxl.load_workbook(write_hub_workbook(unasked, tmp_path / "hubs.xlsx"))
    told = {row[1]: row[2] for row in book["Kiln a"].iter_rows(values_only=True)}
    assert told["What I pay"] == "not known; run hub compare with --payers"
    assert "In years in which nobody uses it" not in told


@pytest.mark.parametrize("lost", ["users.csv", "designs.csv"])
def test_what_a_damaged_comparison_lacks_is_told(folder: Path, tmp_path: Path, lost: str) -> None:
    """It is a comparison all the same, and no result or instance."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    (damaged / lost).unlink()
    assert holds_comparison(damaged)
    with pytest.raises(UsageError, match=rf"damaged lacks {lost}; allowed"):
        read_comparison(damaged)


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("designs.csv", "harbour", "port", "designs.csv:2: column 'design' is port; allowed: the name of a design in"),
        ("payers.csv", "harbour,b", "harbour,x", "payers.csv:3: column 'site' is x; allowed: sites of the plans'"),
        ("users.csv", "harbour,c", "harbour,x", "users.csv:4: column 'site' is x; allowed: sites of the plans'"),
        ("coalitions.csv", "a b c", "a b x", "column 'sites' is a b x; allowed: sites of the plans' instance"),
        ("by_period.csv", "2032", "2031", "column 'period' is 2031; allowed: the first year of a period"),
    ],
)
def test_a_name_of_nothing_is_told_with_its_line(
    folder: Path, tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    """A table that was changed by hand, or copied from another comparison."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    table = damaged / file
    assert old in table.read_text(encoding="utf-8")
    table.write_text(table.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_comparison(damaged)
    assert f"{damaged}/" in str(refused.value) and told in str(refused.value)


def test_a_plan_that_was_deleted_is_missed(folder: Path, tmp_path: Path) -> None:
    """Its design is there, and its rows."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    shutil.rmtree(damaged / "plans" / "harbour")
    with pytest.raises(DataError, match=re.escape("plans/harbour: is not there; by designs.csv there is such a plan")):
        read_comparison(damaged)


@pytest.mark.nightly
def test_what_others_have_put_there_stays(folder: Path, tmp_path: Path) -> None:
    """Notes beside plans and designs, and a link to nowhere; what is no comparison is not replaced at all."""
    compared = compare_designs(kilns(1.5), read_comparison(folder).designs, late=())
    place = Path(shutil.copytree(folder, tmp_path / "compared"))
    (place / "plans" / "notes.txt").write_text("ours", encoding="utf-8")
    (place / "designs" / "drawing.txt").write_text("ours", encoding="utf-8")
    (place / "link").symlink_to("nowhere")
    write_comparison(compared, hub_tables(compared), place, overwrite=True)
    assert (place / "plans" / "notes.txt").read_text(encoding="utf-8") == "ours"
    assert (place / "designs" / "drawing.txt").read_text(encoding="utf-8") == "ours"
    assert (place / "link").is_symlink()
    (place / "by_term.csv").unlink()
    with pytest.raises(UsageError, match=r"holds no comparison of hub designs, so it stays; allowed: .* by_term\.csv"):
        write_comparison(compared, hub_tables(compared), place, overwrite=True)


@pytest.mark.parametrize("file", ["result.json", "runs.csv", "instance/hubs.csv"])
def test_a_damaged_plan_is_told_with_its_folder(folder: Path, tmp_path: Path, file: str) -> None:
    """Which of the plans it is, in front of each problem; its instance has tables of the same names."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    spoilt = damaged / "plans" / "harbour" / file
    spoilt.write_text("spoilt", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_comparison(damaged)
    assert {problem.file for problem in refused.value.problems} == {str(spoilt)}
    assert all(line.startswith(f"  {spoilt}:") for line in str(refused.value).splitlines()[1:])


def test_a_plan_that_fails_its_check_is_told_with_its_folder(folder: Path, tmp_path: Path) -> None:
    """A kiln that runs on gas without its CO2."""
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    runs = damaged / "plans" / "harbour" / "runs.csv"
    runs.write_text(runs.read_text(encoding="utf-8").replace("burner", "gas"), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        verified_comparison(damaged)
    assert str(refused.value).startswith(f"{damaged / 'plans' / 'harbour'} fails ")
