"""What the tables of one random instance have in common, and the draws that they are made of."""

from random import Random

AREAS = ("top", "left", "deep")
MOST_ITEMS = {2: 5, 3: 4}
"""How much can be built at most, by number of periods."""


class Draw:
    """Draws the numbers of one instance, and keeps what one table must know of another.

    Parameters
    ----------
    seed : int
        The same seed draws the same.

    Attributes
    ----------
    apart : Random
        Draws what came into the format later, so that all else is drawn as before.
    """

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.apart = Random(f"apart {seed}")
        self.lengths = [self.random.randint(1, 4) for _ in range(self.random.choice([2, 3, 3]))]
        self.periods = [2028 + sum(self.lengths[:t]) for t in range(len(self.lengths))]
        self.end = 2028 + sum(self.lengths)
        self.sites = [f"s{number}" for number in range(1, self.random.choice([3, 3, 4]))]
        self.processes = {f"{site}-a": site for site in self.sites}
        if len(self.sites) == 2 and self.chance(0.3):
            self.processes["s1-b"] = "s1"
        self.park = self.random.choice(AREAS) if self.chance(0.35) else ""
        self.room = MOST_ITEMS[len(self.periods)]
        self.emitted = 0.0
        self.used: dict[str, set[str]] = {}

    def chance(self, share: float) -> bool:
        """Whether something of this probability happens."""
        return self.random.random() < share

    def near(self, number: float, spread: float = 0.4) -> float:
        """A number near this one, of two decimals."""
        return round(number * self.random.uniform(1 - spread, 1 + spread), 2)

    def year(self, share: float) -> int | None:
        """Some year of the horizon, or a little before or after it; usually none."""
        return self.random.randint(2027, self.end + 1) if self.chance(share) else None
