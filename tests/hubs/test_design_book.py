"""Hub designs in a workbook: read as from TOML files, and what is wrong is told with its cell, all at once."""

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

import routeplan
from kilns import design_file, kilns
from routeplan.errors import DataError, UsageError
from routeplan.hubs.blank import write_blank_design
from routeplan.hubs.book import designs_in_book
from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.form import design_of
from routeplan.hubs.read import read_design, read_designs
from routeplan.hubs.saving import Saving
from routeplan.hubs.suggest import Suggestion, write_suggestions
from routeplan.hubs.write_book import write_design_book
from routeplan.instance.instance import Instance
from routeplan.language.language import Language
from routeplan.schema.column import Kind
from routeplan.schema.inputs import HUBS

SHIPPED = Path(__file__).parents[2] / "instances" / "achterhoek" / "hubs"

HARBOUR = Design("harbour", "Harbour", "Haven", hubs=(OpenedHub("harbour", "electrolysis", 2030),))
OPENED = ["harbour", "harbour", "electrolysis", 2030]
"""The row of its hub."""

ENGLISH = {
    "designs": ["design", "title", "title_nl", "public_share"],
    "design_hubs": ["design", "hub", "option", "first_year"],
    "design_links": ["design", "link", "size", "first_year", "forbidden"],
    "design_contracts": ["design", "contract", "site", "coincidence"],
    "design_members": ["design", "site"],
}
DUTCH = {
    "ontwerpen": ["ontwerp", "titel", "titel (Nederlands)", "publiek deel"],
    "ontwerp_hubs": ["ontwerp", "hub", "optie", "eerste jaar"],
    "ontwerp_verbindingen": ["ontwerp", "verbinding", "maat", "eerste jaar", "verboden"],
    "ontwerp_contracten": ["ontwerp", "contract", "bedrijf", "gelijktijdigheid"],
    "ontwerp_leden": ["ontwerp", "bedrijf"],
}
"""Sheets and headers in either language, as somebody might type them."""

Rows = list[list[Any]]


def pipes() -> Instance:
    """The kilns, with a thin pipe to each that may be built, and one that is planned."""
    links = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
    candidates = "\n".join(f"pipe-{each},hydrogen,port,{each},pipe,candidate,10,,,0,0" for each in "abc")
    return kilns(1.5, links=f"{links}{candidates}\nbackbone,hydrogen,port,a,pipe,planned,10,2030,5,0,0")


def typed_by_hand(path: Path, headers: dict[str, list[str]], *rows: Rows) -> Path:
    """A workbook with these sheets, each with the rows that are given for it."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for (title, header), of_sheet in zip_longest(headers.items(), rows, fillvalue=[]):
        sheet = book.create_sheet(title)
        for row in [header, *of_sheet]:
            sheet.append(row)
    book.save(path)
    return path


def told(files: list[Path], instance: Instance) -> list[str]:
    """Every problem, without the folder of the files."""
    with pytest.raises(DataError) as refused:
        read_designs(files, instance)
    return sorted(str(problem).replace(f"{files[0].parent}/", "") for problem in refused.value.problems)


@pytest.mark.some(1)
@pytest.mark.parametrize(("headers", "no"), [(DUTCH, "Nee"), (ENGLISH, "no")])
def test_sheets_are_read_in_either_language(tmp_path: Path, headers: dict[str, list[str]], no: str) -> None:
    """Two designs in one workbook: all that can be told, and what empty cells stand for."""
    path = typed_by_hand(
        tmp_path / "designs.xlsx",
        headers,
        [["all-of-it", "All of it", "Alles", 0.25], ["harbour", None, None, None]],
        [["all-of-it", "harbour", "electrolysis", 2030], OPENED],
        [["all-of-it", "pipe-a", "thin", 2032, no], ["all-of-it", "pipe-c", None, None, "ja"]],
        [["all-of-it", "together", "a", 0.5], ["all-of-it", "together", "c", 0.5]],
        [["all-of-it", "a"], ["all-of-it", "b"]],
    )
    full, plain = read_designs([path], pipes())
    assert full == Design(
        "all-of-it",
        "All of it",
        "Alles",
        hubs=(OpenedHub("harbour", "electrolysis", 2030),),
        links=(BuiltLink("pipe-a", "thin", 2032),),
        forbidden=("pipe-c",),
        contracts=(SharedContract("together", ("a", "c"), 0.5),),
        members=("a", "b"),
        public_share=0.25,
    )
    assert plain == Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),))


def form_of(path: Path) -> list[Design]:
    """Designs of a workbook, for whatever instance they are."""
    designs, problems = designs_in_book(path)
    assert [*problems, *(problem for design in designs for problem in design.form())] == []
    return [design_of(design.content) for design in designs]


@pytest.mark.parametrize("language", list(Language))
def test_shipped_designs_come_back(tmp_path: Path, language: Language) -> None:
    """From TOML to a workbook and back, in either language."""
    designs = [read_design(file) for file in sorted(SHIPPED.glob("*.toml"))]
    assert len(designs) == 3
    path = write_design_book(designs, tmp_path / "designs.xlsx", language=language)
    assert form_of(path) == designs
    forbidden = openpyxl.load_workbook(path).worksheets[2]["E3"].value
    assert forbidden == {"en": "yes", "nl": "ja"}[language]


IDS = ("a", "b-1", "12", "1e5", "ja", "0x1f", "d.e", "é")
"""Ids, some of which Excel could take for something else."""


def drawn(random: Random, number: int) -> Design:
    """A design of which every part is drawn."""

    def some(most: int) -> list[str]:
        return random.sample(IDS, random.randint(0, most))

    own = {
        column.name: "=1+1" if column.kind.is_text else random.randint(1, 40) / (1 if column.kind is Kind.WHOLE else 7)
        for column in HUBS.columns
        if column.name not in ("hub", "option", "first_year", "name_nl")
    }
    return Design(
        f"d{number}",
        random.choice(("", "Plain", "=A1", "2030", "ja", "#N/A", "Ünïcode")),
        random.choice(("", "Gewoon")),
        hubs=tuple(OpenedHub(hub, "x", random.randint(2025, 2050), random.choice(({}, own))) for hub in some(3)),
        links=tuple(BuiltLink(link, "thin", random.randint(2025, 2050)) for link in some(3)),
        forbidden=tuple(f"no-{link}" for link in some(3)),
        contracts=tuple(
            SharedContract(each, tuple(random.sample(IDS, random.randint(2, 5))), random.choice((1.0, 0.1 + 0.2)))
            for each in some(3)
        ),
        members=random.choice((None, tuple(random.sample(IDS, random.randint(1, 4))))),
        public_share=random.choice((0.0, 1.0, random.random())),
    )


@pytest.mark.some(1)
@pytest.mark.parametrize("seed", range(5))
def test_any_designs_come_back(tmp_path: Path, seed: int) -> None:
    """Twenty in one workbook: ids that look like numbers, texts that look like formulas, fractions of 17 digits."""
    random = Random(seed)
    designs = [drawn(random, number) for number in range(20)]
    language = random.choice(list(Language))
    assert form_of(write_design_book(designs, tmp_path / "designs.xlsx", language=language)) == designs


def test_suggestions_can_be_a_workbook(tmp_path: Path) -> None:
    """Instead of a folder of files."""
    path = write_suggestions(
        [Suggestion(HARBOUR, frozenset("ab"), Saving(1.0, 1.0))], tmp_path / "suggested.xlsx", language="nl"
    )
    assert form_of(path) == [HARBOUR]
    assert openpyxl.load_workbook(path).sheetnames == list(DUTCH)


@pytest.mark.nightly
def test_workbooks_and_files_are_read_together(tmp_path: Path) -> None:
    """In the order in which they are named."""
    book = write_design_book([replace(HARBOUR, name="two")], tmp_path / "two.xlsx", language="nl")
    read = read_designs([design_file(tmp_path, name="one"), book, design_file(tmp_path, name="three")], pipes())
    assert [design.name for design in read] == ["one", "two", "three"]


NAMES = "up to 60 letters, digits, '-', '_', '+' and '.', a letter or digit first, and not 'without'"


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (
            [[["harbour", None, None, 1.5], ["my hub"], [None, "Nameless"]], [OPENED, ["my hub", *OPENED[1:]]]],
            [
                "designs!D2: column 'public_share' is 1.5; allowed: a number, 0 to 1",
                f"designs!A3: column 'design' is my hub; allowed: {NAMES}",
                f"designs!A4: column 'design' is empty; allowed: {NAMES}",
            ],
        ),
        (
            [
                [["harbour", None, None, "0,25"]],
                [["harbour", "harbour", None, "2.030"], ["harbour", None, "electrolysis", None], [None, "harbour"]],
            ],
            [
                "designs!D2: column 'public_share' is 0,25; allowed: 0 to 1 (written like -12, 0.5 or 1e3; write a "
                "decimal point: 0.25)",
                "design_hubs!C2: column 'option' is empty; allowed: an id",
                "design_hubs!D2: column 'first_year' is 2.030; allowed: a whole number (written like -12, 0.5 or 1e3; "
                "it has two readings: write 2030 or 2.030)",
                "design_hubs!B3: column 'hub' is empty; allowed: an id",
                "design_hubs!D3: column 'first_year' is empty; allowed: a year",
                "design_hubs!A4: column 'design' is empty; allowed: a design of sheet designs: harbour",
            ],
        ),
        (
            [
                [["harbour"]],
                [OPENED],
                [
                    ["harbour", "pipe-a", "thin", 2030, "perhaps"],
                    ["harbour", "pipe-b", "thin", 2030, "yes"],
                    ["harbour", None, None, None, 1],
                    ["harbor", "pipe-c", "thin", 2030.5],
                ],
                [["harbour", "both", "a", 0.5], ["harbour", "both", "b", 0.6], ["harbour", "own", None, 2]],
                [["harbour", None]],
            ],
            [
                "design_links!E2: column 'forbidden' is perhaps; allowed: yes or no",
                "design_links!C3: column 'size' is thin; allowed: empty, as the link is forbidden",
                "design_links!D3: column 'first_year' is 2030; allowed: empty, as the link is forbidden",
                "design_links!B4: column 'link' is empty; allowed: a candidate link of the instance",
                "design_links!A5: column 'design' is harbor; allowed: a design of sheet designs: harbour (did you mean "
                "'harbour'?)",
                "design_contracts!D3: column 'coincidence' is 0.6; allowed: 0.5, as on row 2: a contract has one, on "
                "each of its rows",
                "design_contracts!C4: column 'site' is empty; allowed: a site of the instance",
                "design_contracts!D4: column 'coincidence' is 2; allowed: a number, above 0 and at most 1",
                "design_members!B2: column 'site' is empty; allowed: a site of the instance",
            ],
        ),
    ],
)
def test_what_is_wrong_with_cells_is_told(tmp_path: Path, rows: list[Rows], problems: list[str]) -> None:
    """Each once, at its cell."""
    path = typed_by_hand(tmp_path / "book.xlsx", ENGLISH, *rows)
    assert told([path], pipes()) == sorted(f"book.xlsx: {problem}" for problem in problems)


def test_what_the_instance_does_not_have_is_told_in_the_words_of_the_sheet(tmp_path: Path) -> None:
    """Each rule that a TOML file is held to, with the cell of a workbook with Dutch headers."""
    path = typed_by_hand(
        tmp_path / "boek.xlsx",
        DUTCH,
        [["haven"], ["leeg"], ["Haven"]],
        [["haven", "harbor", "electrolysis", 2030], ["Haven", "harbour", "electrolysis", 2029]],
        [
            ["haven", "pipe-a", "thick", 2033],
            ["haven", "pipe-aa", None, None, "ja"],
            ["haven", "backbone", "thin", 2030],
        ],
        [["haven", "c", "a"], ["haven", "c", "d"], ["Haven", "x y", "a"], ["Haven", "x y", "b"]],
        [["haven", "a"], ["haven", "e"]],
    )
    assert told([path], pipes()) == sorted(
        f"boek.xlsx: {problem}"
        for problem in (
            "ontwerpen!A3: it has no row of sheet ontwerp_hubs, ontwerp_verbindingen or ontwerp_contracten; allowed: "
            "one or more of them",
            f"ontwerpen!A4: column 'ontwerp' is Haven, as in {path.parent}/boek.xlsx: ontwerpen!A2; allowed: each "
            "name once, whatever its case".replace(f"{path.parent}/", ""),
            "ontwerp_hubs!B2: hub 'harbor', option 'electrolysis' (did you mean 'harbour electrolysis'?) is no row of "
            "hubs; allowed: one of the instance: harbour electrolysis; or all its columns",
            "ontwerp_hubs!D3: hub 'harbour', option 'electrolysis': column 'eerste jaar' is 2029; allowed: 2030 to "
            "2032",
            "ontwerp_verbindingen!C2: link 'pipe-a': column 'maat' is 'thick'; allowed: thin",
            "ontwerp_verbindingen!D2: link 'pipe-a': column 'eerste jaar' is 2033; allowed: 2030 to 2032",
            "ontwerp_verbindingen!B3: column 'verbinding' has 'pipe-aa' (did you mean 'pipe-a'?); allowed: a candidate "
            "link of the instance",
            "ontwerp_verbindingen!B4: link 'backbone' is planned already; allowed: a candidate link of the instance",
            "ontwerp_contracten!B2: contract 'c' is that of a site outside it; allowed: an id of its own, or that of "
            "one of its sites",
            "ontwerp_contracten!B4: column 'contract' is x y; allowed: an id without spaces, not 'all'",
            "ontwerp_contracten!C3: column 'bedrijf' has 'd'; allowed: a site of the instance",
            "ontwerp_leden!B3: column 'bedrijf' has 'e'; allowed: a site of the instance",
        )
    )


def test_a_contract_has_one_coincidence_on_each_of_its_rows(tmp_path: Path) -> None:
    """A row without it, before or after one that has it, could be meant as 1; empty on all rows it is."""
    contracts = [
        ["harbour", "both", "a", None],
        ["harbour", "both", "b", 0.75],
        ["harbour", "both", "c", 1],
    ]
    path = typed_by_hand(tmp_path / "book.xlsx", ENGLISH, [["harbour"]], [OPENED], [], contracts)
    asked = "allowed: 0.75, as on row 3: a contract has one, on each of its rows"
    assert told([path], pipes()) == [
        f"book.xlsx: design_contracts!D2: column 'coincidence' is empty; {asked}",
        f"book.xlsx: design_contracts!D4: column 'coincidence' is 1; {asked}",
    ]
    contracts[1][3] = 2
    path = typed_by_hand(tmp_path / "book.xlsx", ENGLISH, [["harbour"]], [OPENED], [], contracts[:2])
    assert told([path], pipes()) == [
        "book.xlsx: design_contracts!D2: column 'coincidence' is empty; allowed: 2, as on row 3: a contract has one, "
        "on each of its rows",
        "book.xlsx: design_contracts!D3: column 'coincidence' is 2; allowed: a number, above 0 and at most 1",
    ]
    contracts[1][3] = "0,75"
    path = typed_by_hand(tmp_path / "book.xlsx", ENGLISH, [["harbour"]], [OPENED], [], contracts[:2])
    assert told([path], pipes()) == [
        "book.xlsx: design_contracts!D3: column 'coincidence' is 0,75; allowed: above 0 and at most 1, or empty "
        "(written like -12, 0.5 or 1e3; write a decimal point: 0.75)"
    ]
    rows = [[*row[:3], None] for row in contracts[:2]]
    (read,) = read_designs([typed_by_hand(tmp_path / "book.xlsx", ENGLISH, [["harbour"]], [], [], rows)], pipes())
    assert read.contracts == (SharedContract("both", ("a", "b"), 1.0),)


def test_a_hub_of_the_instance_with_a_cell_too_many_is_told_once(tmp_path: Path) -> None:
    """At its cell; no other column of the table of hubs is asked for."""
    headers = ENGLISH | {"design_hubs": [*ENGLISH["design_hubs"], "capex", "price"]}
    path = typed_by_hand(tmp_path / "book.xlsx", headers, [["harbour"]], [[*OPENED, 1.0]])
    assert told([path], pipes()) == [
        "book.xlsx: design_hubs!B2: hub 'harbour', option 'electrolysis' is in the instance; allowed: hub, option and "
        "first_year alone, or all columns with another id"
    ]


def test_what_breaks_a_rule_of_the_tables_is_told_at_its_cell(tmp_path: Path) -> None:
    """A hub of the design's own at no node, beside one of the instance, and a contract with a blank in its id."""
    header = [*ENGLISH["design_hubs"], "node", "area", "carrier", "capex", "capacity", "price", "electricity"]
    header += ["firm_capacity", "flexible_capacity", "lifetime", "note"]
    own = ["harbour", "quay", "import", 2030, "prt", "town", "hydrogen", 1.0, 100, 30, 0, 0, 0, 4, "of Ann"]
    headers = ENGLISH | {"design_hubs": header}
    contract = [["harbour", "x y", "a"], ["harbour", "x y", "b"]]
    path = typed_by_hand(tmp_path / "book.xlsx", headers, [["harbour"]], [OPENED, own], [], contract)
    assert told([path], pipes()) == [
        "book.xlsx: design_contracts!B2: column 'contract' is x y; allowed: an id without spaces, not 'all'",
        "book.xlsx: design_hubs!E3: column 'node' is prt; allowed: an id listed in nodes.csv; did you mean port?",
    ]
    own[4], own[7] = "port", None
    path = typed_by_hand(tmp_path / "book.xlsx", headers, [["harbour"]], [OPENED, own])
    assert told([path], pipes()) == [
        "book.xlsx: design_hubs!H3: column 'capex' is empty; allowed: every column of the table hubs, for one that the "
        "instance does not have"
    ]


def test_members_that_cannot_use_it_are_told_at_their_cells(tmp_path: Path) -> None:
    """Only kiln a has a pipe to the hub."""
    links = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
    instance = kilns(1.5, links=f"{links}pipe-a,hydrogen,port,a,pipe,candidate,10,,,0,0")
    members = [["harbour", "a"], ["harbour", "b"]]
    path = typed_by_hand(tmp_path / "book.xlsx", ENGLISH, [["harbour"]], [OPENED], [], [], members)
    assert told([path], instance) == [
        "book.xlsx: design_members!B3: member 'b' is out of reach; allowed: sites with a way to its hubs"
    ]


def test_sheets_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """No sheet of designs, a misspelt one, one in both languages, and headers that lack or that nobody knows."""
    path = typed_by_hand(tmp_path / "book.xlsx", {"Blad1": ["x"], "design_hub": ["design"]})
    assert told([path], pipes()) == [
        "book.xlsx: design_hub: is no sheet of hub designs (did you mean 'design_hubs'?); allowed: designs, "
        "design_hubs, design_links, design_contracts, design_members, ontwerpen, ontwerp_hubs, ontwerp_verbindingen, "
        "ontwerp_contracten, ontwerp_leden",
        "book.xlsx: holds no hub designs; allowed: a workbook with a sheet 'designs' or 'ontwerpen'",
    ]
    headers = {"designs": ["design"], "Ontwerpen": ["ontwerp"], "design_hubs": ["design", "hub", "year"]}
    problems = told([typed_by_hand(tmp_path / "book.xlsx", headers, [["harbour"]], [["haven"]])], pipes())
    assert problems == [
        "book.xlsx: Ontwerpen: is there twice, as 'designs' too; allowed: one of the two",
        "book.xlsx: design_hubs!C1: column 'year' is unknown; allowed: design, hub, option, first_year, node, area, "
        "carrier, capex, fixed_cost, capacity, price, electricity, firm_capacity, flexible_capacity, lifetime, name, "
        "name_nl, and names that begin with note or source",
        "book.xlsx: design_hubs:1: column 'first_year' is missing; it has no default",
        "book.xlsx: design_hubs:1: column 'option' is missing; it has no default",
    ]
    assert told([typed_by_hand(tmp_path / "book.xlsx", {"designs": ["design"]})], pipes()) == [
        "book.xlsx: designs: has no rows; allowed: a row for each design"
    ]
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert told([tmp_path / "text.xlsx"], pipes())[0].startswith("text.xlsx: is no Excel workbook")


def test_an_instance_carries_its_designs(tmp_path: Path) -> None:
    """The sheets disturb no reading of the instance, and are not taken for its tables."""
    place = tmp_path / "region.xlsx"
    routeplan.write(kilns(1.5), place)
    before = routeplan.read(place)
    book = openpyxl.load_workbook(place)
    for title, rows in {
        "ontwerpen": [["ontwerp"], ["harbour"]],
        "Ontwerp_hubs": [DUTCH["ontwerp_hubs"], OPENED],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(place)
    after = routeplan.read(place)
    assert after.sha256 == before.sha256
    assert read_designs([place], after) == [replace(HARBOUR, title="", title_nl="")]


@pytest.mark.some(1)
@pytest.mark.parametrize(
    ("language", "headers", "own"), [("nl", DUTCH, "note_bedrijven"), ("en", ENGLISH, "note_sites")]
)
def test_a_blank_workbook_tells_what_there_is(
    tmp_path: Path, language: str, headers: dict[str, list[str]], own: str
) -> None:
    """As written it has nothing; with a row of what it offers it is a design."""
    path = write_blank_design(kilns(1.5), tmp_path / "blank.xlsx", language=language)
    first = next(iter(headers))
    assert told([path], kilns(1.5))[0].startswith(f"blank.xlsx: {first}!A2: it has no row of sheet")
    book = openpyxl.load_workbook(path)
    shown = {title: [cell.value for cell in book[title][1]] for title in book.sheetnames}
    assert all(shown[title][: len(header)] == header for title, header in headers.items())
    assert [row[0].value for row in book[own].iter_rows(min_row=2)] == ["a", "b", "c"]
    offered = [book["note_hubs"].cell(2, column).value for column in (1, 2)]
    book[list(headers)[1]].append(["my-hub", *offered, 2030])
    book.save(path)
    assert read_designs([path], kilns(1.5)) == [Design("my-hub", "My hub", "Mijn hub", hubs=HARBOUR.hubs)]


def test_a_blank_workbook_takes_no_others_place(tmp_path: Path) -> None:
    """What is there stays."""
    (tmp_path / "there.xlsx").write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        write_blank_design(kilns(1.5), tmp_path / "there.xlsx")
    with pytest.raises(UsageError, match="language is 'fr'"):
        write_blank_design(kilns(1.5), tmp_path / "new.xlsx", language="fr")
    assert (tmp_path / "there.xlsx").read_text() == "mine"
