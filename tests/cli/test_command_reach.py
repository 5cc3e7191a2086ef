"""The command `reach`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

Run = Callable[..., Any]

# The bakery may burn hydrogen, 10 GWh/yr: over 8 km of pipe of its own (8 x 0.05 over 10 years), from a source at 150
# with a capacity from 2030 on: 1.5 + 0.04 M EUR/yr alone; filled, the pipe costs 0.04 / 20 x 10.
HYDROGEN = {
    "options": (
        "process,route,current,capex,electricity,gas,hydrogen,firm_capacity,emissions\n"
        "oven,gas,1,0,0,10,0,0,2\noven,burner,0,1,0,0,10,0,0\n"
        "kiln,gas,1,0,0,20,0,0,4\nkiln,e-kiln,0,2,15,0,0,20,0\n"
    ),
    "routes": (
        "route,family,lifetime,temporary\n"
        "gas,current,15,0\nburner,hydrogen,10,0\nboiler,electrification,10,0\ne-kiln,electrification,10,0\n"
    ),
    "nodes": "node,carrier,lat,lon\nport,hydrogen,52.2,6.2\n",
    "sources": "node,carrier,period,capacity,price\nport,hydrogen,2030,50,150\n",
    "links": "link,carrier,from,to,mode,status,length\npipe,hydrogen,port,bakery,pipe,candidate,8\n",
    "sizes": "carrier,mode,size,capacity,capex_per_km,fixed_cost_share,lifetime\nhydrogen,pipe,thin,20,0.05,0,10\n",
}


@pytest.fixture
def piped(write_town: Callable[..., Path]) -> Path:
    """The town, with a pipe for hydrogen to the bakery."""
    return write_town(**HYDROGEN)


def rows(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


def test_who_can_be_served_by_when_is_shown(piped: Path, run: Run) -> None:
    """Nobody in 2026, the bakery in 2030; 154 EUR/MWh alone and 152 shared."""
    ended = run("reach", piped)
    assert ended.code == 0
    shown = rows(ended.out)
    assert ["hydrogen", "0", "of", "1", "1", "of", "1"] in shown
    assert ["bakery", "2026", "10.0", "none", "-", "-", "-", "-"] in shown
    assert ["bakery", "2030", "10.0", "port", "8.0", "8.0", "154.0", "152.0"] in shown


def test_machines_get_json(piped: Path, run: Run) -> None:
    """Counts and connections, null where there is nothing to tell."""
    found = json.loads(run("reach", piped, "--json").out)
    assert [count["in_reach"] for count in found["in_reach"]] == [0, 1]
    none, port = found["connections"]
    assert (none["source"], none["cost_alone"], none["length"]) == ("", None, None)
    assert (port["source"], port["path"], port["cost_alone"]) == ("port", "pipe", pytest.approx(1.54))


def test_connections_are_written_as_csv(piped: Path, run: Run) -> None:
    """All columns, paths among them; a file that is there is kept unless told otherwise."""
    assert run("reach", piped, "--out", "reach.csv").code == 0
    table = pd.read_csv("reach.csv")
    assert table["path"].tolist()[1] == "pipe"
    assert table["cost_shared"].tolist()[1] == pytest.approx(1.52)
    ended = run("reach", piped, "--out", "reach.csv")
    assert (ended.code, ended.err) == (
        2,
        "reach.csv is there already; --overwrite replaces it, --out FILE writes elsewhere\n",
    )
    assert run("reach", piped, "--out", "reach.csv", "--overwrite").code == 0


@pytest.mark.nightly
def test_carrier_site_and_scenario_can_be_chosen(write_town: Callable[..., Path], run: Run) -> None:
    """A pipe planned for 2026 and five years late comes in 2031; of CO2 and of the brickworks there is nothing."""
    header = "link,carrier,from,to,mode,status,length,first_year,capacity"
    planned = f"{header}\npipe,hydrogen,port,bakery,pipe,planned,8,2026,20\n"
    town = write_town(**HYDROGEN | {"links": planned})
    with (town / "scenarios.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[scenario]]\nname = "late"\n[[scenario.change]]\ntable = "links"\ncolumn = "first_year"\ndelay = 5\n'
        )
    assert ["hydrogen", "0", "of", "1", "1", "of", "1"] in rows(run("reach", town).out)
    assert ["hydrogen", "0", "of", "1", "0", "of", "1"] in rows(run("reach", town, "--scenario", "late").out)
    nothing = "No site needs a connection: no option of theirs uses hydrogen or hands over CO2.\n"
    assert run("reach", town, "--carrier", "co2").out == nothing
    assert run("reach", town, "--site", "brickworks").out == nothing


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--site", "mill"), "no site is called 'mill'; allowed: bakery, brickworks\n"),
        (("--carrier", "steam"), "no carrier is called 'steam'; allowed: hydrogen, co2\n"),
        (("--scenario", "never"), "no scenario is called 'never'; scenarios of town: early-grid\n"),
        (
            ("--out", "nowhere/reach.csv"),
            "there is no folder nowhere; allowed for --out: a file in a folder that is there\n",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(piped: Path, run: Run, asked: tuple[str, ...], told: str) -> None:
    ended = run("reach", piped, *asked)
    assert (ended.code, ended.out, ended.err) == (2, "", told)


def test_the_folder_of_a_result_is_refused(town: Path, planned: Callable[..., Path], run: Run) -> None:
    """It holds no instance."""
    assert run("reach", planned(town)).code == 2
