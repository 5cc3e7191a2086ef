"""What the pages of the tests are made of."""

from pathlib import Path
from typing import NamedTuple

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
