"""The fingerprint: the same for the same instance, however it was stored, and another for any other."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from routeplan.instance.fingerprint import fingerprint
from routeplan.instance.instance import Instance
from routeplan.instance.scenario import Change, Scenario
from routeplan.schema.inputs import INPUT_TABLES
from small import SETTINGS, SMALL, prices, small, table, with_rows

DEAR = Scenario("dear", (Change("prices", "price", "multiply", 2, {"item": "gas", "period": 2032}),), 0.5)
CHEAP = Scenario("cheap", ())


def of(instance: Instance, *scenarios: Scenario) -> str:
    return fingerprint(instance.settings, instance.tables, scenarios)


def test_it_is_a_sha256() -> None:
    """64 hexadecimal digits."""
    assert len(of(small())) == 64
    assert set(of(small())) <= set("0123456789abcdef")


def test_the_order_of_rows_columns_and_scenarios_does_not_count() -> None:
    """Rows turned round (with an index to match), columns turned round, scenarios the other way round."""
    tables = {name: frame.iloc[::-1, ::-1] for name, frame in small().tables.items()}
    assert fingerprint(SETTINGS, tables, (DEAR, CHEAP)) == of(small(), CHEAP, DEAR)


def test_defaults_count_as_if_given() -> None:
    """A column left out, and one that gives the default; a contract left out, and the site's own id."""
    given = "site,name,sector,region,area,lat,lon,spare_capacity,contract,price_group"
    rows = "bakery,,food,east,town,52.0,6.0,1,bakery,all\ntiles,,ceramics,west,town,52.1,6.1,0,tiles,all"
    assert of(small(sites=f"{given}\n{rows}")) == of(small())


def test_a_later_column_without_use_leaves_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints of results from before there was such a column still hold: here they are made without it."""
    sites = INPUT_TABLES["sites"]
    assert [column.name for column in sites.columns if column.later] == ["coincidence", "name_nl", "basis"]
    before = dataclasses.replace(sites, columns=tuple(column for column in sites.columns if not column.later))
    now = of(small())
    monkeypatch.setitem(INPUT_TABLES, "sites", before)
    assert of(small()) == now


def test_the_type_of_a_number_does_not_count() -> None:
    """1 and 1.0, and 0 and -0: as CSV and a spreadsheet may keep them."""
    links = small()["links"].astype({"one_way": "float64", "length": "int64"})
    links["variable_cost"] = -0.0
    assert fingerprint(SETTINGS, {**small().tables, "links": links}, ()) == of(small())
    settings = dataclasses.replace(SETTINGS, discount_rate=0, support_years=15.0)  # type: ignore[arg-type]
    assert fingerprint(settings, small().tables, ()) == of(small())


def test_a_table_without_rows_counts_as_absent() -> None:
    """Tables that are optional may be absent."""
    tables = {name: frame for name, frame in small().tables.items() if len(frame)}
    assert fingerprint(SETTINGS, tables, ()) == of(small())


def others() -> dict[str, Instance]:
    """Instances that each differ from the small one in one thing."""
    return {
        "a number changed by the last bit": small(prices=prices(gas=float(np.nextafter(30.0, 31.0)))),
        "a row more": small(trends="route,period,capex\nelectric,2032,1"),
        "the same row in a table alike": small(
            sizes=with_rows(
                "sizes", "carrier,mode,size,capacity,capex_per_km,fixed_cost_share,lifetime\nco2,pipe,a,1,1,0,9"
            )
        ),
        "a name of a site": small(sites=table("sites", SMALL["sites"]).assign(name=["Bakery", ""])),
        "names of two sites, turned": small(sites=table("sites", SMALL["sites"]).assign(name=["", "Bakery"])),
        "what a site's data rest on": small(sites=table("sites", SMALL["sites"]).assign(basis=["register", ""])),
        "a contract that sites share": small(sites=table("sites", SMALL["sites"]).assign(contract="park")),
        "peaks that fall apart": small(
            sites=table("sites", SMALL["sites"]).assign(contract="park", coincidence=[0.5, 1.0])
        ),
        "a title": small(dataclasses.replace(SETTINGS, title="Small")),
        "another objective": small(dataclasses.replace(SETTINGS, objective="emissions")),
        "a source": small(dataclasses.replace(SETTINGS, sources={"grid": "a map"})),
    }


@pytest.mark.nightly
def test_any_change_counts() -> None:
    """Instances that differ in one thing have fingerprints that differ."""
    found = [of(instance) for instance in (small(), *others().values())]
    assert len(set(found)) == len(others()) + 1


CHANGED = {
    "no scenario": (),
    "another name": (dataclasses.replace(DEAR, name="dearer"),),
    "another probability": (dataclasses.replace(DEAR, probability=None),),
    "another factor": (Scenario("dear", (dataclasses.replace(DEAR.changes[0], value=3),), 0.5),),
    "text for the factor": (Scenario("dear", (dataclasses.replace(DEAR.changes[0], value="2.0"),), 0.5),),
    "other rows": (Scenario("dear", (dataclasses.replace(DEAR.changes[0], where={"item": "gas"}),), 0.5),),
    "the change twice": (Scenario("dear", DEAR.changes * 2, 0.5),),
}


@pytest.mark.parametrize("scenarios", CHANGED.values(), ids=CHANGED)
@pytest.mark.some(2)
def test_any_change_of_a_scenario_counts(scenarios: tuple[Scenario, ...]) -> None:
    """Scenarios are part of the instance."""
    assert of(small(), *scenarios) != of(small(), DEAR)


def test_the_order_of_conditions_and_the_type_of_values_do_not_count() -> None:
    """`where` is a set of conditions, and 2 is 2.0."""
    change = Change("prices", "price", "multiply", 2.0, {"period": 2032.0, "item": "gas"})
    assert of(small(), Scenario("dear", (change,), 0.5)) == of(small(), DEAR)


def test_the_instance_knows_its_fingerprint() -> None:
    """An instance with other tables has another one; a copy has the same."""
    instance = small()
    assert instance.sha256 == of(instance)
    assert instance.replace(sites=instance["sites"].copy()).sha256 == instance.sha256
    assert (
        instance.replace(areas=pd.concat([instance["areas"], table("areas", "area\nmoor")])).sha256 != instance.sha256
    )
