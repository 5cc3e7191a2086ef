"""Looks answers up by the file of names, and keeps what became of each."""

import math
import re
from collections.abc import Iterator
from typing import Any

from routeplan.data.workbook.file import Value
from routeplan.errors import Problem
from routeplan.importers.survey.answers import Answer, FilledIn
from routeplan.importers.survey.fields import FIELDS, Field
from routeplan.importers.survey.firm import Firm, problem_at
from routeplan.importers.survey.mapping import Names
from routeplan.importers.survey.names_check import EVERY_FIRM
from routeplan.importers.survey.notes import Note, Outcome
from routeplan.importers.survey.reading import Meanings
from routeplan.instance.rules.words import folded
from routeplan.language.language import Words

_TELLING = 4
"""Letters of a word, from which on it tells which firm it is."""


class Lookup:
    """Answers of a filled-in survey, by field.

    Parameters
    ----------
    filled : FilledIn
        The survey.
    names : Names
        The file of names.
    meanings : Meanings
        Reads answers.
    words : Words
        Language of notes and messages.
    """

    def __init__(self, filled: FilledIn, names: Names, meanings: Meanings, words: Words) -> None:
        self.filled, self.names, self.words = filled, names, words
        self.firm = Firm(filled.file, filled.part)
        self._meanings = meanings
        self._answers = {folded(answer.name): answer for answer in filled.answers}
        self._used: set[str] = set()
        self._unreadable: dict[str, str] = {}
        self._refused: set[str] = set()
        called = [answer.value for each in names.fields["name"].names if (answer := self.answer(each))]
        self.firm.name = next((str(name) for name in called if name), "")
        self.by_hand = names.by_hand(self.firm.name, filled.file)

    def answer(self, name: str) -> Answer | None:
        """The answer of a name; None where the survey does not have it."""
        return self._answers.get(folded(name))

    def use(self, name: str) -> None:
        """Take the answer of a name as read."""
        self._used.add(folded(name))

    def note(self, note: Note) -> None:
        """Keep what became of an answer."""
        self.firm.notes.append(note)

    def amount(self, name: str) -> float:
        """A number in the unit of an instance; NaN where it is not known."""
        given = self.value(name)
        return math.nan if given is None else float(given) * FIELDS[name].units[self.names.fields[name].unit]

    def value(self, name: str) -> Any:
        """What the survey says of a field, or what is given by hand; None where neither says anything."""
        found = None
        wanted, first = FIELDS[name], ""
        for answer, file in self._candidates(name):
            if found is not None:
                if answer.value is not None and file == "":
                    why = self.words("'{name}' was read", name=first)
                    self.note(Note(Outcome.NOT_NEEDED, answer.name, answer.sheet, answer.cell, name, why=why))
                continue
            found = self._meaning(wanted, answer, file)
            if found is not None:
                first = answer.name
                self.firm.places[name] = answer
                self.firm.sector_taken |= name == "sector" and answer.name == f'given."{EVERY_FIRM}"'
        return found

    def _candidates(self, name: str) -> Iterator[tuple[Answer, str]]:
        """Answers to a field, each with the file of names where it was given by hand: those go before the survey's."""
        file = self.names.file
        if name in self.by_hand:
            yield Answer(f'given."{self.filled.file}"', value=self.by_hand[name]), file
        for each in self.names.fields[name].names:
            answer = self._answers.get(folded(each))
            if answer is not None:
                self._used.add(folded(each))
                yield answer, ""
        if name in self.names.of_every_firm:
            yield Answer(f'given."{EVERY_FIRM}"', value=self.names.of_every_firm[name]), file

    def _meaning(self, wanted: Field, answer: Answer, file: str) -> Any:
        unit = self.names.fields[wanted.name].unit
        if answer.fault is not None:
            why = self.words(answer.fault.value)
            self.note(Note(Outcome.NOT_UNDERSTOOD, answer.name, answer.sheet, answer.cell, wanted.name, why=why))
            self._unreadable[wanted.name] = self.words("; '{name}' cannot be read: {why}", name=answer.name, why=why)
            return None
        reading = self._meanings.of(wanted, answer.value, unit)
        shown = self._meanings.shown(answer.value)
        if reading.refused:
            text = self.words(
                "'{name}' ({field}) is {value}; allowed: {allowed}",
                name=answer.name,
                field=wanted.name,
                value=shown,
                allowed=reading.refused,
            )
            where = problem_at(self.filled.file, self.filled.part, answer, text)
            self.firm.problems.append(Problem(file, 0, text) if file else where)
            self._refused.add(wanted.name)
            return None
        empty = Outcome.NOT_UNDERSTOOD if reading.unread or reading.why else Outcome.EMPTY
        outcome = Outcome.UNDERSTOOD if reading.value is not None and not reading.unread else empty
        copied = "" if answer.value is None or (wanted.personal and self.firm.withheld) else shown
        self.firm.plans += len(reading.unread)
        # The name of a file is often that of the firm.
        place = ("" if file else answer.name, answer.sheet, answer.cell, wanted.name)
        outcome = Outcome.GIVEN if file else outcome
        self.note(Note(outcome, *place, copied, unit if reading.value is not None else "", reading.why))
        return reading.value

    def lacks(self, name: str) -> None:
        """Refuse that nobody says what must be known, unless what was said is refused already."""
        names, wanted = self.names.fields[name], FIELDS[name]
        if name in self._refused:
            return
        text = self.words(
            "nothing is said of {field}; looked for: {names}; allowed: {allowed}, there or in the file of names under "
            '[given."{file}"]',
            field=name,
            names=", ".join(names.names) or "-",
            allowed=self._meanings.allowed(wanted, names.unit),
            file=self.filled.file,
        )
        text += self._unreadable.get(name, "")
        empty = [self._answers[folded(each)] for each in names.names if folded(each) in self._answers]
        self.firm.problems.append(problem_at(self.filled.file, self.filled.part, empty[0] if empty else None, text))

    def other_answers(self) -> Iterator[Note]:
        """The answers for which no field was read, and the fields for which there is no name in the survey."""
        for key, answer in self._answers.items():
            if key not in self._used:
                yield self._other(answer)
        told = {note.field for note in self.firm.notes}
        for name, each in self.names.fields.items():
            if name not in told:
                looked = self.words("looked for: {names}", names=", ".join(each.names))
                why = looked if each.names else self.words("no name is known for it")
                yield Note(Outcome.NOT_ASKED, field=name, why=why)

    def _other(self, answer: Answer) -> Note:
        reason = self.names.reason(answer.name)
        untold = reason is None and self.firm.withheld and _tells(answer.name, self.firm.name)
        place = ("" if untold else answer.name, answer.sheet, answer.cell)
        if reason is not None:
            return Note(Outcome.NOT_NEEDED, *place, why=self.words(reason.value))
        if answer.fault is not None:
            return Note(Outcome.NOT_UNDERSTOOD, *place, why=self.words(answer.fault.value))
        if _is_empty(answer.value):
            return Note(Outcome.EMPTY, *place)
        return Note(Outcome.NOT_UNDERSTOOD, *place, why=self.words("the file of names does not have it"))


def _tells(text: str, name: str) -> bool:
    """Whether a text has a word of a firm's name in it; short words are those of any name."""
    return any(len(word) >= _TELLING and word in folded(text) for word in re.findall(r"\w+", folded(name)))


def _is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
