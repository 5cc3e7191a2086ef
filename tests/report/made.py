"""What the pages of the tests are made of."""

import dataclasses
from functools import cached_property
from pathlib import Path

import pandas as pd

from routeplan.instance.change import Change
from routeplan.instance.instance import Instance
from routeplan.instance.titles import title_of
from routeplan.language.language import Words
from routeplan.report.page.build import page
from routeplan.result.result import Result
from routeplan.solving.solve import solve

HOSTILE = (
    '<script>document.title = "run"</script> & "O\'Brien" <img src="x" onerror="document.title = 1"> </script><!--'
)
"""A name that does harm where it is not escaped."""

NAMES = ("name", "name_nl", "note")
"""Columns of texts that are the user's own, besides those of scenarios and settings."""


def harmful(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A table with a harmful text, that says where it stands, in each of those columns that it has."""
    return frame.assign(**{name: f"{table}.{name} {HOSTILE}" for name in NAMES if name in frame})


def hostile(result: Result) -> Result:
    """A result whose names, titles, descriptions, sources and scenarios all do harm."""
    instance = result.instance
    told = {name: f"settings.{name} {HOSTILE}" for name in ("title", "title_nl", "description", "description_nl")}
    sources = dict.fromkeys(instance.settings.sources, f"settings.sources {HOSTILE}")
    more = Change("sites", "spare_capacity", "add", 1.0, {"region": f"change {HOSTILE}"})
    titles = {name: f"scenario.{name} {HOSTILE}" for name in ("title", "title_nl")}
    applied = tuple(dataclasses.replace(each, **titles, changes=(*each.changes, more)) for each in instance.applied)
    tables = {name: harmful(frame, name) for name, frame in instance.tables.items()}
    changed = Instance(dataclasses.replace(instance.settings, **told, sources=sources), tables)
    changed = changed.solved_as(instance.scenario, instance.sha256, applied)
    return dataclasses.replace(result, instance=changed)


class Pages:
    """Two plans and the files of their pages, each made when it is first asked for."""

    def __init__(self, instance: Instance, folder: Path) -> None:
        self._instance = instance
        self._folder = folder

    @cached_property
    def plan(self) -> Result:
        """The plan of the instance."""
        return solve(self._instance)

    @cached_property
    def late(self) -> Result:
        """Its plan under the scenario of a late grid."""
        return solve(self._instance.under("late-grid"))

    @cached_property
    def english(self) -> Path:
        """The page of one plan."""
        return self._written("english", page({"tiny": self.plan}))

    @cached_property
    def dutch(self) -> Path:
        """The same in Dutch."""
        return self._written("dutch", page({"tiny": self.plan}, "nl"))

    @cached_property
    def both(self) -> Path:
        """The page of two plans beside each other."""
        return self._written("both", page({"tiny": self.plan, "late-grid": self.late}))

    @cached_property
    def both_dutch(self) -> Path:
        """The same in Dutch."""
        return self._written("both_dutch", page({"tiny": self.plan, "late-grid": self.late}, "nl"))

    def _written(self, name: str, text: str) -> Path:
        file = self._folder / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        return file

    def side_by_side(self, words: Words) -> dict[str, Result]:
        """Both plans, under the names that they have beside each other: a scenario has its title."""
        (scenario,) = self.late.instance.applied
        return {"tiny": self.plan, title_of(scenario, words): self.late}
