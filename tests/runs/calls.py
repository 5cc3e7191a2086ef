"""Calls that behave in every way: what the tests run in processes of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from routeplan.runs.asked import asked_to_end
from routeplan.runs.job import Job, Resources


def double(number: float) -> dict[str, Any]:
    return {"double": 2 * number}


def fail() -> dict[str, Any]:
    print("on the way")
    raise ValueError("no such thing")


def crash() -> dict[str, Any]:
    os.abort()


def leave() -> dict[str, Any]:
    os._exit(7)


def sleep(seconds: float, mark: str = "") -> dict[str, Any]:
    if mark:
        Path(mark).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(seconds)
    return {}


def wait_until_asked() -> dict[str, Any]:
    """Hands over what it has once it is asked to end."""
    while not asked_to_end():
        time.sleep(0.02)
    return {"best": 42}


def turn_a_deaf_ear(mark: str) -> dict[str, Any]:
    """Starts a process in a session of its own, and neither hears anything."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    Path(mark).write_text(str(child.pid), encoding="utf-8")
    time.sleep(60)
    return {}


def eat(megabytes: int) -> dict[str, Any]:
    """Takes memory bit by bit, in a process that it starts."""
    code = f"held = []\nfor _ in range({megabytes} // 8): held.append(b'x' * 2**23); import time; time.sleep(0.01)"
    subprocess.run([sys.executable, "-c", code], check=True)
    return {}


def take_and_give_back(megabytes: int) -> dict[str, Any]:
    return {"length": len(b"x" * (megabytes * 1_000_000))}


def eat_at_once() -> dict[str, Any]:
    return {"length": len(bytearray(2**34))}


def count(mark: str) -> dict[str, Any]:
    """Leaves a line in a file each time that it runs."""
    with Path(mark).open("a", encoding="utf-8") as file:
        file.write("run\n")
    return {}


def burn(seconds: float) -> dict[str, Any]:
    """Uses the processor in a process that it starts."""
    code = f"import time\nwhile time.process_time() < {seconds}: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
    return {}


def tell(value: object) -> dict[str, Any]:
    return {"value": {value}}


def job(call: Any, resources: Resources | None = None, **arguments: Any) -> Job:
    """A job about its call and arguments."""
    about = {"call": call.__name__, **arguments}
    return Job(call, arguments, about, resources or Resources(seconds=30))
