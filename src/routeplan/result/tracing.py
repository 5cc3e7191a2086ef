"""Flow tracing: for whom a network carries what passes each of its nodes."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.tolerances import ROUNDING


def users_of_nodes(flows: pd.DataFrame, use: "pd.Series[float]") -> pd.DataFrame:
    r"""Find for which users what passes each node is meant, when every node mixes what it takes in.

    Proportional sharing (J. Bialek, Tracing the flow of electricity, IEE Proceedings - Generation, Transmission and
    Distribution 143 (4), 1996): whatever enters a node is parted among what leaves it in proportion to the amounts, so
    that the shares s of user u in what passes the nodes solve the linear equations

    .. math:: s_{nu} \Big( use_n + \sum_{m} flow_{nm} \Big) = use_n [n = u] + \sum_{m} flow_{nm} \, s_{mu}

    These hold with cycles too. An arc from which no path of arcs leads to a user carries nothing to anybody, and is
    left out.

    Parameters
    ----------
    flows : DataFrame
        Arcs with a flow: ``tail``, ``head`` (nodes) and ``amount``, above 0.
    use : Series of float
        What each user takes, by its node, above 0.

    Returns
    -------
    DataFrame
        ``node``, ``site`` (the user) and ``share``, above 0; the shares of a node sum to 1. A node from which no user
        is reached has no row.
    """
    nodes = pd.Index(pd.unique(pd.concat([flows["tail"], flows["head"], use.index.to_series()])))
    tail, head = (nodes.get_indexer(pd.Index(flows[end])).astype(np.int64) for end in ("tail", "head"))
    users = nodes.get_indexer(use.index).astype(np.int64)
    taken = np.zeros(len(nodes))
    taken[users] = use.to_numpy(float)
    useful = _leads_to_user(taken > 0.0, tail, head)[head]
    shares = _shares(taken, users, tail[useful], head[useful], flows["amount"].to_numpy(float)[useful])
    node, user = np.nonzero(shares > 0.0)
    return pd.DataFrame({"node": nodes[node], "site": use.index[user], "share": shares[node, user]})


def _leads_to_user(known: NDArray[np.bool_], tail: IntArray, head: IntArray) -> NDArray[np.bool_]:
    """Whether a path of arcs leads from each node to one of those known."""
    found, count = known.copy(), -1
    while found.sum() > count:
        count = int(found.sum())
        found[tail[found[head]]] = True
    return found


def _shares(taken: FloatArray, users: IntArray, tail: IntArray, head: IntArray, amount: FloatArray) -> FloatArray:
    """Shares of each user in what passes each node, shape (nodes, users)."""
    count = len(taken)
    passing = taken + np.bincount(tail, amount, count)
    onward = sparse.coo_array((amount / passing[tail], (tail, head)), shape=(count, count))
    own = np.zeros((count, len(users)))
    own[users, np.arange(len(users))] = taken[users] / passing[users]
    shares = splu((sparse.eye_array(count) - onward).tocsc()).solve(own)
    shares[shares < ROUNDING] = 0.0
    total = shares.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(shares, total, out=np.zeros_like(shares), where=total > 0.0))
