"""Executors on other machines, tried on a real cluster of two workers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import calls
import pytest
from calls import job

from routeplan.errors import UsageError
from routeplan.runs import executors
from routeplan.runs.executors import dask_executor, mpi_executor
from routeplan.runs.outcome import Ended
from routeplan.runs.records import read_records
from routeplan.runs.run import run_all

JOBS = [*(job(calls.double, number=number) for number in range(4)), job(calls.fail), job(calls.crash)]


def outcomes(folder: Path) -> dict[str, tuple[Ended, object]]:
    latest = read_records(folder).latest()
    return {key: (each.outcome.ended, each.outcome.returned) for (key, _), each in latest.items()}


@pytest.mark.filterwarnings("default")  # of the cluster's own packages
@pytest.mark.nightly
def test_a_cluster_of_dask_gives_the_same_records(tmp_path: Path) -> None:
    """Failures and crashes too: a job that crashes takes no worker with it."""
    distributed = pytest.importorskip("distributed", reason='needs the extra "cluster"')
    run_all(JOBS, tmp_path / "here")
    workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        distributed.LocalCluster(**workers) as cluster,
        dask_executor(cluster.scheduler_address) as executor,
    ):
        run_all(JOBS, tmp_path / "there", executor=executor)
    assert outcomes(tmp_path / "there") == outcomes(tmp_path / "here")
    assert len(outcomes(tmp_path / "there")) == len(JOBS)


MPI_RUN = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[2])
from test_executors import JOBS

from routeplan.runs.executors import mpi_executor
from routeplan.runs.run import run_all

if __name__ == "__main__":
    with mpi_executor() as executor:
        run_all(JOBS, Path(sys.argv[1]), executor=executor)
"""


@pytest.mark.nightly
def test_the_pool_of_mpi_gives_the_same_records(tmp_path: Path) -> None:
    pytest.importorskip("mpi4py", reason="mpi4py is not installed")
    mpiexec = shutil.which("mpiexec", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if mpiexec is None:
        pytest.skip("there is no mpiexec")
    run_all(JOBS, tmp_path / "here")
    program = tmp_path / "program.py"
    program.write_text(MPI_RUN, encoding="utf-8")
    pool = [mpiexec, "-n", "3", sys.executable, "-m", "mpi4py.futures"]
    subprocess.run([*pool, str(program), str(tmp_path / "there"), str(Path(__file__).parent)], check=True, timeout=300)
    assert outcomes(tmp_path / "there") == outcomes(tmp_path / "here")
    assert len(outcomes(tmp_path / "there")) == len(JOBS)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "no address"])
def test_where_there_is_no_cluster_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason='needs the extra "cluster"')
    monkeypatch.setattr(executors, "PATIENCE", 0.5)
    with pytest.raises(UsageError, match="there is no cluster of Dask at"), dask_executor(address):
        pass


def test_what_must_be_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r'pip install "routeplan\[cluster\]"'), dask_executor("tcp://here:1"):
        pass
    with pytest.raises(UsageError, match="pip install mpi4py"), mpi_executor():
        pass
