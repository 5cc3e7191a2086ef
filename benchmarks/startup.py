"""How long help and completion take, against Python that does nothing: medians of runs in turn."""

import argparse
import os
import statistics
import subprocess
import sys
import time

PROGRAM = "import sys; sys.argv[0] = 'routeplan'; from routeplan.__main__ import main; main()"

CASES = {
    "python that does nothing": (["-c", "pass"], {}),
    "routeplan --help": (["-c", PROGRAM, "--help"], {}),
    "routeplan solve --help": (["-c", PROGRAM, "solve", "--help"], {}),
    "Tab behind routeplan sol": (
        ["-c", PROGRAM],
        {"_ROUTEPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "routeplan sol", "COMP_CWORD": "1"},
    ),
}


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=os.environ | environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(runs):  # in turn, so that a busy machine slows all of them
        for name, case in CASES.items():
            taken[name].append(seconds(*case))
    first, *_ = (statistics.median(times) for times in taken.values())
    print("| command | seconds | times the first |")
    print("|---|---|---|")
    for name, times in taken.items():
        print(f"| {name} | {statistics.median(times):.2f} | {statistics.median(times) / first:.0f} |")


if __name__ == "__main__":
    main()
