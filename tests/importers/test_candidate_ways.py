"""Candidate links of an import: to all sides, and without those that are too dear to be part of any good plan."""

from pathlib import Path

import pytest

from routeplan.importers import assemble
from routeplan.importers.defaults import DefaultTables
from routeplan.importers.ets import import_ets
from routeplan.importers.surroundings.networks import link_rules
from routeplan.network.cheap_enough import cheap_enough_links
from routeplan.solve.exact import solve


def test_leaving_out_dear_links_changes_no_optimum(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nine sites of the Achterhoek have fewer links than were found, and the same least cost."""
    pruned = import_ets(sample, region="Achterhoek").instance
    monkeypatch.setattr(assemble, "cheap_enough_links", lambda instance: instance["links"])
    whole = import_ets(sample, region="Achterhoek").instance
    assert set(pruned["links"]["link"]) < set(whole["links"]["link"])
    least, all_links = (solve(instance, gap=0.0, threads=1).objective for instance in (pruned, whole))
    assert least == pytest.approx(all_links, rel=1e-6)


def test_only_links_that_are_there_are_traced(sample: Path) -> None:
    """Of each candidate, length and first year say where they come from; of those left out nothing does."""
    found = import_ets(sample, region="Achterhoek")
    links, told = found.instance["links"], found.derivation
    traced = told[(told["table"] == "links") & (told["column"] == "length")]
    assert set(traced["key"]) == set(links["link"])
    assert set(cheap_enough_links(found.instance)["link"]) == set(links["link"])


def test_pipes_lead_to_all_sides_when_asked(defaults: DefaultTables) -> None:
    """The rule of pipes asks for the neighbours on all sides, that of trucks for given nodes alone."""
    pipes, trucks = link_rules("co2", defaults, 2026, gabriel=True)
    assert (pipes.gabriel, trucks.gabriel) == (True, False)
    assert not any(rule.gabriel for rule in link_rules("co2", defaults, 2026))
