"""What the pages of the tests are made of."""

from functools import cached_property
from pathlib import Path

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
