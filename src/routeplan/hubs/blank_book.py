"""A workbook of hub designs to fill in, with sheets that tell what an instance has to choose from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from routeplan.data.workbook.add import add_rows, new_workbook, values_of
from routeplan.data.workbook.file import Value
from routeplan.hubs.choices import open_hubs, open_links, sites_alone, sites_needing
from routeplan.hubs.design import Design
from routeplan.hubs.write_book import add_design_sheets
from routeplan.instance.instance import Instance
from routeplan.instance.names import names_in, names_of_places
from routeplan.language.language import Words
from routeplan.schema import units
from routeplan.schema.designs import DESIGN_SHEETS
from routeplan.schema.inputs import CARRIERS


@dataclass(frozen=True)
class Choices:
    """A sheet that is not read, and tells what there is to choose from.

    Parameters
    ----------
    title : str
        Its name.
    heads : list of str
        Its columns.
    rows : list of list of Value
        Its rows.
    offered : tuple of str
        The columns of the sheets of designs for which its first columns are.
    """

    title: str
    heads: list[str]
    rows: list[list[Value]]
    offered: tuple[str, ...]

    def ranges(self) -> Iterator[tuple[str, str]]:
        """Each column that it offers, and the range of cells."""
        for position, column in enumerate(self.offered, start=1):
            letter = get_column_letter(position)
            yield column, f"{self.title}!${letter}$2:${letter}${len(self.rows) + 1}"


def write_blank_book(instance: Instance, path: Path, words: Words) -> None:
    """Write a workbook with one design, which has nothing yet.

    Parameters
    ----------
    instance : Instance
        The instance that it is for.
    path : Path
        The workbook, of which there is none yet.
    words : Words
        Language of headers and notes.
    """
    choices = [each for each in _choices(instance, words) if each.rows]
    offers = dict(pair for each in choices for pair in each.ranges())
    with new_workbook(path) as book:
        add_design_sheets(book, [Design("my-hub", "My hub", "Mijn hub")], words, offers)
        for each in choices:
            add_rows(book, each.title, each.heads, each.rows)
        add_rows(book, words("note_explanation"), [words("sheet"), words("what")], list(_explained(words)))


def _choices(instance: Instance, words: Words) -> Iterator[Choices]:
    yield _hubs(instance, words)
    yield _links(instance, words)
    yield _sites(instance, words)
    of_nodes, nodes = [words("node"), words("carrier")], _rows(instance["nodes"], ["node", "carrier"])
    yield Choices(words("note_nodes"), of_nodes, nodes, ("node", "carrier"))
    yield Choices(words("note_areas"), [words("area"), words("name")], _areas(instance, words), ("area",))


def _hubs(instance: Instance, words: Words) -> Choices:
    """Hub options, with what each delivers or takes, holds of the grid, and costs."""
    hubs, names = open_hubs(instance), names_in(instance, "hubs", words)
    told = hubs.assign(
        name=[names[hub] for hub in hubs["hub"]],
        unit=[words.unit(units.OF_CARRIER[carrier]) for carrier in hubs["carrier"]],
        grid=hubs["firm_capacity"] + hubs["flexible_capacity"],
    )
    heads = {
        "hub": words("hub"),
        "option": words("option"),
        "name": words("name"),
        "carrier": words("carrier"),
        "first_year": words("first_year"),
        "capacity": words("capacity"),
        "unit": words("unit"),
        "capex": f"{words('investment')} [{words.unit(units.MONEY)}]",
        "grid": f"{words('grid capacity')} [{words.unit(units.POWER)}]",
    }
    return Choices(words("note_hubs"), list(heads.values()), _rows(told, list(heads)), ("hub", "option"))


def _links(instance: Instance, words: Words) -> Choices:
    """Candidate links between nodes in each size, with what it carries and costs."""
    links, places = open_links(instance), names_of_places(instance, words)
    told = links.assign(
        name=[f"{places[begin]} – {places[end]}" for begin, end in zip(links["from"], links["to"], strict=True)],
        unit=[words.unit(units.OF_CARRIER[carrier]) for carrier in links["carrier"]],
    )
    heads = {
        "link": words("link"),
        "size": words("size"),
        "name": words("name"),
        "from": words("from node"),
        "to": words("to node"),
        "first_year": words("first_year"),
        "size_capacity": words("capacity"),
        "unit": words("unit"),
        "capex": f"{words('investment')} [{words.unit(units.MONEY)}]",
    }
    return Choices(words("note_links"), list(heads.values()), _rows(told, list(heads)), ("link", "size"))


def _sites(instance: Instance, words: Words) -> Choices:
    """Every site, those of one station together, with the contract that it shares and the carriers it could use."""
    names, stations = names_in(instance, "sites", words), names_in(instance, "areas", words)
    alone = set(sites_alone(instance)["site"])
    users = {words.name(carrier): sites_needing(instance, carrier) for carrier in CARRIERS}
    by_station = instance["sites"].sort_values("area", kind="stable")
    rows: list[list[Value]] = [
        [
            *(site, names[site], stations[area]),
            None if site in alone else contract,
            ", ".join(carrier for carrier, sites in users.items() if site in sites) or None,
        ]
        for site, area, contract in by_station[["site", "area", "contract"]].itertuples(index=False, name=None)
    ]
    heads = [words("site"), words("name"), words("station"), words("shares the contract"), words("could use")]
    return Choices(words("note_sites"), heads, rows, ("site",))


def _areas(instance: Instance, words: Words) -> list[list[Value]]:
    names = names_in(instance, "areas", words)
    return [[area, names[area]] for area in instance["areas"]["area"]]


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> list[list[Value]]:
    return [list(row) for row in zip(*(values_of(frame[column]) for column in columns), strict=True)]


def _explained(words: Words) -> Iterator[list[Value]]:
    """How to fill in the workbook, a row for each sheet."""
    yield [None, words("One row on the first sheet is one design; the other sheets tell what it has.")]
    yield [None, words("Names in bold, underlined are needed in each row; those in italics may stay empty.")]
    yield [None, words("A comment on a name tells what it means; an arrow in a cell offers what the region has.")]
    yield [None, words("Sheets whose names begin with note are not read.")]
    for table in DESIGN_SHEETS:
        yield [words(table.name), words(table.about)]
