"""Questions that do not depend on each other, shared out over processes."""

import base64
import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from routeplan.errors import FaultError
from routeplan.runs.asked import asked_to_end
from routeplan.runs.job import Job
from routeplan.runs.outcome import Ended, Outcome
from routeplan.runs.process import run_unless_stopped
from routeplan.runs.records import Record
from routeplan.runs.run import run_all
from routeplan.solver.parameters import refuse_wrong_workers
from routeplan.solver.solution import Stop, never

PARTS = 6
"""Parts for each process, one after the other: few, as a process takes a second to begin, and enough for all to end
at about the same time."""

Question = TypeVar("Question")
QuestionIn = TypeVar("QuestionIn", contravariant=True)
Answer = TypeVar("Answer")

OnFault = Callable[[int, str], None]
"""Told of a question that a fault left without an answer, by its place, and of the fault."""
AnswerOut = TypeVar("AnswerOut", covariant=True)


class Teller(Protocol[QuestionIn, AnswerOut]):
    """Answers a question; it can be pickled."""

    def __call__(self, asked: QuestionIn, stop: Stop, /) -> AnswerOut:
        """Answer a question, as far as that is possible until it is told to stop."""
        ...


def answers_to_all(
    teller: Teller[Question, Answer],
    asked: Sequence[Question],
    *,
    workers: int = 1,
    stop: Stop | None = None,
    on_answer: Callable[[Answer], None],
    on_fault: OnFault | None = None,
) -> dict[int, Answer]:
    """Answer questions, in this process or several.

    Parameters
    ----------
    teller : Teller
        Answers one.
    asked : sequence
        The questions.
    workers : int
        Processes at a time; with 1, it is this process alone.
    stop : callable, optional
        When it says so, the answers so far are handed over; not those that were under way.
    on_answer : callable
        Told of each answer.
    on_fault : callable, optional
        Told of each question that a fault left without an answer, while the others are answered. Unless it is given, a
        fault in this process is raised, and of those in others nothing is told.

    Returns
    -------
    dict
        Answers by the place of their question; those that a fault took are not there.

    Raises
    ------
    UsageError
        When the number of processes makes no sense.
    FaultError
        When an answer ends in a fault, of which nobody is told.
    """
    refuse_wrong_workers(workers)
    if min(workers, len(asked)) > 1:
        return _in_processes(teller, asked, workers, stop, on_answer, on_fault)
    return dict(_answered(teller, dict(enumerate(asked)), stop or never, on_answer, on_fault))


def _answered(
    teller: Teller[Question, Answer],
    asked: Mapping[int, Question],
    stop: Stop,
    on_answer: Callable[[Answer], None],
    on_fault: OnFault | None,
) -> Iterator[tuple[int, Answer]]:
    for place, question in asked.items():
        if stop():
            return
        try:
            answer = teller(question, stop)
        except FaultError as fault:
            if on_fault is None:
                raise
            on_fault(place, str(fault))
            continue
        if stop():  # what was under way may have been ended without an answer
            return
        on_answer(answer)
        yield place, answer


def _in_processes(
    teller: Teller[Question, Answer],
    asked: Sequence[Question],
    workers: int,
    stop: Stop | None,
    on_answer: Callable[[Answer], None],
    on_fault: OnFault | None,
) -> dict[int, Answer]:
    count = min(len(asked), workers * PARTS)
    parts = [{place: asked[place] for place in range(first, len(asked), count)} for first in range(count)]
    jobs = [
        Job(part_answered, {"teller": teller, "asked": part}, {"part": part_of}) for part_of, part in enumerate(parts)
    ]
    found: dict[int, Answer] = {}

    def keep(record: Record) -> None:
        if record.outcome.ended is Ended.RETURNED:
            answers, faults = pickle.loads(base64.b64decode(record.outcome.returned["answers"]))
            found.update(answers)
            for answer in answers.values():
                on_answer(answer)
        else:
            faults = dict.fromkeys(parts[record.about["part"]], _why_ended(record.outcome))
        for place, fault in faults.items():
            if on_fault is not None:
                on_fault(place, fault)

    with tempfile.TemporaryDirectory(prefix="routeplan-why-") as folder:
        run_all(jobs, Path(folder), at_once=workers, run=_as_far_as_it_came, stop=stop, on_record=keep)
    return dict(sorted(found.items()))


def _as_far_as_it_came(job: Job, stop: Stop | None = None) -> Outcome:
    """Run a job; one that is stopped and hands over what it has counts as one that has returned."""
    outcome = run_unless_stopped(job, stop)
    return replace(outcome, ended=Ended.RETURNED) if outcome.ended is Ended.STOPPED and outcome.returned else outcome


def _why_ended(outcome: Outcome) -> str:
    """Why a process ended without its answers."""
    return f"its process ended: {outcome.told or outcome.ended}"


def part_answered(teller: Teller[Question, Answer], asked: Mapping[int, Question]) -> dict[str, Any]:
    """Answer a part of the questions, in the process of a job: answers and faults as text, which records are."""
    faults: dict[int, str] = {}
    answers = dict(_answered(teller, asked, asked_to_end, lambda answer: None, faults.__setitem__))
    return {"answers": base64.b64encode(pickle.dumps((answers, faults))).decode("ascii")}
