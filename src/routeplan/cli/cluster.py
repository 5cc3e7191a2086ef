"""Other machines that a command may use."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from routeplan.runs.executors import dask_executor, mpi_executor


@contextmanager
def executor_of(dask: str | None, mpi: bool = False) -> Iterator[Executor | None]:
    """Connect to other machines, as long as a command lasts; None where none are asked for.

    Parameters
    ----------
    dask : str, optional
        Address of a cluster of Dask.
    mpi : bool
        Whether the pool of MPI is asked for.

    Raises
    ------
    UsageError
        When there is no such cluster, or what it needs is not installed.
    """
    if dask is not None:
        with dask_executor(dask) as executor:
            yield executor
    elif mpi:
        with mpi_executor() as executor:
            yield executor
    else:
        yield None
