"""`connected_before_use` over larger sets: no option runs behind a cut that no link, source or hub crosses.

There are too many such rows to write them all; those that a point of the linear relaxation breaks are found by
maximum flow.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from routeplan.instance.horizon import FloatArray, IntArray
from routeplan.model.program import Program
from routeplan.network.arcs import SERVED, from_served, outward
from routeplan.network.cut import FlowNetwork
from routeplan.network.needs import NEED

MIN_VIOLATION = 1e-3
"""A row is worth adding when the point breaks it by more than this."""

ARCS = ["carrier", "period", "arc", "tail", "head", "column"]

Cut = tuple[IntArray, IntArray]


@dataclass(frozen=True)
class ConnectionCuts:
    r"""The rows of one model that tie options to a chain of links up to an open source or hub.

    For a process p, a period t and a set S of nodes around its site without any source and planned link into it:

    .. math:: \sum_{r \text{ needs the carrier}} runs_{prt}
              \le \sum_{l \text{ into } S} \sum_s built_{lst} + \sum_{h \text{ in } S} \sum_o open_{hot}

    For CO2 read "out of". Valid since a process runs one option, and what it needs arrives over links.

    Parameters
    ----------
    program : Program
        The program.
    """

    program: Program

    def separate(self, x: FloatArray) -> sparse.csr_array:
        """Find the rows that a point breaks, at most one for each process and period.

        Parameters
        ----------
        x : FloatArray, shape (C,)
            A point of the linear relaxation.

        Returns
        -------
        csr_array, shape (K, C)
            Coefficients of rows that are at most 0 in every plan.
        """
        rows = [row for network in self._networks for row in network.separate(x)]
        shape = (len(rows), len(x))
        if not rows:
            return sparse.csr_array(shape)
        coefficients = [np.repeat((1.0, -1.0), (len(uses), len(ways))) for uses, ways in rows]
        positions = [np.concatenate(row) for row in rows]
        begin = np.cumsum([0, *(len(row) for row in positions)])
        return sparse.csr_array((np.concatenate(coefficients), np.concatenate(positions), begin), shape=shape)

    @cached_property
    def _networks(self) -> "list[_Network]":
        arcs, columns = _arcs(self.program), self.program.matrices.rows.shape[1]
        return [
            _network(arcs[(arcs["carrier"] == carrier) & (arcs["period"] == period)], uses, columns)
            for (carrier, period), uses in _uses(self.program).groupby(["carrier", "period"], sort=False)
        ]


@dataclass(frozen=True)
class _Network:
    """The network of one carrier in one period, from sources and hubs (vertex 0) to the sites that may use it.

    Parameters
    ----------
    tail, head : IntArray, shape (A,)
        Ends of the arcs; CO2 is looked at against its flow.
    deciding : csr_array, shape (A, C)
        1 for each decision that opens an arc.
    always : FloatArray, shape (A,)
        1 where an arc waits for no decision.
    uses : DataFrame
        Options that need the carrier: process, vertex, column.
    vertices : int
        Number of vertices.
    """

    tail: IntArray
    head: IntArray
    deciding: sparse.csr_array
    always: FloatArray
    uses: pd.DataFrame
    vertices: int

    @cached_property
    def _asked(self) -> list[tuple[int, IntArray]]:
        """For each process: its site's vertex, and the columns of its options that need the carrier."""
        processes = [rows for _, rows in self.uses.groupby("process")]
        return [(int(rows["vertex"].iloc[0]), rows["column"].to_numpy()) for rows in processes]

    def separate(self, x: FloatArray) -> list[Cut]:
        """Columns of the options and of the decisions that must open a path to them, for each violated row."""
        network = FlowNetwork(self.tail, self.head, np.minimum(1.0, self.always + self.deciding @ x), self.vertices)
        rows: list[Cut] = []
        for vertex, uses in self._asked:
            asked = x[uses].sum()
            if asked <= MIN_VIOLATION:
                continue
            served, sink_side = network.minimum_cut(0, vertex)
            if asked > served + MIN_VIOLATION:
                rows.append((uses, np.unique(self.deciding[network.across(sink_side)].indices)))
        return rows


def _network(arcs: pd.DataFrame, uses: pd.DataFrame, columns: int) -> _Network:
    """The network of the arcs of a carrier in a period, in a model of `columns` columns."""
    names = pd.Index([SERVED, *sorted({*arcs["tail"], *arcs["head"], *uses["site"]} - {SERVED})])
    each = arcs.groupby(["arc", "tail", "head"])
    arc, decided = each.ngroup().to_numpy(), arcs["column"].to_numpy() >= 0
    ends = each["column"].min().index.to_frame(index=False)
    opens = (np.ones(decided.sum()), (arc[decided], arcs["column"].to_numpy()[decided]))
    return _Network(
        names.get_indexer(pd.Index(ends["tail"])),
        names.get_indexer(pd.Index(ends["head"])),
        sparse.csr_array(sparse.coo_array(opens, shape=(len(ends), columns))),
        np.bincount(arc, ~decided, minlength=len(ends)).clip(max=1.0),
        uses.assign(vertex=names.get_indexer(pd.Index(uses["site"]))),
        len(names),
    )


def _uses(program: Program) -> pd.DataFrame:
    """The options that need a carrier in a period: carrier, period, process, site, column."""
    runs = _placed(program, "runs")
    needs = [runs[(runs[name] > 0) & (runs["column"] >= 0)].assign(carrier=carrier) for carrier, name in NEED.items()]
    return pd.concat(needs)[["carrier", "period", "process", "site", "column"]]


def _arcs(program: Program) -> pd.DataFrame:
    """Each arc (carrier, period, arc, tail, head) with each column that opens it, or -1 where it needs none."""
    built = _placed(program, "built")[["link", "period", "column"]]
    opened = _placed(program, "open")[["hub", "option", "period", "column"]]
    links = (
        program.columns["flow"]
        .table.merge(built, on=["link", "period"], how="left")
        .assign(arc=lambda rows: rows["link"])
    )
    hubs = from_served(program.columns["output"].table.merge(opened, on=["hub", "option", "period"]))
    hubs["arc"] = hubs["hub"] + " " + hubs["option"]
    sources = from_served(program.columns["drawn"].table).assign(arc=SERVED, column=-1)
    arcs = pd.concat([part[ARCS] for part in (outward(links), hubs, sources)], ignore_index=True)
    return arcs.fillna({"column": -1}).astype({"column": int})


def _placed(program: Program, variable: str) -> pd.DataFrame:
    """A variable's table, with the column of each."""
    block = program.columns[variable]
    return block.table.assign(column=block.position)
