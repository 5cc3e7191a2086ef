"""Candidate links of an import: to all sides, and without those that are too dear to be part of any good plan."""

from pathlib import Path

import pandas as pd
import pytest

from formulas import parameters
from routeplan.estimate import assemble
from routeplan.estimate.defaults import DefaultTables
from routeplan.estimate.derivation import EVERY_ROW
from routeplan.estimate.surroundings.links import link_rules
from routeplan.generate.generate import generate, write_generated
from routeplan.importers.ets.ets import import_ets, write_import
from routeplan.network.prune import SLACK, prune_by_cost
from routeplan.solving.solve import solve


@pytest.mark.nightly
def test_leaving_out_dear_links_changes_no_optimum(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nine sites of the Achterhoek have fewer links than were found, and the same least cost."""
    pruned = import_ets(sample, region="Achterhoek").instance
    monkeypatch.setattr(assemble, "prune_by_cost", lambda instance: instance["links"])
    whole = import_ets(sample, region="Achterhoek").instance
    assert set(pruned["links"]["link"]) < set(whole["links"]["link"])
    least, all_links = (solve(instance, gap=0.0, threads=1).objective for instance in (pruned, whole))
    assert least == pytest.approx(all_links, rel=1e-6)


@pytest.mark.nightly
def test_only_links_that_are_there_are_traced(sample: Path) -> None:
    """Of each candidate, length and first year say where they come from; of those left out nothing does."""
    found = import_ets(sample, region="Achterhoek")
    links, told = found.instance["links"], found.derivation
    traced = told[(told["table"] == "links") & (told["column"] == "length")]
    assert set(traced["key"]) == set(links["link"])
    assert set(prune_by_cost(found.instance)["link"]) == set(links["link"])


@pytest.mark.nightly
def test_it_is_told_how_many_links_were_left_out(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the README and the derivation of imports and of generated instances, with the slack, stand the links gone."""
    monkeypatch.chdir(tmp_path)
    counts = [links_made(sample, name) for name in ("kept-import", "kept-generated")]
    monkeypatch.setattr(assemble, "prune_by_cost", lambda instance: instance["links"])
    gone = [links_made(sample, name) - count for name, count in zip(("import", "generated"), counts, strict=True)]
    for name, count in zip(("import", "generated"), gone, strict=True):
        assert count > 0
        text = " ".join((tmp_path / f"kept-{name}" / "README.md").read_text(encoding="utf-8").split())
        assert f"a source or hub that is cheap enough: {count} (slack 0.5: transport may cost up to 1.5 times" in text
        traces = pd.read_csv(tmp_path / f"kept-{name}" / "derivation.csv")
        row = traces[(traces["table"] == "links") & (traces["key"] == EVERY_ROW)].iloc[0]
        assert row["rule"].endswith(f"are left out: {count} links")
        assert parameters(row)["slack"] == SLACK == 0.5


def links_made(sample: Path, folder: str) -> int:
    """Write an import, or an instance that is generated, and count its links."""
    if folder.endswith("import"):
        imported = import_ets(sample, region="Achterhoek")
        write_import(imported, folder)
        return len(imported.instance["links"])
    generated = generate(120, 1, areas=["G14"])
    write_generated(generated, folder)
    return len(generated.instance["links"])


def test_pipes_lead_to_all_sides_when_asked(defaults: DefaultTables) -> None:
    """The rule of pipes asks for the neighbours on all sides, that of trucks for given nodes alone."""
    rules = link_rules("co2", defaults, gabriel=True)
    pipes, trucks = rules["pipe"], rules["truck"]
    assert (pipes.gabriel, trucks.gabriel) == (True, False)
    assert not any(rule.gabriel for rule in link_rules("co2", defaults).values())
