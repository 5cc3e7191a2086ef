"""Store the models of the instances as the code makes them now: python tests/golden/store.py."""

import lzma
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path += [str(TESTS / "oracle"), str(TESTS)]

from canonical import canonical  # noqa: E402 (beside this file)
from stored import INSTANCES, changes, file_of, stored  # noqa: E402


def main() -> None:
    for name, made in INSTANCES.items():
        file, lines = file_of(name), canonical(made())
        before = stored(name) if file.exists() else []
        if before == lines:
            continue
        print(f"{name}: {len(lines)} lines", *changes(before, lines), sep="\n  ")
        file.parent.mkdir(exist_ok=True)
        with lzma.open(file, "wt", encoding="utf-8", preset=9) as opened:
            opened.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
