"""Rules across rows and tables: each broken once, and the full message compared."""

import pandas as pd
import pytest

from broken import FULL, edited, extended, problems
from routeplan.schema.inputs import INPUT_TABLES

Broken = dict[str, pd.DataFrame]

AN_AREA = "allowed: an id listed in areas.csv"
A_PERIOD = "allowed: a period listed in periods.csv"

ONE_ROW: dict[str, tuple[Broken, str]] = {
    "a period after a gap": (
        {"periods": edited("periods", 0, years=1)},
        "periods.csv:3: column 'period' is 2032; allowed: 2031 (the period before it begins in 2030 and lasts 1 years)",
    ),
    "a price that lacks": (
        {"prices": FULL["prices"][~((FULL["prices"]["item"] == "gas") & (FULL["prices"]["period"] == 2032))]},
        "prices.csv: item 'gas' has no row of group 'all' for period 2032; allowed: one a period",
    ),
    "a price that lacks in every period": (
        {"prices": FULL["prices"][FULL["prices"]["item"] != "gas"]},
        "prices.csv: item 'gas' has no row of group 'all' for the periods 2030, 2032; allowed: one a period",
    ),
    "a sector called all": (
        {"sites": edited("sites", 0, sector="all"), "targets": FULL["targets"].iloc[1:]},
        "sites.csv:2: column 'sector' is all; allowed: a word other than 'all'",
    ),
    "a contract in two areas": (
        {
            "areas": extended("areas", "area\nmoor"),
            "sites": edited("sites", 0, contract="core", area="moor").assign(contract="core"),
        },
        "sites.csv:3: column 'area' is town; allowed: moor, the area of site bakery, which shares contract core: "
        "a contract hangs on one station",
    ),
    "a coincidence of a site with a contract of its own": (
        {"sites": edited("sites", 1, coincidence=0.8)},
        "sites.csv:3: column 'coincidence' is 0.8; allowed: 1 for a site with a contract of its own",
    ),
    "a coincidence of nothing": (
        {"sites": edited("sites", 0, coincidence=0.0)},
        "sites.csv:2: column 'coincidence' is 0.0; allowed: above 0 and at most 1",
    ),
    "a coincidence of more than all": (
        {"sites": edited("sites", 0, coincidence=1.2).assign(contract="core")},
        "sites.csv:2: column 'coincidence' is 1.2; allowed: above 0 and at most 1",
    ),
    "a contract called after a site outside it": (
        {"sites": edited("sites", 0, contract="tiles").assign(contract=["tiles", "core"])},
        "sites.csv:2: column 'contract' is tiles; allowed: an id that is not the id of a site outside the contract",
    ),
    "areas that go round": (
        {"areas": edited("areas", 0, parent="town")},
        "areas.csv:3: column 'parent' is region; allowed: an area that does not lie below this one, as region does",
    ),
    "an area below itself": (
        {"areas": edited("areas", 0, parent="region")},
        "areas.csv:2: column 'parent' is region; allowed: an area that does not lie below this one, as region does",
    ),
    "an outline that is a line": (
        {"areas": edited("areas", 0, outline="LINESTRING (6 52, 6.2 52)")},
        "areas.csv:2: column 'outline' is LINESTRING (6 52, 6.2 52); allowed: POLYGON ((lon lat, ...)) or MULTIPOLYGON "
        "(((lon lat, ...)), ...)",
    ),
    "an outline that does not close": (
        {"areas": edited("areas", 1, outline="POLYGON ((6 52, 6.2 52, 6.2 52.1, 6 52.1))")},
        "areas.csv:3: column 'outline' is POLYGON ((6 52, 6.2 52, 6.2 52.1, 6 52.1)); allowed: rings of at least four "
        "places, of which the last is the first",
    ),
    "an outline in metres": (
        {"areas": edited("areas", 0, outline="POLYGON ((2e5 4e5, 3e5 4e5, 3e5 5e5, 2e5 4e5))")},
        "areas.csv:2: column 'outline' is POLYGON ((2e5 4e5, 3e5 4e5, 3e5 5e5, 2e5 4e5)); allowed: degrees (WGS 84), "
        "longitude before latitude: -180 to 180, and -90 to 90",
    ),
    "an outline in metres of RD New": (
        {"areas": edited("areas", 0, outline="POLYGON ((2e5 4e5, 2.1e5 4e5, 2.1e5 5e5, 2e5 4e5))")},
        "areas.csv:2: column 'outline' is POLYGON ((2e5 4e5, 2.1e5 4e5, 2.1e5 5e5, 2e5 4e5)); allowed: degrees "
        "(WGS 84), longitude before latitude: -180 to 180, and -90 to 90; these look like "
        "metres of RD New (EPSG:28992)",
    ),
    "an outline that no cell of a workbook holds": (
        {"areas": edited("areas", 0, outline="POLYGON ((" + "6 52," * 8000 + "6 52))")},
        # Of the cell 119 characters are shown, of which the word and its brackets are the first 10.
        f"areas.csv:2: column 'outline' is POLYGON (({('6 52,' * 30)[:109]}…; allowed: at most 32,767 characters, "
        "of which it has 40,016",
    ),
    "a node with the id of a site": (
        {"nodes": extended("nodes", "node,carrier,lat,lon\nbakery,co2,52,6")},
        "nodes.csv:4: column 'node' is bakery; allowed: an id that no site has",
    ),
    "a temporary current route": (
        {"routes": edited("routes", 0, temporary=1)},
        "routes.csv:2: column 'temporary' is 1; allowed: 0 for a route of family current",
    ),
    "two current options": (
        {
            "routes": extended("routes", "route,family,lifetime,temporary\ncoal,current,20,0"),
            "options": extended("options", "process,route,current,capex\noven,coal,1,0"),
        },
        "options.csv:7: column 'current' is 1; allowed: 0, because the process has a current option on an earlier line",
    ),
    "no current option": (
        {"options": edited("options", 0, current=0)},
        "processes.csv:2: column 'process' is oven; "
        "allowed: a process with exactly one row in options.csv that has current = 1",
    ),
    "a current option of another family": (
        {"options": edited("options", 2, route="biogas")},
        "options.csv:4: column 'route' is biogas; allowed: a route of family current for a current option",
    ),
    "a current option with capex": (
        {"options": edited("options", 0, capex=1.0)},
        "options.csv:2: column 'capex' is 1.0; allowed: 0 for a current option",
    ),
    "a current option that frees room": (
        {"options": edited("options", 2, firm_capacity=-1.0)},
        "options.csv:4: column 'firm_capacity' is -1.0; allowed: 0 for a current option",
    ),
    "removed that is not captured": (
        {"options": edited("options", 4, removed=3.5)},
        "options.csv:6: column 'removed' is 3.5; allowed: at most what is captured, 3.0 kt/yr",
    ),
    "an option that ends before it begins": (
        {"options": edited("options", 1, first_year=2032, last_year=2031)},
        "options.csv:3: column 'last_year' is 2031; allowed: the first_year, 2032, or later",
    ),
    "support that ends before it begins": (
        {"support": edited("support", 0, last_year=2029)},
        "support.csv:2: column 'last_year' is 2029; allowed: the first_year, 2030, or later",
    ),
    "a link on a node of another carrier": (
        {"links": edited("links", 1, to="port")},
        "links.csv:3: column 'to' is port; allowed: a node of carrier co2, or a site",
    ),
    "a source on a node of another carrier": (
        {"sources": edited("sources", 0, node="store")},
        "sources.csv:2: column 'node' is store; allowed: a node of carrier hydrogen, or a site",
    ),
    "a hub on a node of another carrier": (
        {"hubs": edited("hubs", 0, node="store")},
        "hubs.csv:2: column 'node' is store; allowed: a node of carrier hydrogen",
    ),
    "a hub at a site": (
        {"hubs": edited("hubs", 0, node="tiles")},
        "hubs.csv:2: column 'node' is tiles; allowed: an id listed in nodes.csv",
    ),
    "a link that comes back": (
        {"links": edited("links", 1, to="tiles")},
        "links.csv:3: column 'to' is tiles; allowed: an end other than the link's `from`",
    ),
    "a planned link without capacity": (
        {"links": edited("links", 1, capacity=float("nan"))},
        "links.csv:3: column 'capacity' is empty; allowed: a number on planned links",
    ),
    "a candidate with a capacity": (
        {"links": edited("links", 0, capacity=4.0)},
        "links.csv:2: column 'capacity' is 4.0; allowed: empty on candidate links",
    ),
    "a link twice, turned": (
        {
            "links": extended(
                "links", "link,carrier,from,to,mode,status,length,capacity\ntwin,co2,store,tiles,pipe,planned,1,1"
            )
        },
        "links.csv:6: column 'from' is store; "
        "allowed: ends that no earlier link of the same carrier, mode and status joins in the same direction",
    ),
    "a link both ways beside one that is one way": (
        {"links": edited("links", 3, one_way=0)},
        "links.csv:5: column 'from' is store; "
        "allowed: ends that no earlier link of the same carrier, mode and status joins in the same direction",
    ),
    "a candidate without a size": (
        {"links": edited("links", 0, mode="truck"), "decided": FULL["decided"].iloc[:0]},
        "links.csv:2: column 'mode' is truck; allowed: a mode that has a size for hydrogen in sizes.csv",
    ),
    "a larger size that costs less": (
        {"sizes": edited("sizes", 1, capex_per_km=0.03)},
        "sizes.csv:3: column 'capex_per_km' is 0.03; allowed: 0.04 M EUR/km or more, the cost of a smaller size",
    ),
    "a target of no site": (
        {"targets": edited("targets", 0, scope="sector:west")},
        "targets.csv:2: column 'scope' is sector:west; "
        "allowed: all, sector:NAME or region:NAME, with the name of a sector or region that a site has",
    ),
    "a wish for what is no option": (
        {"wishes": edited("wishes", 0, route="burner")},
        "wishes.csv:2: column 'route' is burner; allowed: a route for which the process has an option",
    ),
    "a decision on no process": (
        {"decided": edited("decided", 0, item="boiler")},
        "decided.csv:2: column 'item' is boiler; allowed: the id of a process for the decision 'runs'",
    ),
    "a decision on no route of the process": (
        {"decided": edited("decided", 0, choice="burner")},
        "decided.csv:2: column 'choice' is burner; allowed: a route of the process's options",
    ),
    "a decision on a planned link": (
        {"decided": edited("decided", 1, item="trunk")},
        "decided.csv:3: column 'item' is trunk; allowed: the id of a candidate link for the decision 'built'",
    ),
    "a decision on a size of another mode": (
        {
            "sizes": extended("sizes", "carrier,mode,size,capacity,capex_per_km,fixed_cost_share,lifetime\n"
                              "hydrogen,truck,tank,1,0,0,9"),
            "decided": edited("decided", 1, choice="tank"),
        },
        "decided.csv:3: column 'choice' is tank; allowed: a size of the link's carrier and mode",
    ),
    "a decision on no option of the hub": (
        {"decided": edited("decided", 2, choice="import")},
        "decided.csv:4: column 'choice' is import; allowed: an option of the hub",
    ),
    "a decision on no hub": (
        {"decided": edited("decided", 2, item="pier")},
        "decided.csv:4: column 'item' is pier; allowed: the id of a hub for the decision 'open'",
    ),
    "a reinforcement with a choice": (
        {"decided": edited("decided", 3, choice="large")},
        "decided.csv:5: column 'choice' is large; allowed: empty for a reinforcement",
    ),
}  # fmt: skip


@pytest.mark.some(14)
@pytest.mark.parametrize(("tables", "message"), ONE_ROW.values(), ids=ONE_ROW)
def test_a_broken_rule_is_one_problem(tables: Broken, message: str) -> None:
    """Each rule, broken once, gives its message and no other."""
    assert problems(**tables) == [message]


REFERENCES = [
    (table.name, column.name)
    for table in INPUT_TABLES.values()
    for column in table.columns
    if column.refers and column.kind.is_text
]


@pytest.mark.parametrize(("table", "column"), REFERENCES)
@pytest.mark.some(8)
def test_a_reference_to_nothing_is_refused(table: str, column: str) -> None:
    """Every column that refers to an id is followed: an unknown one is told with its place."""
    allowed = " or ".join(f"{name}.csv" for name in INPUT_TABLES[table].column(column).refers)
    message = f"{table}.csv:2: column '{column}' is nothing; allowed: an id listed in {allowed}"
    if INPUT_TABLES[table].column(column).may_be_empty:
        message += ", or empty"
    assert message in problems(**{table: edited(table, 0, **{column: "nothing"})})


@pytest.mark.parametrize("table", [name for name, table in INPUT_TABLES.items() if "period" in table.names[1:]])
@pytest.mark.some(2)
def test_a_period_that_is_none_is_refused(table: str) -> None:
    """Every column of periods is followed: 2031 lies inside the first period but is not its name."""
    message = f"{table}.csv:2: column 'period' is 2031; {A_PERIOD}"
    assert message in problems(**{table: edited(table, 0, period=2031)})


@pytest.mark.parametrize("table", INPUT_TABLES)
@pytest.mark.some(8)
def test_a_key_twice_is_refused(table: str) -> None:
    """The first row of each table, repeated at its end, is told with both of its lines."""
    twice = pd.concat([FULL[table], FULL[table].iloc[:1]], ignore_index=True)
    told = [text for text in problems(**{table: twice}) if "on one line only" in text]
    assert len(told) == 1
    assert told[0].startswith(f"{table}.csv:{len(twice) + 1}: column '{INPUT_TABLES[table].key[0]}' is ")
    assert told[0].endswith("; allowed: on one line only (line 2 has the same)")


def test_a_key_of_several_columns_is_told_in_full() -> None:
    """The message of a repeated key names each of its columns."""
    assert problems(budgets=extended("budgets", "pot,period,amount\nfund,2030,9")) == [
        "budgets.csv:3: column 'pot' is fund, column 'period' is 2030; allowed: on one line only (line 2 has the same)"
    ]


def test_keys_may_be_empty_in_part() -> None:
    """Two rows of support that differ in first_year alone, one of them empty, are two rows."""
    header = "pot,family,sector,basis,first_year,last_year,share,cap\n"
    assert problems(support=extended("support", header + "fund,hydrogen,ceramics,capex,,2033,0.5,")) == []


def test_periods_must_be_there() -> None:
    """Without a period there is no plan: said once, and not for each row that refers to one."""
    assert problems(periods=FULL["periods"].iloc[:0]) == ["periods.csv: has no rows; allowed: one period or more"]


def test_two_one_way_links_may_face_each_other() -> None:
    """Opposite one_way links are two links; a third one, either way, is one too many."""
    third = "link,carrier,from,to,mode,status,length,capacity,one_way\nthird,co2,bakery,store,barge,planned,1,1,1"
    assert problems() == []
    assert [text.partition(";")[0] for text in problems(links=extended("links", third))] == [
        "links.csv:6: column 'from' is bakery"
    ]


def test_a_contract_may_bear_the_id_of_a_site_inside_it() -> None:
    """Two sites that share the contract of one of them."""
    assert problems(sites=FULL["sites"].assign(contract="tiles")) == []


def test_of_sites_that_share_a_contract_one_may_have_a_coincidence() -> None:
    """The other one says nothing, which is 1."""
    assert problems(sites=edited("sites", 0, coincidence=0.5).assign(contract="core")) == []


def test_price_groups_may_lack_rows() -> None:
    """A group's row for one period only, and values for none, are no problem: `all` fills in."""
    assert problems(prices=extended("prices", "item,group,period,price\ngas,large,2030,20")) == []


def test_equal_sizes_may_differ_in_cost() -> None:
    """Only a larger size must not cost less."""
    assert problems(sizes=edited("sizes", 1, capacity=25.0, capex_per_km=0.01)) == []


def test_broken_rules_are_told_together() -> None:
    """Rules of four tables, broken at once, give four problems in the order of files and lines."""
    found = problems(
        routes=edited("routes", 0, temporary=1),
        nodes=edited("nodes", 0, lon=181.0),
        works=edited("works", 0, area="nowhere"),
        options=edited("options", 4, removed=9.0),
    )
    assert found == [
        "nodes.csv:2: column 'lon' is 181.0; allowed: -180 to 180 degrees",
        "options.csv:6: column 'removed' is 9.0; allowed: at most what is captured, 3.0 kt/yr",
        "routes.csv:2: column 'temporary' is 1; allowed: 0 for a route of family current",
        f"works.csv:2: column 'area' is nowhere; {AN_AREA}",
    ]
