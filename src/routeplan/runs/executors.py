"""Executors on other machines: a cluster of Dask by its address, the pool of MPI."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib.util import find_spec

from routeplan.errors import UsageError

with suppress(ModuleNotFoundError):  # of the extra "cluster", which need not be installed
    import distributed
with suppress(Exception):  # MPI itself may be lacking too
    import mpi4py.futures

PATIENCE = 10
"""Time to look for a cluster [s]."""


@contextmanager
def dask_executor(address: str) -> Iterator[Executor]:
    """Connect to a cluster of Dask: each of its workers runs one job at a time, in a process of its own.

    Workers are started with ``--nthreads 1``, and see the same folders under the same names.

    Parameters
    ----------
    address : str
        Address of its scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises
    ------
    UsageError
        When the extra "cluster" is not installed, or there is no cluster at this address.
    """
    if find_spec("distributed") is None:
        raise UsageError('a cluster of Dask needs the extra "cluster": pip install "routeplan[cluster]"')
    try:
        client = distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"there is no cluster of Dask at {address}: {error}") from None
    with client:
        yield client.get_executor(pure=False)


@contextmanager
def mpi_executor() -> Iterator[Executor]:
    """Open the pool of MPI: ``mpiexec -n 8 python -m mpi4py.futures -m routeplan ...`` gives it seven workers.

    Raises
    ------
    UsageError
        When mpi4py, or MPI itself, is not installed.
    """
    if find_spec("mpi4py") is None:
        raise UsageError("the pool of MPI needs mpi4py and MPI: pip install mpi4py mpich")
    with mpi4py.futures.MPIPoolExecutor() as executor:
        yield executor
