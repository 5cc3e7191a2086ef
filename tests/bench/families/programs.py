"""What tests of benchmark instances share: their bytes, a solver, and optima found by trying everything."""

from itertools import product

import numpy as np
from scipy.optimize import linprog

from routeplan.bench.families.network import Network
from routeplan.model.matrices import Matrices
from routeplan.solver.session import Session
from routeplan.solver.solution import Limits, Solution


def bytes_of(matrices: Matrices) -> bytes:
    """Everything in a program, in one order."""
    rows = matrices.rows
    numbers = [matrices.row_lower, matrices.row_upper, matrices.lower, matrices.upper, matrices.cost]
    pattern = [rows.indptr.astype(np.int64), rows.indices.astype(np.int64), rows.data]
    return b"".join(each.tobytes() for each in [*pattern, *numbers, matrices.integer])


def solved(matrices: Matrices, **options: float) -> Solution:
    with Session(matrices, Limits(threads=1, options=options)) as session:
        return session.solve()


def least_cost(network: Network) -> float:
    """Least cost of a network: each set of open arcs is tried, with the best flow over them as a linear program."""
    arcs, customers = network.arcs, network.nodes - 1
    balance = np.zeros((customers, arcs + customers))
    for arc, (tail, head) in enumerate(zip(network.tail, network.head, strict=True)):
        if tail:
            balance[tail - 1, arc] = -1.0
        if head:
            balance[head - 1, arc] = 1.0
    balance[:, arcs:] = np.eye(customers)
    cost = np.concatenate([network.variable, network.own_cost[1:]])
    best = np.inf
    for opened in product((0.0, 1.0), repeat=arcs):
        most = np.concatenate([network.capacity * opened, network.own[1:]])
        flow = linprog(cost, A_eq=balance, b_eq=network.demand[1:], bounds=list(zip(0.0 * most, most, strict=True)))
        if flow.status == 0:
            best = min(best, flow.fun + float(network.fixed @ opened))
    return best
