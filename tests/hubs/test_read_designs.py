"""What is wrong with a file of a hub design is told all at once: with the file, what is wrong and what is allowed."""

from pathlib import Path

import pytest

from kilns import design_file, kilns
from routeplan.errors import DataError, Problem
from routeplan.hubs import fit_tables
from routeplan.hubs.design import BuiltLink, Design, OpenedHub, SharedContract
from routeplan.hubs.read import read_designs
from routeplan.instance.instance import Instance
from small import with_rows

NAMED = 'name = "harbour"\n'
OPEN = '[[hub]]\nhub = "harbour"\noption = "electrolysis"\nfirst_year = 2030\n'
NAMES = "up to 60 letters, digits, '-', '_', '+' and '.', a letter or digit first, and not 'without'"

QUAY = {
    "hub": '"quay"',
    "option": '"import"',
    "first_year": "2030",
    "node": '"port"',
    "area": '"town"',
    "carrier": '"hydrogen"',
    "capex": "1.0",
    "capacity": "100",
    "price": "30",
    "electricity": "0",
    "firm_capacity": "0",
    "flexible_capacity": "0",
    "lifetime": "4",
}
"""A hub that the instance does not have."""


def quay(**changed: str) -> str:
    """A design with a hub of its own, some of whose keys hold something else; empty: left out."""
    return NAMED + "[[hub]]\n" + "".join(f"{key} = {value}\n" for key, value in (QUAY | changed).items() if value)


def told(files: list[Path], instance: Instance) -> list[str]:
    """Every problem in the order of the alphabet, the files by their names."""
    with pytest.raises(DataError) as refused:
        read_designs(files, instance)
    folder = f"{files[0].parent}/"
    return sorted(str(problem).replace(folder, "") for problem in refused.value.problems)


def refused(tmp_path: Path, text: str, instance: Instance | None = None) -> list[str]:
    """Every problem of one design, without the name of its file, which begins each."""
    problems = told([design_file(tmp_path, text)], instance or kilns(1.5))
    assert all(problem.startswith("harbour.toml: ") for problem in problems)
    return [problem.removeprefix("harbour.toml: ") for problem in problems]


def test_a_design_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Every key, and what a key that is missing stands for."""
    instance = kilns(1.5)
    text = f"""
        name = "all-of-it"
        title = "All of it"
        title_nl = "Alles"
        members = ["a", "b"]
        public_share = 0.25
        forbidden_links = ["pipe-c"]
        {OPEN}
        [[link]]
        link = "pipe-a"
        size = "thin"
        first_year = 2032
        [[contract]]
        contract = "together"
        sites = ["a", "c"]
    """
    full, plain = read_designs([design_file(tmp_path, text, "full"), design_file(tmp_path)], instance)
    assert full == Design(
        "all-of-it",
        "All of it",
        "Alles",
        hubs=(OpenedHub("harbour", "electrolysis", 2030),),
        links=(BuiltLink("pipe-a", "thin", 2032),),
        forbidden=("pipe-c",),
        contracts=(SharedContract("together", ("a", "c")),),
        members=("a", "b"),
        public_share=0.25,
    )
    assert plain == Design("harbour", hubs=(OpenedHub("harbour", "electrolysis", 2030),))
    assert (full.first_year, plain.members) == (2030, None)


@pytest.mark.some(14)
@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [f"key 'name' is missing; allowed: {NAMES}"]),
        (NAMED, ["it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them"]),
        (
            NAMED + 'titel = "x"\n' + OPEN,
            [
                "key 'titel' is unknown (did you mean 'title'?); allowed: name, title, title_nl, members, "
                "public_share, forbidden_links, hub, link, contract"
            ],
        ),
        (
            NAMED + '[[link]]\nlink = "pipe-a"\nsize = "thin"\nyear = 2030\n',
            [
                "link 1: key 'year' is unknown; allowed: link, size, first_year",
                "link 1: key 'first_year' is missing; allowed: a year",
            ],
        ),
        *(
            (f"name = {name}\n{OPEN}", [f"key 'name' is {shown}; allowed: {NAMES}"])
            for name, shown in {
                '"my hub"': "my hub",
                '""': "empty",
                '" "': "blank",
                '".."': "..",
                '"a/b"': "a/b",
                '"end."': "end.",
                '"Without"': "Without",
                "3": "3",
                "true": "true",
                "1979-05-27": "1979-05-27",
                f'"{"n" * 61}"': "n" * 60 + "...",
                "[1, [2]]": "[1, [2]]",
                "{a = 1}": "a group of keys",
            }.items()
        ),
        (
            NAMED + 'title = 3\ntitle_nl = "a\\nb"\npublic_share = 1.1\nmembers = "a"\nforbidden_links = [1]\n' + OPEN,
            [
                "key 'title' is 3; allowed: text on one line",
                "key 'title_nl' is a b; allowed: text on one line",
                "key 'public_share' is 1.1; allowed: a number, 0 to 1",
                "key 'forbidden_links' is [1]; allowed: a list of ids",
                "key 'members' is a; allowed: a list of ids of sites; without it all may join",
            ],
        ),
        (
            NAMED + "members = []\npublic_share = nan\n" + OPEN,
            [
                "key 'public_share' is nan; allowed: a number, 0 to 1",
                "key 'members' is []; allowed: a list of ids of sites; without it all may join",
            ],
        ),
        (
            NAMED + 'members = ["a", "b", "a"]\n' + OPEN,
            ["key 'members' is [a, b, a]; allowed: each once"],
        ),
        (
            NAMED + '"a\\nb" = 2\ntitle = "a\\u202Eb"\n' + OPEN,
            [
                "key 'a\\nb' is unknown; allowed: name, title, title_nl, members, public_share, forbidden_links, hub, "
                "link, contract",
                "key 'title' is 'a\\u202eb'; allowed: text on one line",
            ],
        ),
        (
            NAMED + 'hub = "harbour"\nlink = 3\ncontract = ["together"]\n',
            [
                "'hub' is no list; allowed: entries that begin with [[hub]]",
                "'link' is no list; allowed: entries that begin with [[link]]",
                "'contract' is no list; allowed: entries that begin with [[contract]]",
            ],
        ),
        (
            NAMED + '[[hub]]\nhub = 3\n[[contract]]\ncontract = ""\nsites = ["a"]\n',
            [
                "hub 1: key 'hub' is 3; allowed: an id",
                "hub 1: key 'option' is missing; allowed: an id",
                "hub 1: key 'first_year' is missing; allowed: a year",
                "contract 1: key 'contract' is empty; allowed: an id",
                "contract 1: key 'sites' is [a]; allowed: a list of two sites or more, each once",
            ],
        ),
        *(
            (
                NAMED + OPEN.replace("2030", year),
                [f"hub 1: key 'first_year' is {shown}; allowed: a year"],
            )
            for year, shown in {
                "2030.0": "2030.0",
                "true": "true",
                '"2030"': "2030",
                "2030-01-01": "2030-01-01",
                "inf": "inf",
            }.items()
        ),
        (
            NAMED + '[[contract]]\ncontract = "both"\nsites = ["a", "a"]\n',
            ["contract 1: key 'sites' is [a, a]; allowed: a list of two sites or more, each once"],
        ),
    ],
)
def test_what_is_wrong_with_the_form_is_told(tmp_path: Path, text: str, problems: list[str]) -> None:
    """Keys, types and names."""
    file = tmp_path / "harbour.toml"
    file.write_text(text, encoding="utf-8")
    assert told([file], kilns(1.5)) == sorted(f"harbour.toml: {problem}" for problem in problems)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            quay(capex="", lifetime=""),
            [
                f"hub 1: key '{key}' is missing; allowed: every column of the table hubs, for one that the instance "
                "does not have"
                for key in ("capex", "lifetime")
            ],
        ),
        (
            quay(
                capex="nan", capacity='"100"', price="true", electricity="1979-05-27", firm_capacity="[1]", node="1.0"
            ),
            [
                "hub 1: key 'node' is 1.0; allowed: an id listed in nodes.csv",
                "hub 1: key 'capex' is nan; allowed: 0 M EUR or more, at most 1e+09",
                "hub 1: key 'capacity' is 100; allowed: 0 or more (GWh/yr (hydrogen) or kt/yr (CO2)), at most 1e+09",
                "hub 1: key 'price' is true; allowed: 0 or more (EUR/MWh (hydrogen) or EUR/t (CO2)), at most 1e+09",
                "hub 1: key 'electricity' is 1979-05-27; allowed: 0 or more (GWh per GWh (hydrogen) or per kt (CO2)), "
                "at most 1e+09",
                "hub 1: key 'firm_capacity' is [1]; allowed: 0 MW or more, at most 1e+09",
            ],
        ),
        (
            quay(capex="1e300", lifetime="4.5", area="{x = 1}", flexible_capacity="1" + "0" * 4000),
            [
                "hub 1: key 'area' is a group of keys; allowed: an id listed in areas.csv",
                "hub 1: key 'capex' is 1e+300; allowed: 0 M EUR or more, at most 1e+09",
                "hub 1: key 'flexible_capacity' is a number beyond 1e+09; allowed: 0 MW or more, at most 1e+09",
                "hub 1: key 'lifetime' is 4.5; allowed: 1 yr or more, whole, at most 1e+09",
            ],
        ),
        (
            quay(capex="-1", node='"prt"', carrier='"hydrogn"', hub='"the quay"'),
            [
                "hub 1: key 'hub' is the quay; allowed: an id without spaces, not 'all'",
                "hub 1: key 'node' is prt; allowed: an id listed in nodes.csv; did you mean port?",
                "hub 1: key 'carrier' is hydrogn; allowed: hydrogen or co2 (did you mean 'hydrogen'?)",
                "hub 1: key 'capex' is -1.0; allowed: 0 M EUR or more",
            ],
        ),
        (
            quay(hub='"harbour"', option='"electrolysis"'),
            [
                "hub 'harbour', option 'electrolysis' is in the instance; allowed: hub, option and first_year alone, "
                "or all columns with another id"
            ],
        ),
    ],
)
def test_a_hub_of_its_own_obeys_the_rules_of_its_table(tmp_path: Path, text: str, problems: list[str]) -> None:
    """Each cell is of the kind of its column before the rules of the tables are asked."""
    assert refused(tmp_path, text) == sorted(problems)


CONTRACT = '[[contract]]\ncontract = "{}"\nsites = [{}]\n'
LINK = '[[link]]\nlink = "{}"\nsize = "{}"\nfirst_year = {}\n'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            'members = ["a", "d"]\nforbidden_links = ["pipe-aa", "pipe-a"]\n' + OPEN.replace("harbour", "harbor"),
            [
                "key 'members' has 'd'; allowed: a site of the instance",
                "key 'forbidden_links' has 'pipe-aa' (did you mean 'pipe-a'?); allowed: a candidate link of the "
                "instance",
                "hub 'harbor', option 'electrolysis' (did you mean 'harbour electrolysis'?) is no row of hubs; "
                "allowed: one of the instance: harbour electrolysis; or all its columns",
            ],
        ),
        (
            OPEN.replace("electrolysis", "import"),
            [
                "hub 'harbour', option 'import' is no row of hubs; allowed: one of the instance: harbour electrolysis; "
                "or all its columns"
            ],
        ),
        (
            OPEN.replace("2030", "2029")
            + LINK.format("pipe-a", "thin", 2033)
            + LINK.format("pipe-b", "thin", -(10**30)),
            [
                "hub 'harbour', option 'electrolysis': key 'first_year' is 2029; allowed: 2030 to 2032",
                "link 'pipe-a': key 'first_year' is 2033; allowed: 2030 to 2032",
                "link 'pipe-b': key 'first_year' is beyond 1e+09; allowed: 2030 to 2032",
            ],
        ),
        (
            'forbidden_links = ["pipe-a"]\n'
            + LINK.format("pipe-a", "thick", 2030)
            + LINK.format("pipe-aa", "thin", 2030)
            + LINK.format("backbone", "thin", 2030),
            [
                "link 'pipe-a' is built and forbidden; allowed: one of the two",
                "link 'pipe-a': key 'size' is 'thick'; allowed: thin",
                "link 'pipe-aa' is not there (did you mean 'pipe-a'?); allowed: a candidate link of the instance",
                "link 'backbone' is planned already; allowed: a candidate link of the instance",
            ],
        ),
        (
            OPEN + OPEN + 2 * CONTRACT.format("both", '"a", "b"'),
            [
                "hub 'harbour', option 'electrolysis' is given 2 times; allowed: once",
                "contract 'both' is given 2 times; allowed: once",
                "contract 'both': a is in several contracts of the design; allowed: in one",
                "contract 'both': b is in several contracts of the design; allowed: in one",
            ],
        ),
        (
            CONTRACT.format("a", '"b", "c"') + CONTRACT.format("own", '"a", "d"'),
            [
                "contract 'a' is that of a site outside it; allowed: an id of its own, or that of one of its sites",
                "key 'sites' has 'd'; allowed: a site of the instance",
            ],
        ),
        (
            'members = ["a"]\n' + CONTRACT.format("both", '"a", "b"'),
            [
                "key 'members' is given, and there is no [[hub]] or [[link]] to join; allowed: [[contract]] alone, "
                "whose sites share it"
            ],
        ),
        (
            CONTRACT.format("a b", '"a", "b"'),
            [
                "contract 1: key 'contract' is a b; allowed: an id without spaces, not 'all'",
            ],
        ),
    ],
)
def test_what_the_instance_does_not_have_is_told(tmp_path: Path, text: str, problems: list[str]) -> None:
    """With the name that was meant, and what there is."""
    links = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
    pipes = "\n".join(f"pipe-{each},hydrogen,port,{each},pipe,candidate,10,,,0,0" for each in "abc")
    instance = kilns(1.5, links=f"{links}{pipes}\nbackbone,hydrogen,port,a,pipe,planned,10,2030,5,0,0")
    assert refused(tmp_path, NAMED + text, instance) == sorted(problems)


LINKS = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"


def piped(**tables: str) -> Instance:
    """Kilns of which a and c have a pipe to the port, and b has none."""
    pipes = "\n".join(f"pipe-{each},hydrogen,port,{each},pipe,candidate,10,,,0,0" for each in "ac")
    return kilns(1.5, **{"links": LINKS + pipes, **tables})


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    """An unknown hub, a decision, a rule of each table that a design makes, and a member that nothing leads to."""
    decided = "decision,item,choice,period,value\n" + "\n".join(f"built,pipe-c,thin,{at},1" for at in (2030, 2032))
    text = 'members = ["a", "b"]\nforbidden_links = ["pipe-c"]\n' + OPEN + OPEN.replace("harbour", "harbor")
    own = quay(capex="-1").removeprefix(NAMED)
    assert refused(tmp_path, NAMED + text + own + CONTRACT.format("x y", '"a", "b"'), piped(decided=decided)) == [
        "'pipe-c', 'thin' is decided to be there in 2030, 2032; allowed: what the instance leaves open",
        "contract 1: key 'contract' is x y; allowed: an id without spaces, not 'all'",
        "hub 'harbor', option 'electrolysis' (did you mean 'harbour electrolysis'?) is no row of hubs; allowed: one of "
        "the instance: harbour electrolysis; or all its columns",
        "hub 3: key 'capex' is -1.0; allowed: 0 M EUR or more",
        "member 'b' is out of reach; allowed: sites with a way to its hubs",
    ]


def test_a_broken_rule_that_no_entry_is_to_blame_for_is_told_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its table; what members can use is then not asked."""

    def broken(*given: object) -> Instance:
        raise DataError([Problem("links.csv", 3, "column 'mode' is cart; allowed: pipe", "mode")])

    monkeypatch.setattr(fit_tables, "with_designs", broken)
    assert refused(tmp_path, NAMED + 'members = ["b"]\n' + OPEN, piped()) == [
        "it makes links: column 'mode' is cart; allowed: pipe"
    ]


def test_a_contract_called_after_a_site_outside_it_is_refused_once(tmp_path: Path) -> None:
    """The rule of the table of sites is broken by both of its rows: c has contract own, and none may be called c."""
    sites = f"{SITES}a,,c,west,town,52.0,6.1,0,\nb,,c,west,town,52.1,6.1,0,\nc,,c,west,town,52.2,6.1,0,own"
    assert refused(tmp_path, NAMED + CONTRACT.format("c", '"a", "b"'), kilns(1.5, sites=sites)) == [
        "contract 1: key 'contract' is c; allowed: an id that is not the id of a site outside the contract"
    ]


AFAR = {
    "nodes": with_rows("nodes", "node,carrier,lat,lon\nother,hydrogen,52.0,6.0"),
    "links": f"{LINKS}pipe-a,hydrogen,port,a,pipe,candidate,10,,,0,0\npipe-b,hydrogen,other,b,pipe,candidate,10,,,0,0",
}
"""Kiln b has a pipe to another node, at which there is no hub."""


@pytest.mark.some(4)
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (OPEN.replace("harbour", "harbor"), ["hub 'harbor', option 'electrolysis' (did you mean 'harbour elec"]),
        (OPEN.replace("2030", "2029"), ["hub 'harbour', option 'electrolysis': key 'first_year' is 2029"]),
        (OPEN.replace("2030", '"2030"'), ["hub 1: key 'first_year' is 2030"]),
        (quay(capex="-1").removeprefix(NAMED), ["hub 1: key 'capex' is -1.0"]),
        (LINK.format("pipe-aa", "thin", 2030), ["link 'pipe-aa' is not there"]),
        (LINK.format("pipe-a", "thin", 2032), ["'pipe-a', 'thin' is decided to be there in 2030"]),
        (f'forbidden_links = ["pipe-a"]\n{OPEN}', ["'pipe-a', 'thin' is decided to be there in 2030"]),
    ],
)
def test_what_only_follows_from_a_part_that_is_wrong_is_not_told(tmp_path: Path, text: str, wrong: list[str]) -> None:
    """Once that is right, kiln a may well have a way to it."""
    instance = kilns(1.5, **AFAR, decided="decision,item,choice,period,value\nbuilt,pipe-a,thin,2030,1")
    for members in ("", 'members = ["a"]\n'):
        found = refused(tmp_path, NAMED + members + text, instance)
        assert [problem[: len(start)] for problem, start in zip(found, wrong, strict=True)] == wrong


def test_a_hub_that_is_not_known_may_be_any_of_the_instance(tmp_path: Path) -> None:
    """Kiln b has a way to none of them; to a hub of its own that is wrong, it may have one."""
    text = NAMED + 'members = ["b"]\n' + OPEN.replace("harbour", "harbor")
    assert "member 'b' is out of reach; allowed: sites with a way to its hubs" in refused(
        tmp_path, text, kilns(1.5, **AFAR)
    )
    own = quay(node='"othr"').replace(NAMED, NAMED + 'members = ["b"]\n')
    assert refused(tmp_path, own, kilns(1.5, **AFAR)) == [
        "hub 1: key 'node' is othr; allowed: an id listed in nodes.csv; did you mean other?"
    ]


def test_members_of_links_have_their_way_over_them(tmp_path: Path) -> None:
    """Kiln b is served over the trunk from the port; kiln a by a pipe of its own, kiln c not at all."""
    instance = kilns(
        1.5,
        nodes=with_rows("nodes", "node,carrier,lat,lon\nhalf-way,hydrogen,52.0,6.0"),
        links=f"{LINKS}trunk,hydrogen,port,half-way,pipe,candidate,10,,,0,0\n"
        "pipe-a,hydrogen,port,a,pipe,candidate,10,,,0,0\npipe-b,hydrogen,half-way,b,pipe,candidate,10,,,0,0",
    )
    text = NAMED + 'members = ["a", "b", "c"]\n' + LINK.format("trunk", "thin", 2030)
    assert refused(tmp_path, text, instance) == [
        "member 'a' is out of reach; allowed: sites with a way over its links",
        "member 'c' is out of reach; allowed: sites with a way over its links",
    ]
    forbidding = NAMED + 'forbidden_links = ["pipe-a"]\nmembers = ["a", "b"]\n' + OPEN
    assert refused(tmp_path, forbidding + LINK.format("trunk", "thin", 2030), instance) == [
        "member 'a' is out of reach; allowed: sites with a way to its hubs or over its links"
    ]


def test_a_hub_of_the_instance_with_a_key_too_many_is_told_once(tmp_path: Path) -> None:
    """No other column of the table is asked for, nor what the key holds; nor where a key is no column at all."""
    assert refused(tmp_path, NAMED + OPEN + 'capex = "dear"\n') == [
        "hub 'harbour', option 'electrolysis' is in the instance; allowed: hub, option and first_year alone, or all "
        "columns with another id"
    ]
    assert refused(tmp_path, NAMED + OPEN.replace("first_year", "year")) == [
        "hub 1: key 'first_year' is missing; allowed: a year",
        "hub 1: key 'year' is unknown; allowed: hub, option, node, area, carrier, capex, fixed_cost, capacity, "
        "price, electricity, firm_capacity, flexible_capacity, lifetime, first_year, name, name_nl",
    ]


@pytest.mark.parametrize("name", ["con", "NUL", "Aux.toml", "prn.a.b", "com1", "lpt9.x"])
def test_names_that_windows_keeps_for_devices_are_refused(tmp_path: Path, name: str) -> None:
    """No folder is called so there, whatever the case and the ending."""
    assert refused(tmp_path, f'name = "{name}"\n{OPEN}') == [
        f"key 'name' is {name}; allowed: a name that Windows keeps for no device, as it does con, prn, aux, nul, com1 "
        "to com9 and lpt1 to lpt9"
    ]


@pytest.mark.parametrize("name", ["console", "com0", "com10", "null", "my.con"])
def test_names_that_only_begin_so_are_not(tmp_path: Path, name: str) -> None:
    """A device has its whole name, up to the first point."""
    assert [read.name for read in read_designs([design_file(tmp_path, f'name = "{name}"\n{OPEN}')], kilns(1.5))] == [
        name
    ]


SITES = "site,name,sector,region,area,lat,lon,spare_capacity,contract\n"
TWO_AREAS = "area,name,parent\nregion,,\ntown,,region\nvillage,,region"


def test_a_contract_is_of_one_station(tmp_path: Path) -> None:
    """It is told which site hangs where."""
    sites = f"{SITES}a,,c,west,town,52.0,6.1,0,\nb,,c,west,village,52.1,6.1,0,\nc,,c,west,town,52.2,6.1,0,"
    instance = kilns(1.5, sites=sites, areas=TWO_AREAS)
    assert refused(tmp_path, NAMED + CONTRACT.format("both", '"a", "b"'), instance) == [
        "contract 'both': its sites hang on several stations (a at town, b at village); allowed: one station"
    ]


def test_a_contract_that_is_shared_already_stays(tmp_path: Path) -> None:
    """Neither is one of its sites taken out of it, nor has another the same id."""
    sites = f"{SITES}a,,c,west,town,52.0,6.1,0,old\nb,,c,west,town,52.1,6.1,0,old\nc,,c,west,town,52.2,6.1,0,own"
    instance = kilns(1.5, sites=sites)
    assert refused(tmp_path, NAMED + CONTRACT.format("new", '"a", "c"'), instance) == [
        "contract 'new': a shares contract 'old'; allowed: sites with one of their own"
    ]
    assert refused(tmp_path, NAMED + CONTRACT.format("own", '"a", "b"'), instance) == [
        "contract 'own' is that of a site outside it; allowed: an id of its own, or that of one of its sites",
        "contract 'own': a shares contract 'old'; allowed: sites with one of their own",
        "contract 'own': b shares contract 'old'; allowed: sites with one of their own",
    ]


@pytest.mark.parametrize(
    ("decided", "first_year", "problem"),
    [
        (
            "open,harbour,electrolysis,2032,0",
            2030,
            "'harbour', 'electrolysis' is decided not to be there in 2032; allowed: what the instance leaves open",
        ),
        (
            "open,harbour,electrolysis,2030,1\nopen,harbour,electrolysis,2032,1",
            2032,
            "'harbour', 'electrolysis' is decided to be there in 2030; allowed: what the instance leaves open",
        ),
    ],
)
def test_what_is_decided_is_not_undone(tmp_path: Path, decided: str, first_year: int, problem: str) -> None:
    """Neither is what is closed opened, nor what is open closed."""
    instance = kilns(1.5, decided=f"decision,item,choice,period,value\n{decided}")
    assert refused(tmp_path, NAMED + OPEN.replace("2030", str(first_year)), instance) == [problem]


def test_a_link_that_is_decided_is_neither_built_nor_forbidden_against_that(tmp_path: Path) -> None:
    """Pipe a is not to be there, pipe b is; the design wants it the other way about."""
    rows = [f"built,pipe-{pipe},thin,{year},{value}" for pipe, value in (("a", 0), ("b", 1)) for year in (2030, 2032)]
    instance = kilns(1.5, decided="\n".join(["decision,item,choice,period,value", *rows]))
    text = NAMED + 'forbidden_links = ["pipe-b"]\n' + OPEN + LINK.format("pipe-a", "thin", 2032)
    assert refused(tmp_path, text, instance) == [
        "'pipe-a', 'thin' is decided not to be there in 2032; allowed: what the instance leaves open",
        "'pipe-b', 'thin' is decided to be there in 2030, 2032; allowed: what the instance leaves open",
    ]


def test_members_can_use_it(tmp_path: Path) -> None:
    """Of two members that cannot, one has no way to it, and the other nothing to use it for."""
    links = "link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
    options = "process,route,current,capex,gas,hydrogen,emissions\n"
    instance = kilns(
        1.5,
        links=f"{links}pipe-a,hydrogen,port,a,pipe,candidate,10,,,0,0\npipe-c,hydrogen,port,c,pipe,candidate,10,,,0,0",
        options=options
        + "\n".join(f"{kiln}.kiln,gas,1,0,20,0,4" for kiln in "abc")
        + "\na.kiln,burner,0,0.4,0,20,0\nb.kiln,burner,0,0.4,0,20,0",
    )
    assert refused(tmp_path, NAMED + 'members = ["a", "b", "c"]\n' + OPEN, instance) == [
        "member 'b' is out of reach; allowed: sites with a way to its hubs",
        "member 'c' has no route that needs hydrogen; allowed: sites that have one",
    ]


def test_a_hub_that_no_site_can_use_is_refused(tmp_path: Path) -> None:
    """No pipe leads anywhere, though a source elsewhere is in reach."""
    instance = kilns(
        1.5,
        nodes=with_rows("nodes", "node,carrier,lat,lon\nother,hydrogen,52.0,6.0"),
        sources="node,carrier,period,capacity,price\nother,hydrogen,2030,50,30\nother,hydrogen,2032,50,30",
        links="link,carrier,from,to,mode,status,length,first_year,capacity,variable_cost,one_way\n"
        "pipe,hydrogen,other,a,pipe,candidate,10,,,0,0",
    )
    assert refused(tmp_path, NAMED + OPEN, instance) == [
        "no site can use its hydrogen; allowed: a design that some site can use"
    ]


def test_a_hub_that_comes_after_the_plan_is_refused(tmp_path: Path) -> None:
    """No year is allowed: it is told why."""
    hubs = kilns(1.5)["hubs"].assign(first_year=2040.0)
    assert refused(tmp_path, NAMED + OPEN, kilns(1.5).replace(hubs=hubs)) == [
        "hub 'harbour', option 'electrolysis' cannot be there before 2040, and the last period begins in 2032; "
        "allowed: what can be there by then"
    ]


def test_what_has_the_right_form_is_held_against_the_instance_too(tmp_path: Path) -> None:
    """A share, a year and a name of the wrong form: the same design is asked for all else that it does not have."""
    text = """
        name = "two words"
        public_share = 1.5
        members = ["a", "d"]
        [[link]]
        link = "pipe-a"
        size = "thin"
        first_year = "2030"
        [[link]]
        link = "pipe-aa"
        size = "thin"
        first_year = 2030
        [[contract]]
        contract = "together"
        sites = ["a", "e"]
        coincidence = 2
    """
    found = refused(tmp_path, text)
    assert [each.partition(";")[0] for each in found] == [
        "contract 1: key 'coincidence' is 2",
        "key 'members' has 'd'",
        "key 'name' is two words",
        "key 'public_share' is 1.5",
        "key 'sites' has 'e'",
        "link 'pipe-aa' is not there (did you mean 'pipe-a'?)",
        "link 1: key 'first_year' is 2030",
    ]


def test_a_file_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    """That is said, and not that its name is taken by itself."""
    file = design_file(tmp_path)
    assert told([file, file], kilns(1.5)) == ["harbour.toml: is given twice; allowed: once"]


def test_two_designs_of_one_name_are_refused(tmp_path: Path) -> None:
    """Whatever its case: their plans would lie in one folder."""
    files = [design_file(tmp_path), design_file(tmp_path, f'name = "Harbour"\n{OPEN}', "other")]
    assert told(files, kilns(1.5)) == [
        "other.toml: key 'name' is Harbour, as in harbour.toml; allowed: each name once, whatever its case"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name = harbour\n", "harbour.toml:1: cannot be read as TOML: Invalid value"),
        (NAMED.encode() + b"[[hub]\n", "harbour.toml:2: cannot be read as TOML: Expected ']]' at the end of an array"),
        (b"\xff\xfe\x00", "harbour.toml: is not UTF-8 text (first on line 1); allowed: UTF-8"),
        (b"name = 'a'\n\0", "harbour.toml: holds NUL bytes (first on line 2); allowed: UTF-8 text"),
        (b"capex = 1" + b"0" * 5000, "harbour.toml: cannot be read as TOML: Exceeds the limit"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "harbour.toml: cannot be read as TOML: "),
        (b"name = 1\nname = 2\n", "harbour.toml:2: cannot be read as TOML: Cannot overwrite a value"),
    ],
)
def test_what_is_no_toml_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    """With its line where there is one; what else is wrong, in another file, is told too."""
    file, other = tmp_path / "harbour.toml", design_file(tmp_path, NAMED, "empty")
    file.write_bytes(content)
    first, second = told([file, other], kilns(1.5))
    assert second.startswith(problem)
    assert first == "empty.toml: it has no [[hub]], [[link]] or [[contract]]; allowed: one or more of them"


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """A folder, and a name of nothing: each with its path as given."""
    (tmp_path / "folder.toml").mkdir()
    assert told([tmp_path / "folder.toml", tmp_path / "missing.toml"], kilns(1.5)) == [
        "folder.toml: is a folder; allowed: a file",
        "missing.toml: cannot be read: No such file or directory",
    ]
