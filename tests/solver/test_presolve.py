"""What the presolve of HiGHS cannot take: a part of a plan of achterhoek, decided anew."""

import subprocess
import sys
from pathlib import Path

import pytest

PART = Path(__file__).with_name("presolve-breaks-down.mps.gz")

SOLVE = """
import sys
import highspy
highs = highspy.Highs()
highs.setOptionValue("output_flag", False)
highs.setOptionValue("threads", 1)
highs.setOptionValue("presolve", sys.argv[2])
highs.readModel(sys.argv[1])
highs.run()
print(highs.getModelStatus().name)
"""


def ended_with(presolve: str) -> subprocess.CompletedProcess[str]:
    """Solve the part in a process of its own, with HiGHS' own options."""
    command = [sys.executable, "-c", SOLVE, str(PART), presolve]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.nightly
def test_without_presolve_the_part_is_solved() -> None:
    """Nothing is wrong with the file."""
    ended = ended_with("off")
    assert (ended.returncode, ended.stdout.split()[-1]) == (0, "kOptimal")


@pytest.mark.nightly
# Not strict: whether what is overwritten ends a process depends on the machine.
@pytest.mark.xfail(strict=False, reason="HiGHS 1.16.0: the process dies in presolve (docs/solving.md)")
def test_with_presolve_the_part_is_solved() -> None:
    """A HiGHS that can is one in which parts of a plan may be decided anew beside the search (docs/solving.md)."""
    assert ended_with("on").returncode == 0
