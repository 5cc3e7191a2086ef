"""Tables of runs, as the tests of statistics need them."""

import pandas as pd

LIMIT = 100.0


def table(*rows, **columns):
    """Runs from (instance, family, setting, seed, seconds), solved below the limit of 100 s."""
    runs = pd.DataFrame(list(rows), columns=["instance", "family", "setting", "seed", "seconds"])
    return runs.assign(solved=runs["seconds"] < LIMIT, limit=LIMIT).assign(**columns)


def times(families=None, **seconds):
    """Runs by setting, one for each instance, with seed 0: ``times(a=[1, 2], b=[2, 4])``."""
    return table(
        *(
            (f"i{number}", families[number] if families else "f", setting, 0, float(time))
            for setting, found in seconds.items()
            for number, time in enumerate(found)
        )
    )
