"""What the pages of the tests are made of."""

from pathlib import Path
from typing import NamedTuple

from routeplan.language.language import Words
from routeplan.report.names import title_of
from routeplan.result.result import Result

HOSTILE = (
    '<script>document.title = "run"</script> & "O\'Brien" <img src="x" onerror="document.title = 1"> </script><!--'
)
"""A name that does harm where it is not escaped."""


class Pages(NamedTuple):
    """The plans, and the files of their pages."""

    plan: Result
    late: Result
    english: Path
    dutch: Path
    both: Path
    both_dutch: Path

    def side_by_side(self, words: Words) -> dict[str, Result]:
        """Both plans, under the names that they have beside each other: a scenario has its title."""
        (scenario,) = self.late.instance.applied
        return {"tiny": self.plan, title_of(scenario, words): self.late}
