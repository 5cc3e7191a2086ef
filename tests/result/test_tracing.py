"""Flow tracing: shares of users in what passes each node, by hand and in flows that are made of known paths."""

from itertools import pairwise
from random import Random

import pandas as pd
import pytest

from routeplan.result.tracing import users_of_nodes


def shares(*arcs: tuple[str, str, float], **use: float) -> dict[str, dict[str, float]]:
    """Share of each user in what passes each node."""
    flows = pd.DataFrame(arcs, columns=["tail", "head", "amount"])
    found = users_of_nodes(flows, pd.Series(use, dtype=float))
    return {node: rows.set_index("site")["share"].to_dict() for node, rows in found.groupby("node")}


def test_users_behind_one_pipe_share_it_by_what_they_take() -> None:
    """Of 30 through the middle 10 are of one and 20 of the other."""
    found = shares(("port", "middle", 30), ("middle", "a", 10), ("middle", "b", 20), a=10, b=20)
    assert found["port"] == found["middle"] == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    assert (found["a"], found["b"]) == ({"a": 1.0}, {"b": 1.0})


def test_what_meets_in_a_node_mixes() -> None:
    """One user takes a quarter of the mix of two ports, and 10 of the first port directly: 40 x 1/4 + 10 of its 50."""
    arcs = [("x", "mix", 40), ("y", "mix", 60), ("mix", "a", 25), ("mix", "b", 75), ("x", "a", 10)]
    found = shares(*arcs, a=35, b=75)
    assert found["y"] == found["mix"] == pytest.approx({"a": 0.25, "b": 0.75})
    assert found["x"] == pytest.approx({"a": 0.4, "b": 0.6})


def test_a_user_on_the_way_takes_its_part() -> None:
    """It takes 10 of the 30 that arrive; the rest goes through it."""
    found = shares(("port", "a", 30), ("a", "b", 20), a=10, b=20)
    assert found["port"] == found["a"] == pytest.approx({"a": 1 / 3, "b": 2 / 3})


def test_flows_in_a_circle_are_traced() -> None:
    """Of 10 from the port one takes 4, the other 6; that 5 flow back between them changes nothing at the port.

    At b, of 11 that arrive, 6 are its own and 5 go back to a, where 4/10 of what comes stay: 5/11 x 0.4 = 2/11.
    """
    found = shares(("port", "a", 10), ("a", "b", 11), ("b", "a", 5), a=4, b=6)
    assert found["port"] == found["a"] == pytest.approx({"a": 0.4, "b": 0.6})
    assert found["b"] == pytest.approx({"a": 2 / 11, "b": 9 / 11})


def test_a_circle_that_serves_nobody_has_no_users() -> None:
    """Nor has a dead end, and neither takes a share of the node before it."""
    found = shares(("port", "a", 10), ("port", "dead", 1), ("c", "d", 3), ("d", "c", 3), a=10)
    assert found == {"port": {"a": 1.0}, "a": {"a": 1.0}}


def test_users_without_any_flow_serve_themselves() -> None:
    """A source at the site itself."""
    assert shares(a=3) == {"a": {"a": 1.0}}


@pytest.mark.parametrize("seed", range(40))
def test_every_user_is_given_what_it_takes(seed: int) -> None:
    """Over sources, what enters times the shares there is what each user takes, in any balanced flow; shares sum to 1.

    The flow is a sum of random walks from a source to a user, that may cross and repeat themselves.
    """
    random = Random(seed)
    places = [f"n{number}" for number in range(6)]
    arcs: dict[tuple[str, str], float] = {}
    entered: dict[str, float] = {}
    use: dict[str, float] = {}
    for _ in range(8):
        amount, walk = random.uniform(0.1, 9), [random.choice(places)]
        for _ in range(random.randint(0, 7)):
            walk.append(random.choice([place for place in places if place != walk[-1]]))
        entered[walk[0]] = entered.get(walk[0], 0.0) + amount
        use[walk[-1]] = use.get(walk[-1], 0.0) + amount
        for arc in pairwise(walk):
            arcs[arc] = arcs.get(arc, 0.0) + amount
    # Two ways between two places are netted, as in the table of flows.
    netted = [
        (tail, head, amount - arcs.get((head, tail), 0.0))
        for (tail, head), amount in arcs.items()
        if amount > arcs.get((head, tail), 0.0)
    ]
    found = shares(*netted, **use)
    assert all(sum(of_node.values()) == pytest.approx(1.0, abs=1e-12) for of_node in found.values())
    given = {user: sum(amount * found[node].get(user, 0.0) for node, amount in entered.items()) for user in use}
    assert given == pytest.approx(use, rel=1e-9)
