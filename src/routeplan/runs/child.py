"""The process of a job: ``python -m routeplan.runs.child FOLDER``, started by `routeplan.runs.process`."""

import json
import os
import pickle
import re
import signal
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

from routeplan.runs.asked import listen
from routeplan.runs.job import Job
from routeplan.runs.outcome import MB

with suppress(ModuleNotFoundError):  # Windows has none
    import resource

JOB, OUTCOME = "job.pickle", "outcome.json"
"""Files in a job's folder: what is asked, and what came of it."""

STATUS = Path("/proc/self/status")

SLACK = 512.0
"""Memory [MB] that a process may ask for beyond its limit, which the runner watches; then it is given no more."""


def main(folder: Path) -> None:
    """Run the job that lies in a folder, and leave there what came of it."""
    threading.Thread(target=_end_with_the_runner, daemon=True).start()
    listen()
    job: Job = pickle.loads((folder / JOB).read_bytes())
    _limit_memory(job.resources.memory)
    outcome = json.dumps({**_called(job), "peak": _peak()})
    aside = folder / f"{OUTCOME}.part"
    aside.write_text(outcome, encoding="utf-8")
    aside.replace(folder / OUTCOME)


def _called(job: Job) -> dict[str, Any]:
    try:
        returned = dict(job.call(**job.arguments))
        json.dumps(returned, allow_nan=False)
    except MemoryError as error:
        return {"memory": f"MemoryError: {error}".rstrip(": ")}
    except BaseException as error:
        traceback.print_exc()
        return {"raised": f"{type(error).__name__}: {error}"}
    return {"returned": returned}


def _peak() -> float:
    """Most resident memory of this process so far [MB], where the system tells."""
    if STATUS.is_file():
        told = re.search(r"^VmHWM:\s*(\d+) kB$", STATUS.read_text(encoding="ascii"), flags=re.MULTILINE)
        return int(told[1]) * 1024 / MB if told else 0.0
    return 0.0


def _limit_memory(most: float) -> None:
    """Refuse memory far beyond the limit at once: between two looks of the runner a process can ask for very much."""
    if most < float("inf") and sys.platform == "linux":
        size = int((most + SLACK) * MB)
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _end_with_the_runner() -> None:
    """End this process and all that it has started when the runner is gone: its end of the pipe closes."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
