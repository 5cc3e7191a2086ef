"""Every number of an imported instance can be traced: to a rule, its parameters, and the lines where they stand."""

import csv
import re
import zlib
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from formulas import CITATION, evaluated, key_texts, parameters, untraced
from routeplan.estimate.default_schema import DEFAULT_TABLES, YEARS
from routeplan.estimate.defaults import PACKAGE_TABLES
from routeplan.estimate.derivation import DEMAND, EVERY_ROW, PROCESSES, estimated, explained
from routeplan.estimate.formulas import Figure
from routeplan.importers.ets.ets import Imported
from routeplan.importers.ets.ets import import_ets as import_any
from routeplan.schema.inputs import INPUT_TABLES

import_ets = partial(import_any, year=2021)
"""The year in which the sites of the register are known."""

SAMPLE = Path(__file__).parents[1] / "importers" / "data" / "eutl_sample.csv"
FORMULA = re.compile(r"[\w .+\-/()^,]+")
STOPS, BANDS_SERVED, CENTRE = "a period that holds first_stop", "gas of the band; a band below", "centre of the town"
IN_WORDS = (STOPS, BANDS_SERVED, CENTRE, "as given", "figure of the default table", "as chosen", "first rule that fits")
"""Beginnings of the rules that are no formula."""

DIGITS = {"links.length": 1, "reinforcements.capacity": 1, "sites.spare_capacity": 3}
DIGITS |= {"demand": 3, "prices": 3, "budgets": 3, "options": 4, "trends": 4}
"""Decimals to which a column, or else the numbers of a table, are rounded; the others to 2."""


@pytest.fixture(scope="module")
def imported() -> Imported:
    """All sites of the sample, of paper, food, ceramics, chemicals and others, in several areas."""
    return import_ets(SAMPLE)


@pytest.fixture(scope="module")
def traces(imported: Imported) -> pd.DataFrame:
    return imported.derivation


def is_formula(rule: str) -> bool:
    return not rule.startswith(IN_WORDS)


def digits(row: pd.Series) -> int:
    return DIGITS.get(f"{row['table']}.{row['column']}", DIGITS.get(row["table"].split()[0], 2))


@pytest.mark.nightly
def test_every_number_has_a_row(imported: Imported, traces: pd.DataFrame) -> None:
    """Each numeric cell that is not its column's default has a rule of its own, or its column has one."""
    assert untraced(imported.instance, traces) == []


def test_settings_are_traced_too(imported: Imported, traces: pd.DataFrame) -> None:
    """Rates and years of ``instance.toml`` are figures of the default tables, or chosen."""
    settings = traces[traces["table"] == "instance.toml"].set_index("column")
    assert settings["value"].to_dict() == {
        name: getattr(imported.instance.settings, name)
        for name in ("currency_year", "discount_rate", "firm_rate", "support_years", "base_year")
    }
    assert settings.loc["discount_rate", "parameters"] == "discount_rate 0.04 (default general.csv:3, in 2030, M-H)"


def test_values_are_those_of_the_tables(imported: Imported, traces: pd.DataFrame) -> None:
    """A row of the derivation tells the number that stands in its cell; none is told of a cell that is not there."""
    for name, told in traces[traces["key"] != EVERY_ROW].groupby("table"):
        if name in (DEMAND, PROCESSES, "instance.toml"):
            continue
        frame = imported.instance[str(name)]
        cells = frame.set_axis(key_texts(frame, INPUT_TABLES[str(name)].key))
        for column, rows in told.groupby("column"):
            assert cells.loc[rows["key"], str(column)].tolist() == rows["value"].tolist(), (name, column)


def test_each_formula_gives_its_number(traces: pd.DataFrame) -> None:
    """Evaluated with just the parameters that a row names, its rule gives its value, but for the last decimal."""
    told = traces[(traces["key"] != EVERY_ROW) & traces["rule"].map(is_formula)]
    assert set(INPUT_TABLES) & set(told["table"]) == {
        *("periods", "sites", "options", "trends", "prices", "supply", "budgets"),
        *("headroom", "reinforcements", "sources", "links", "hubs"),
    }
    for _, row in told.iterrows():
        assert FORMULA.fullmatch(row["rule"]), row["rule"]
        # A little more than half of the last decimal that is kept.
        assert row["value"] == pytest.approx(evaluated(row), rel=1e-6, abs=0.51 * 10 ** -digits(row)), tuple(row)


def test_each_figure_stands_where_it_is_said_to_stand(traces: pd.DataFrame) -> None:
    """On the line of the default table that is cited, the value of the column or of the year is the one cited."""
    seen = set()
    for name, value, place in {found for text in traces["parameters"] for found in CITATION.findall(text)}:
        stands = re.fullmatch(r"default (\w+)\.csv:(\d+)(?:, in (\d+))?, ([HML-]+)", place)
        if stands is None:
            continue
        table, line, year, confidence = stands.groups()
        row = default_row(table, int(line))
        assert row["confidence"] == confidence
        if year is None:
            assert float(row[name]) == pytest.approx(float(value)), (name, place)
        else:
            by_year = [float(row[str(known)]) for known in YEARS]
            assert np.interp(float(year), YEARS, by_year) == pytest.approx(float(value), rel=1e-9), (name, place)
            assert name.removesuffix(f"_{year}") in {*row.values(), "amount"}, (name, place)
        seen.add(table)
    not_numbers = {"clusters", "sector_rules", "sectors_left_out"}
    for_generated_instances = {"sector_sizes", "sector_places", "wish_weights"}
    assert seen == set(DEFAULT_TABLES) - not_numbers - for_generated_instances


def default_row(table: str, line: int) -> dict[str, str]:
    """The row of a default table that begins on a line."""
    with (PACKAGE_TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(row for number, row in enumerate(csv.DictReader(file), start=2) if number == line)


def test_what_is_cited_from_the_derivation_is_in_it(traces: pd.DataFrame) -> None:
    """The demand of a site and the gas of a process have rows of their own, with the value that others cite."""
    known = traces[traces["table"].isin([DEMAND, PROCESSES])]
    values = known.set_index([known["table"].str.split().str[0], "key", "column"])["value"].to_dict()
    count = 0
    for _, row in traces.iterrows():
        for name, value, place in CITATION.findall(row["parameters"]):
            if place in ("demand", "processes"):
                told = next(values[place, key, name] for key in owners(row["key"]) if (place, key, name) in values)
                assert float(value) == pytest.approx(told, rel=1e-8), (tuple(row), told)
                count += 1
    assert count > 1000


def owners(key: str) -> list[str]:
    """Process, site, area or all sites, to which a row of this key belongs."""
    first = key.split(" / ")[0]
    return [first, first.split(".")[0], first.removeprefix("station-"), "all sites"]


def test_co2_that_is_not_from_gas_is_told_of_one_process(traces: pd.DataFrame) -> None:
    """The brickworks' 20 % from clay leaves its kiln; its dryer cites none."""
    rows = traces[(traces["table"] == "options") & (traces["column"] == "emissions")].set_index("key")
    place = "(demand, all of it at the hottest process of the site)"
    assert f"process_co2 3.429 {place}" in rows.loc["azewijn-252.kiln / current", "parameters"]
    assert f"process_co2 0 {place}" in rows.loc["azewijn-252.hot_water / current", "parameters"]


def test_a_site_lies_at_the_centre_of_its_town(traces: pd.DataFrame) -> None:
    """The rule of a coordinate names the town, and says that all sites of it lie there."""
    row = traces[(traces["table"] == "sites") & (traces["key"] == "eerbeek-94") & (traces["column"] == "lat")].iloc[0]
    assert row["rule"] == "centre of the town EERBEEK, the one point of all its sites"
    assert re.fullmatch(r"lat 52\.105 \(default places\.csv:\d+, [HML-]+\)", row["parameters"])


def test_emissions_stand_in_the_register(traces: pd.DataFrame) -> None:
    """The line and column of the export are cited, in tonnes as they stand there."""
    row = traces[(traces["key"] == "eerbeek-94") & (traces["column"] == "emissions")].iloc[0]
    assert (row["table"], row["value"], row["rule"]) == (DEMAND, pytest.approx(176.198), "tonnes / 1000")
    assert row["parameters"] == "tonnes 176198 (eutl_sample.csv:2, VerifiedEmissions_2021)"


def test_bands_that_are_served_together_are_those_of_the_site(traces: pd.DataFrame) -> None:
    """What is served adds up to the gas of the bands, and is nothing or no less than the small share of it."""
    rows = traces[traces["rule"].str.startswith(BANDS_SERVED)]
    assert len(rows) >= 12
    for _, served in rows.groupby("key"):
        used = parameters(served.iloc[0])
        gas = sum(value for name, value in used.items() if name.startswith("gas_"))
        assert served["value"].sum() == pytest.approx(gas)
        assert all(value == 0 or value >= used["small_band"] * gas for value in served["value"])


def test_stops_follow_from_the_id(imported: Imported, traces: pd.DataFrame) -> None:
    """The first stop is as many years after 2026 as the checksum of the id leaves over; one more each interval."""
    periods = imported.instance["periods"].set_index("period")["years"]
    rows = traces[traces["table"] == "windows"]
    assert len(rows) == len(imported.instance["windows"])
    for _, row in rows.iterrows():
        process, period = row["key"].split(" / ")
        used = parameters(row)
        assert used["first_stop"] == 2026 + zlib.crc32(process.encode()) % used["stop_interval"]
        years = range(int(period), int(period) + int(periods[int(period)]))
        assert any((year - used["first_stop"]) % used["stop_interval"] == 0 for year in years)


def test_distances_follow_from_the_coordinates(imported: Imported, traces: pd.DataFrame) -> None:
    """The distance that the length of a candidate cites is the great circle (haversine) between its ends."""
    instance = imported.instance
    points = pd.concat([instance["sites"].rename(columns={"site": "node"}), instance["nodes"]]).set_index("node")
    links = instance["links"].set_index("link")
    rows = traces[(traces["table"] == "links") & traces["rule"].str.startswith("max(1, distance")]
    assert len(rows) > 10
    for _, row in rows.iterrows():
        ends = links.loc[row["key"], ["from", "to"]].to_list()
        (lat, lon), (other_lat, other_lon) = (
            np.radians(points.loc[end, ["lat", "lon"]].to_numpy(float)) for end in ends
        )
        half = np.sin((other_lat - lat) / 2) ** 2
        half += np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
        assert parameters(row)["distance"] == pytest.approx(2 * 6371 * np.arcsin(np.sqrt(half)), abs=1e-6)


@pytest.mark.nightly
def test_figures_of_the_user_s_own_name_their_folder(tmp_path: Path) -> None:
    """A table of the user's takes the place of the default one in the derivation too; the others stay default."""
    content = (PACKAGE_TABLES / "sizes.csv").read_text(encoding="utf-8")
    (tmp_path / "sizes.csv").write_text(content.replace("DN100,450,", "DN100,451,"), encoding="utf-8")
    made = import_ets(SAMPLE, region="Achterhoek", tables=tmp_path).derivation
    used = made.set_index(["table", "key", "column"])["parameters"]
    own = f"capacity 451 ({tmp_path.as_posix()}/sizes.csv:2, M-L)"
    assert used["sizes", "hydrogen / pipe / DN100", "capacity"] == own
    assert not made["parameters"].str.contains("default sizes.csv").any()
    assert made["parameters"].str.contains("default areas.csv").any()


@pytest.mark.nightly
def test_the_whole_country_is_traced(shared_data: Path) -> None:
    """No number of all 146 sites lacks a rule; of every tenth row the formula gives the value."""
    made = import_ets(shared_data / "sites" / "eutl_installations_nl.csv")
    assert untraced(made.instance, made.derivation) == []
    told = made.derivation[(made.derivation["key"] != EVERY_ROW) & made.derivation["rule"].map(is_formula)]
    for _, row in told.iloc[::10].iterrows():
        assert row["value"] == pytest.approx(evaluated(row), rel=1e-6, abs=0.51 * 10 ** -digits(row)), tuple(row)


def test_a_formula_cites_just_its_own_parameters() -> None:
    """Of three known figures, the two that are words of the rule are cited, in the order of the rule."""
    key, value = pd.Series(["a", "b"]), pd.Series([6.0, 12.0])
    known = {
        "share": Figure(0.5, "demand"),
        "gas": Figure(pd.Series([12.0, 24.0]), "processes"),
        "gas_left": Figure(3.0, "options.csv"),
    }
    rows = explained("options", key, "gas", value, "gas x share", known)
    assert rows["parameters"].tolist() == [
        "gas 12 (processes); share 0.5 (demand)",
        "gas 24 (processes); share 0.5 (demand)",
    ]


def test_rules_may_differ_from_row_to_row() -> None:
    """Each row cites what its own rule names, and has the number that it gives; the rows stay in order."""
    known = {"a": Figure(pd.Series([1.0, 2.0, 3.0]), "x"), "b": Figure(5.0, "y")}
    rules = pd.Series(["a", "b", "a + b"])
    rows = estimated("t", pd.Series(["1", "2", "3"]), "c", rules, known)
    assert rows["parameters"].tolist() == ["a 1 (x)", "b 5 (y)", "a 3 (x); b 5 (y)"]
    assert rows["key"].tolist() == ["1", "2", "3"]
    assert rows["value"].tolist() == [1.0, 5.0, 8.0]
