"""Whether a job has been asked to end: a long call looks here, and hands over what it has."""

import signal
import threading

_ASKED = threading.Event()


def asked_to_end() -> bool:
    """Whether the runner has asked this process to end: its time is up, or its user has stopped it."""
    return _ASKED.is_set()


def listen() -> None:
    """Take a SIGTERM for such a request, instead of dying of it; a Ctrl-C is the runner's to hear."""
    signal.signal(signal.SIGTERM, lambda *_: _ASKED.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
