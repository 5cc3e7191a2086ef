"""The commands `hub new` and `hub compare`."""

import itertools
import json
import re
import signal
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

import routeplan
from kilns import design_file, kilns
from routeplan import cli
from routeplan.cli.output import OUT
from routeplan.errors import FaultError
from routeplan.hubs import compare
from small import best

pytestmark = pytest.mark.slow

Run = Callable[..., Any]

# As in `kilns`, each of three kilns saves 4 x 0.2 = 0.8 with the hub, which costs 1.5: 0.9 in all. Two save 0.1.
ONE_WORLD = ("--years-late", 50)
"""Later than the plan is long: grid and networks that nobody needs change nothing."""

WITHOUT_ROOM = "harbour,electrolysis,port,town,hydrogen,1.5,0,100,30,0,5,0,4,"
"""The hub, if it asked for 5 MW of a grid without any room."""


@pytest.fixture
def write_kilns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write the kilns, with tables that are changed, to a folder in the working folder of the test; and a design."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(OUT, "width", 250)
    design_file(Path())

    def write(**tables: str) -> Path:
        routeplan.write(kilns(1.5, **tables), "region")
        return Path("region")

    return write


def no_room(**tables: str) -> dict[str, str]:
    """Tables in which the hub has no room on the grid."""
    head = "hub,option,node,area,carrier,capex,fixed_cost,capacity,price,electricity,firm_capacity,flexible_capacity"
    return {"hubs": f"{head},lifetime,first_year\n{WITHOUT_ROOM}", "headroom": NO_HEADROOM} | tables


NO_HEADROOM = "area,period,firm,flexible\ntown,2030,0,0\ntown,2032,0,0"


def test_what_a_design_saves_is_printed(write_kilns: Callable[..., Path], run: Run) -> None:
    """In each plan, by whom it is used, for how many it pays, and what it changes."""
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD)
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[:5] == [
        "harbour",
        "  forced: saves 0.9 M EUR",
        "  optional: saves 0.9 M EUR",
        "  Members: Kiln a (20 GWh/yr, from 2030); Kiln b (20 GWh/yr, from 2030); Kiln c (20 GWh/yr, from 2030).",
        "  The smallest group tried for which it pays: 2 (Kiln a, Kiln b).",
    ]
    assert re.search(r"^Total +−0\.9 *$", ended.out, re.MULTILINE)
    assert re.search(r"^harbour +−12 +−12 *$", ended.out, re.MULTILINE)  # 3 x 4 kt a year
    assert "No period notices: the grid 50 years late, backbone and storage 50 years late." in ended.out
    assert ended.out.splitlines()[-3:] == [
        "Conclusion",
        "  harbour. Yes, it helps: the region saves 0.9 M EUR over all years. By the plans that were found CO2 is 0 "
        "kt/yr from 2032 on, and 12 without it; over all years it is 48 kt less. Members: Kiln a; Kiln b; Kiln c. The "
        "smallest group tried for which it pays: 2 (Kiln a, Kiln b).",
        "The tables, as files: --out DIR",
    ]
    assert ended.err.splitlines() == [
        "1 of 3 plans: without a design",
        "2 of 3 plans: harbour, optional",
        "3 of 3 plans: harbour, forced",
        # Kiln a, a and b, all three, and two others without a and without b: without c it is a and b once more.
        *(f"{number} of 5 groups of members" for number in range(1, 6)),
    ]


@pytest.mark.nightly
def test_dutch_readers_have_it_in_dutch(write_kilns: Callable[..., Path], run: Run) -> None:
    """Titles, findings and tables; a title of their own where there is one."""
    region = write_kilns()
    text = 'title = "The harbour"\ntitle_nl = "De haven"\n' + Path("harbour.toml").read_text(encoding="utf-8")
    Path("harbour.toml").write_text(text, encoding="utf-8")
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--language", "nl")
    assert ended.out.splitlines()[:2] == ["De haven", "  verplicht: bespaart 0,9 mln. euro"]
    assert "Deelnemers: Kiln a (20 GWh/jaar, vanaf 2030)" in ended.out
    assert "Geen periode merkt iets van: het stroomnet 50 jaar later" in ended.out


@pytest.mark.nightly
def test_a_design_without_a_plan_is_told_with_what_is_missing(write_kilns: Callable[..., Path], run: Run) -> None:
    """5 MW for the hub in a grid without room; where it is left open there is a plan, so that the code is 0."""
    region = write_kilns(**no_room())
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--out", "compared")
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[1] == "  forced: there is no plan with it"
    assert lines[2].startswith("    Without ")
    assert "5 MW more" in "".join(lines[2:6])
    table = pd.read_csv("compared/designs.csv").set_index("presence")
    assert table.loc["forced", ["status", "without", "finding"]].tolist() == ["infeasible", "optimal", "no_plan"]
    assert table.loc["forced", "told"] == " ".join(line.strip() for line in lines[2 : lines.index(OPTIONAL)])


@pytest.mark.nightly
def test_what_is_missing_is_told_in_dutch(write_kilns: Callable[..., Path], run: Run) -> None:
    """As in English."""
    region = write_kilns(**no_room())
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--language", "nl", "--no-coalitions")
    assert "  verplicht: met dit ontwerp is er geen plan\n    Zonder " in ended.out


OPTIONAL = "  optional: makes no difference that is proven: between 0 and 0 M EUR is saved"


@pytest.mark.nightly
def test_where_no_design_has_a_plan_the_code_is_1(write_kilns: Callable[..., Path], run: Run) -> None:
    """All kilns have to move, for which the design forbids every pipe."""
    text = 'name = "none"\nforbidden_links = ["pipe-a", "pipe-b"]\n[[hub]]\nhub = "harbour"\noption = "electrolysis"\n'
    region = write_kilns(
        targets="scope,period,cap\nall,2030,4",
        sources="node,carrier,period,capacity,price\nport,hydrogen,2030,100,30\nport,hydrogen,2032,100,30",
    )
    design_file(Path(), f"{text}first_year = 2030\n", "none")
    ended = run("hub", "compare", region, "none.toml", *ONE_WORLD, "--no-coalitions")
    assert ended.code == 1, ended.out + ended.err
    assert ended.out.count("there is no plan with it\n    ") == 2
    assert "What changes of" not in ended.out


@pytest.mark.nightly
def test_without_a_plan_to_compare_with_the_code_is_1(write_kilns: Callable[..., Path], run: Run) -> None:
    """What is missing is told; of JSON there is none."""
    region = write_kilns(targets="scope,period,cap\nall,2030,0")
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD)
    assert ended.code == 1
    assert "without the designs there is no plan to compare with: " in ended.err
    # All kilns stay on gas, with 3 x 4 kt a year, though the hub would be there.
    assert ended.out == (
        "Without 12 kt/yr more emissions in 2030 (target of all sites: 0 kt/yr) there is no plan, if all else stays as "
        "it is.\n"
    )
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--json")
    assert (ended.code, ended.out) == (1, "")


@pytest.mark.nightly
def test_machines_get_json(write_kilns: Callable[..., Path], run: Run) -> None:
    """The tables, and what they are of; nothing else on standard output."""
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD, "--json", "--quiet")
    found = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert (found["instance"], found["scenario"], found["stopped"]) == ("small", None, False)
    assert found["no_difference"] == [{"late": "grid", "years": 50}, {"late": "networks", "years": 50}]
    assert [(row["presence"], row["finding"]) for row in found["designs"]] == [
        ("forced", "saves"),
        ("optional", "saves"),
    ]
    # One kiln pays 0.7 too much; two save 0.1, whoever is left out; three 0.9.
    saved = {row["sites"]: (row["finding"], pytest.approx(row["saves_low"], abs=1e-3)) for row in found["coalitions"]}
    assert saved["a"] == ("costs", -0.7)
    assert saved["a b c"] == ("saves", 0.9)
    assert {row["without"] for row in found["coalitions"]} == {"", "a", "b", "c"}


@pytest.mark.nightly
def test_tables_and_plans_are_written(write_kilns: Callable[..., Path], run: Run) -> None:
    """Both plans can be shown; a second time nothing is replaced unless that is asked, and other files stay."""
    region = write_kilns()
    words = ("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--no-coalitions", "--quiet", "--out", "compared")
    assert run(*words).code == 0
    tables = ("designs", "by_term", "by_period", "by_area", "users", "late_users", "coalitions")
    asked_for = {"payers.csv", "in_core.csv", "designs"}  # the first two are empty without --payers
    assert {path.name for path in Path("compared").iterdir()} == {
        *(f"{name}.csv" for name in tables),
        "plans",
    } | asked_for
    for name in ("without", "harbour"):
        assert run("show", f"compared/plans/{name}").code == 0
    assert pd.read_csv("compared/users.csv")["site"].tolist() == ["a", "b", "c"]
    Path("compared/mine.txt").write_text("mine", encoding="utf-8")
    refused = run(*words)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "compared is there already; --overwrite replaces it, --out DIR writes elsewhere\n"
    assert run(*words, "--overwrite").code == 0
    assert Path("compared/mine.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seconds", "0"), "--seconds is 0; allowed: more than 0 seconds\n"),
        (("--years-late", "0"), "years-late"),
        (("--workers", "0"), "workers"),
        (("--scenario", "late"), "no scenario is called 'late'"),
        (("--out", "region", "--overwrite"), "region holds no comparison of hub designs, so it stays"),
        (("missing.toml",), "missing.toml: cannot be read: No such file or directory"),
        (("region",), "region: is a folder; allowed: a file"),
        (("harbour.toml",), "harbour.toml: is given twice; allowed: once"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_solved(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    """Exit code 2, and not a word on standard output."""
    monkeypatch.setattr(compare, "solve", None)
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *words)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


@pytest.mark.nightly
def test_every_problem_of_a_design_is_told_where_it_is_asked_for(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 23 links that are not there 20 are told, and how to see the other three; with --all every one.

    Those that differ in a number alone are not put together: a text file has no rows to name.
    """
    monkeypatch.setattr(compare, "solve", None)
    unknown = [f"no-{number:02}" for number in range(23)]
    opened = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    file = design_file(Path(), f'name = "many"\nforbidden_links = {unknown}\n{opened}', "many")
    allowed = "allowed: a candidate link of the instance"
    told = [f"  many.toml: key 'forbidden_links' has '{link}'; {allowed}" for link in unknown]
    head = "23 problems in the input:"
    region = write_kilns()
    cut = run("hub", "compare", region, file)
    assert (cut.code, cut.out) == (2, "")
    assert cut.err.splitlines() == [head, *told[:20], "  many.toml: and 3 more (all of them: --all)"]
    assert run("hub", "compare", region, file, "--all").err.splitlines() == [head, *told]


@pytest.mark.nightly
def test_an_instance_that_is_not_planned_for_least_cost_is_refused(write_kilns: Callable[..., Path], run: Run) -> None:
    """What designs save is money."""
    region = write_kilns()
    settings = (region / "instance.toml").read_text(encoding="utf-8")
    (region / "instance.toml").write_text(settings.replace('objective = "cost"', 'objective = "emissions"'), "utf-8")
    ended = run("hub", "compare", region, "harbour.toml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "the objective of small is emissions; allowed for what designs save: cost\n"


@pytest.mark.nightly
def test_a_workbook_is_compared_like_a_folder(write_kilns: Callable[..., Path], run: Run) -> None:
    """And a design can be made for it."""
    assert run("export", "excel", write_kilns(), "--out", "region.xlsx").code == 0
    assert run("hub", "new", "region.xlsx", "--out", "mine.toml").code == 0
    ended = run("hub", "compare", "region.xlsx", "harbour.toml", *ONE_WORLD, "--no-coalitions")
    assert (ended.code, ended.out.splitlines()[1]) == (0, "  forced: saves 0.9 M EUR")


@pytest.mark.nightly
@pytest.mark.parametrize(("plans", "code"), [(1, 130), (2, 0)])
def test_ctrl_c_tells_what_is_known(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch, plans: int, code: int
) -> None:
    """Pressed after the plan without a design there is nothing to tell; after the next, the rest is left out."""
    region, solved, solve = write_kilns(), [], compare.solve

    def pressed(*given: Any, **options: Any) -> Any:
        if len(solved) == plans:
            signal.raise_signal(signal.SIGINT)
        solved.append(given)
        return solve(*given, **options)

    monkeypatch.setattr(compare, "solve", pressed)
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--out", "compared")
    assert ended.code == code, ended.err
    assert Path("compared").exists() == (code == 0)
    if code == 0:
        assert "Stopped: this is what is known from 2 plans." in ended.err
        assert "  optional: saves 0.9 M EUR" in ended.out  # which comes first: its bound holds for the forced one
        assert "  forced" not in ended.out


@pytest.mark.parametrize("faulty", [2, 3])
def test_a_fault_takes_its_own_plan_alone(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch, faulty: int
) -> None:
    """Of three plans the second, optional, or the third, forced: the other is told and written, and so is the fault."""
    region, count, solve = write_kilns(), itertools.count(1), compare.solve

    def solved(*given: Any, **options: Any) -> Any:
        if next(count) == faulty:
            raise FaultError("a row is broken")
        return solve(*given, **options)

    monkeypatch.setattr(compare, "solve", solved)
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--no-coalitions", "--out", "compared")
    lost, kept = ("optional", "forced") if faulty == 2 else ("forced", "optional")
    assert ended.code == 3
    assert f"A fault of routeplan took the plan harbour, {lost}: a row is broken" in ended.err
    assert f"  {kept}: saves 0.9 M EUR" in ended.out
    assert f"  {lost}:" not in ended.out
    assert pd.read_csv("compared/designs.csv")["presence"].tolist() == [kept]
    assert run("report", "compared").code == 0


def test_a_fault_takes_its_own_group_alone(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three plans and that of nobody, the fifth is of the first group: the others are told."""
    region, count, solve = write_kilns(), itertools.count(1), compare.solve

    def solved(*given: Any, **options: Any) -> Any:
        if next(count) == 5:
            raise FaultError("a row is broken")
        return solve(*given, **options)

    monkeypatch.setattr(compare, "solve", solved)
    ended = run("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--payers", "--language", "nl")
    assert ended.code == 3
    assert re.search(r"ontbreekt het plan van een groep \(\S+\): a row is broken", ended.err)
    assert "Wie voor harbour betaalt, is niet bekend" in ended.err
    assert "  verplicht: bespaart 0,9" in ended.out


@pytest.mark.nightly
@pytest.mark.parametrize("presses", [False, True])
def test_all_that_a_dutch_reader_sees_is_dutch(
    write_kilns: Callable[..., Path],
    planned_at_once: None,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    presses: bool,
) -> None:
    """Progress, and where the tables are; after Ctrl-C, before groups are planned, what is not known and why."""
    if presses:
        monkeypatch.setattr("routeplan.cli.savings_of_users", pressed_before(cli.savings_of_users))
    words = (*ONE_WORLD, "--payers", "--out", "compared", "--language", "nl")
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *words)
    plans = ["zonder ontwerp", "harbour, naar keuze", "harbour, verplicht"]
    assert ended.code == 0, ended.err
    assert ended.err.splitlines() == [
        *(f"{number} van 3 plannen: {plan}" for number, plan in enumerate(plans, 1)),
        *(
            [
                "Wie voor harbour betaalt, is niet bekend: "
                "de groep a, b, c was niet gepland toen de berekening stopte.",
                "Gestopt: dit is wat bekend is uit 3 plannen.",
            ]
            if presses
            else [f"{number} van 7 groepen deelnemers" for number in range(1, 8)]
        ),
    ]
    assert ended.out.splitlines()[-1] == "De tabellen staan in compared"


@pytest.fixture
def planned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans are made in this process, without the search beside it: they are small."""
    monkeypatch.setattr(compare, "solve", lambda instance, **options: best(instance))


@pytest.mark.nightly
def test_ctrl_c_after_the_last_plan_loses_nothing(
    write_kilns: Callable[..., Path], planned_at_once: None, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed again and again while tables are made and written: all is handed over, and it is said where."""
    region = write_kilns()
    for step in ("hub_tables", "write_comparison"):
        monkeypatch.setattr(routeplan, step, pressed_before(getattr(routeplan, step)))
    words = ("hub", "compare", region, "harbour.toml", *ONE_WORLD, "--no-coalitions", "--out", "compared")
    ended = run(*words)
    assert (ended.code, "Stopped" in ended.err) == (0, False)
    assert "  forced: saves 0.9 M EUR" in ended.out
    assert ended.out.endswith("The tables are in compared\n")
    assert pd.read_csv("compared/designs.csv")["finding"].tolist() == ["saves", "saves"]


def pressed_before(step: Callable[..., Any]) -> Callable[..., Any]:
    """Press Ctrl-C before a step."""

    def pressed(*given: Any, **options: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return step(*given, **options)

    return pressed


MARKS = re.compile(r"^# (?=\[\[|\w+ = )", re.MULTILINE)
"""Marks of the lines of a blank design that can count."""


@pytest.mark.nightly
def test_a_blank_design_is_filled_in_by_taking_its_marks_away(write_kilns: Callable[..., Path], run: Run) -> None:
    """As it is written it has nothing; without its marks it opens the hub, for sites that can use it."""
    region = write_kilns()
    ended = run("hub", "new", region)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "A design to fill in is my-hub.toml; then: routeplan hub compare region my-hub.toml\n"
    blank = Path("my-hub.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(blank)) == {"name", "title", "title_nl", "public_share"}
    refused = run("hub", "compare", region, "my-hub.toml")
    assert refused.code == 2
    assert "it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them" in refused.err
    Path("my-hub.toml").write_text(MARKS.sub("", blank), encoding="utf-8")
    (design,) = routeplan.read_designs([Path("my-hub.toml")], routeplan.read(region))
    assert [(each.hub, each.option, each.first_year) for each in design.hubs] == [("harbour", "electrolysis", 2030)]
    assert design.members == ("a", "b")
    assert [each.sites for each in design.contracts] == [("a", "b", "c")]
    ended = run("hub", "compare", region, "my-hub.toml", *ONE_WORLD, "--no-coalitions")
    assert (ended.code, ended.out.splitlines()[:2]) == (0, ["My hub", "  forced: saves 0.1 M EUR"])


@pytest.mark.nightly
def test_designs_in_a_workbook_are_compared(write_kilns: Callable[..., Path], run: Run) -> None:
    """One is written to fill in, with Dutch headings; filled in, it stands beside a file."""
    region = write_kilns()
    ended = run("hub", "new", region, "--out", "mijn-hub.xlsx", "--language", "nl")
    assert (ended.code, ended.err) == (0, "")
    assert (
        ended.out
        == "Een ontwerp om in te vullen is mijn-hub.xlsx; daarna: routeplan hub compare region mijn-hub.xlsx\n"
    )
    book = openpyxl.load_workbook("mijn-hub.xlsx")
    book["ontwerp_hubs"].append(["my-hub", "harbour", "electrolysis", 2030])
    book.save("mijn-hub.xlsx")
    ended = run("hub", "compare", region, "mijn-hub.xlsx", "harbour.toml", *ONE_WORLD, "--no-coalitions")
    assert ended.code == 0, ended.err
    assert [line for line in ended.out.splitlines() if "forced" in line or line in ("My hub", "harbour")] == [
        "My hub",
        "  forced: saves 0.9 M EUR",
        "harbour",
        "  forced: saves 0.9 M EUR",
    ]


@pytest.mark.some(1)
@pytest.mark.parametrize("example", ["tiny", "achterhoek"])
def test_blank_designs_of_the_examples_fit_them(example: str, tmp_path: Path, run: Run) -> None:
    """Hubs, links, members and contracts that are proposed are possible together."""
    folder, file = Path(__file__).parents[2] / "instances" / example, tmp_path / "blank.toml"
    assert run("hub", "new", folder, "--out", file).code == 0
    file.write_text(MARKS.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    (design,) = routeplan.read_designs([file], routeplan.read(folder))
    assert design.hubs
    assert design.contracts


def test_a_region_without_anything_to_share_is_told_so(town: Path, run: Run) -> None:
    """Two sites below one station can share a contract, and there is no hub and no link."""
    assert run("hub", "new", town).code == 0
    text = Path("my-hub.toml").read_text(encoding="utf-8")
    assert '# sites = ["bakery", "brickworks"]' in text
    assert "[[hub]]" not in text
    assert "[[link]]" not in text


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("harbour.toml", "harbour.toml is there already; allowed: a new name\n"),
        ("region", "region is no file; allowed for --out: the name of a file\n"),
        (
            "missing/folder/design.toml",
            "there is no folder missing/folder; allowed for --out: a file in a folder that is there\n",
        ),
        (
            "missing/design.xlsx",
            "there is no folder missing; allowed for --out: a file in a folder that is there\n",
        ),
        (
            "design.csv",
            "design.csv does not end in .toml or .xlsx; allowed for --out: the name of a TOML file or a workbook\n",
        ),
    ],
)
def test_a_blank_design_takes_no_others_place(
    write_kilns: Callable[..., Path], run: Run, place: str, said: str
) -> None:
    """Refused before the instance is read, and what is there stays."""
    region, before = write_kilns(), Path("harbour.toml").read_bytes()
    ended = run("hub", "new", region, "--out", place)
    assert (ended.code, ended.out, ended.err) == (2, "", said)
    assert Path("harbour.toml").read_bytes() == before


@pytest.mark.nightly
@pytest.mark.parametrize("words", [("hub", "new"), ("hub", "compare")])
def test_a_result_is_refused(
    write_kilns: Callable[..., Path], planned: Callable[..., Path], run: Run, words: tuple[str, ...]
) -> None:
    """It is told to be one."""
    planned(write_kilns(), out="plan")
    ended = run(*words, "plan", *(("harbour.toml",) if words[1] == "compare" else ()))
    assert (ended.code, ended.out, ended.err) == (2, "", "plan is a result; its instance is plan/instance\n")


@pytest.mark.nightly
def test_who_pays_is_told_on_screen_page_and_in_excel(write_kilns: Callable[..., Path], run: Run) -> None:
    """Each kiln gains 3.2 and pays 2.9; a group of all is better off than any other."""
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD, "--payers", "--out", "compared")
    assert ended.code == 0, ended.err
    assert re.search(r"^Kiln a +\+3\.2 +\+2\.9", ended.out, re.MULTILINE)
    assert "Pays by the Shapley value: no group of members is better off alone." in ended.out
    assert run("report", "compared", "--out", "hubs.html", "--language", "nl").code == 0
    assert "Betaalt volgens de Shapley-waarde" in Path("hubs.html").read_text(encoding="utf-8")
    assert run("export", "excel", "compared", "--out", "hubs.xlsx").code == 0
    assert Path("hubs.xlsx").is_file()
    ended = run("export", "excel", "compared", "--member", "a")
    assert (ended.code, ended.out) == (0, "compared is in compared-a.xlsx\n")
    assert openpyxl.load_workbook("compared-a.xlsx").sheetnames == ["Kiln a"]


@pytest.mark.nightly
def test_where_nothing_saves_no_folder_is_made(write_kilns: Callable[..., Path], run: Run) -> None:
    """And none is told of; the progress of the solve is in the readers' language too."""
    write_kilns()
    routeplan.write(kilns(5.0), "dear")
    ended = run("hub", "suggest", "dear", "--out", "suggested", "--language", "nl")
    assert (ended.code, ended.out) == (0, "Van niets dat is geprobeerd is bewezen dat het iets bespaart.\n")
    assert "het model opbouwen" in ended.err and "the model" not in ended.err
    assert not Path("suggested").exists()


def test_designs_are_suggested_beside_a_plan(write_kilns: Callable[..., Path], run: Run) -> None:
    """The hub pays, so that the plan has it: it comes first, as a design that compares."""
    region = write_kilns()
    assert run("solve", region, "--quiet", "--out", "plan").code == 0
    ended = run("hub", "suggest", "plan", "--out", "suggested")
    assert ended.code == 0, ended.err
    # 3 x 0.8 less the hub, 1.5
    assert (
        ended.out.splitlines()[0]
        == "port: electrolysis: saves 0.9 M EUR, all else being as planned (in the plan already)"
    )
    assert ended.err.splitlines()[-1].endswith(" designs tried")
    dutch = run("hub", "suggest", "plan", "--language", "nl")
    assert dutch.out.splitlines()[-1] == "De ontwerpen als bestanden: --out MAP"
    assert dutch.err.splitlines()[-1].endswith(" ontwerpen geprobeerd")
    (design,) = Path("suggested").glob("*.toml")
    assert run("hub", "compare", region, design, *ONE_WORLD, "--quiet", "--no-coalitions").code == 0
    refused = run("hub", "suggest", "plan", "--out", "suggested")
    assert (refused.code, "suggested" in refused.err) == (2, True)


@pytest.mark.nightly
def test_who_pays_of_many_is_told_with_its_error(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if three kilns were too many to plan every group of them: their parts are estimated, and all stay."""
    monkeypatch.setattr("routeplan.cli.hub_tables.MOST_PLAYERS", 2)
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD, "--payers", "--out", "compared")
    assert ended.code == 0, ended.err
    assert "groups of members" in ended.err
    assert re.search(r"^Kiln a +\+3\.2 +\+2\.9 .*± 0\.0\d", ended.out, re.MULTILINE)
    assert "its standard error stands behind ±" in ended.out
    assert "Pays by the nucleolus: no group of members is better off alone." in ended.out
    assert pd.read_csv("compared/payers.csv")["shapley_error"].gt(0.0).all()
    assert run("report", "compared", "--out", "hubs.html", "--language", "nl").code == 0
    assert "achter ± staat de standaardfout" in Path("hubs.html").read_text(encoding="utf-8")


@pytest.mark.nightly
def test_why_it_is_not_told_who_pays_is_said(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sites share a contract in the design, and are too many to plan every group of them; all else is told."""
    monkeypatch.setattr("routeplan.cli.hub_tables.MOST_PLAYERS", 2)
    opened = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
    design_file(Path(), f'name = "harbour"\n{opened}[[contract]]\ncontract = "own"\nsites = ["a", "b"]\n')
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD, "--payers")
    assert ended.code == 0, ended.err
    assert "Who pays for harbour is not told: of the 3 members of harbour not every group can be planned" in ended.err
    assert "Who pays" not in ended.out


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_planned(
    write_kilns: Callable[..., Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is planned for minutes must not be lost."""
    Path("afile").write_text("mine")
    monkeypatch.setattr(compare, "solve", lambda *given, **options: pytest.fail("it was planned"))
    ended = run("hub", "compare", write_kilns(), "harbour.toml", *ONE_WORLD, "--out", "afile/compared")
    assert (ended.code, "afile" in ended.err, Path("afile").read_text()) == (2, True, "mine")
