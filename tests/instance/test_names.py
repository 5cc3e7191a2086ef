"""Names and titles in the readers' language: kept by every store, used where they are given, and only there."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from routeplan.data.read import read
from routeplan.data.workbook.write import write_workbook
from routeplan.data.write import write
from routeplan.instance.instance import Instance
from routeplan.instance.names import description_of, names_in, names_of_places
from routeplan.instance.scenario import Scenario
from routeplan.instance.titles import title_of
from routeplan.language.language import Words
from small import small

DUTCH, ENGLISH = Words("nl"), Words("en")
LATE = Scenario("late", (), 0.5, "Late grid", "Netverzwaring later")


def named() -> Instance:
    """The small instance with a Dutch name for its first area, none in English for its first node."""
    instance = small().replace(title="Small", title_nl="Klein", description="Made up", description_nl="")
    areas, nodes = instance["areas"], instance["nodes"]
    areas.loc[0, ["name", "name_nl"]] = ["Region", "Regio"]
    nodes.loc[0, "name_nl"] = "Aan zee"
    return dataclasses.replace(instance.replace(areas=areas, nodes=nodes), scenarios=(LATE,))


def test_readers_see_the_name_in_their_language_or_the_other_or_the_id() -> None:
    instance = named()
    area, node = instance["areas"]["area"][0], instance["nodes"]["node"][0]
    assert names_in(instance, "areas", DUTCH)[area] == "Regio"
    assert names_in(instance, "areas", ENGLISH)[area] == "Region"
    assert names_of_places(instance, DUTCH)[node] == "Aan zee"
    assert names_of_places(instance, ENGLISH)[node] == node
    assert (title_of(instance.settings, DUTCH), title_of(instance.settings, ENGLISH)) == ("Klein", "Small")
    assert description_of(instance.settings, DUTCH) == "Made up"
    assert title_of(LATE, DUTCH) == "Netverzwaring later"
    assert title_of(Scenario("plain", ()), DUTCH) == "plain"


@pytest.mark.some(1)
@pytest.mark.parametrize(("store", "name"), [(write, "folder"), (write_workbook, "book.xlsx")], ids=["folder", "book"])
def test_names_and_titles_are_kept(store: Callable[[Instance, Path], Path], name: str, tmp_path: Path) -> None:
    instance = named()
    store(instance, tmp_path / name)
    again = read(tmp_path / name)
    assert again.settings == instance.settings
    assert again.scenarios == instance.scenarios
    for table in ("areas", "nodes", "hubs", "pots", "sites"):
        pd.testing.assert_frame_equal(again[table], instance[table])
    assert again.sha256 == instance.sha256 != small().sha256


def test_tables_of_programs_older_than_a_column_are_taken() -> None:
    """Whole tables without it, and rows added without it."""
    instance = small()
    older = instance["areas"].drop(columns="name_nl")
    more = pd.concat([instance["areas"], older.assign(area="new" + older["area"], parent="")], ignore_index=True)
    assert instance.replace(areas=older).sha256 == instance.sha256
    assert (instance.replace(areas=more)["areas"]["name_nl"] == "").all()
