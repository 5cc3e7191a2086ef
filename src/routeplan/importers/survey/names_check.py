"""What is wrong with a file of names for surveys, all at once and in the language of the user."""

from collections.abc import Mapping, Sequence
from typing import Any

from routeplan.errors import Problem
from routeplan.importers.survey.fields import FIELDS, Reason
from routeplan.instance.rules.words import nearest
from routeplan.language.language import Words

EVERY_FIRM = "*"
"""What stands for every firm that says nothing itself."""

LEAVE_OUT = "leave_out"
"""Key of a firm that is not wanted, with the reason why."""

REASONS = {reason.name.lower(): reason for reason in Reason}
"""Why answers are not needed, by the words of the file."""


class NamesCheck:
    """Looks for what is wrong with a file of names.

    Parameters
    ----------
    file : str
        Its name.
    words : Words
        Language of the messages.
    """

    def __init__(self, file: str, words: Words) -> None:
        self._file, self.words = file, words

    def problems(self, content: Mapping[str, Any]) -> list[Problem]:
        """Everything that makes no sense."""
        found = self._unknown("", content, ["fields", "not_needed", "given"])
        tables = [name for name in ("fields", "not_needed", "given") if name in content]
        for name in tables:
            if not isinstance(content[name], dict):
                found.append(self._refused(name, content[name], self.words("a table of the file")))
        if found:
            return found
        return [
            *self._fields(content.get("fields", {})),
            *self._not_needed(content.get("not_needed", {})),
            *self._given(content.get("given", {})),
        ]

    def _fields(self, entries: Mapping[str, Any]) -> list[Problem]:
        found = self._unknown("fields.", entries, list(FIELDS))
        for name, entry in entries.items():
            found += self._field(name, entry)
        return found + ([] if found else self._used_twice(entries))

    def _field(self, name: str, entry: Any) -> list[Problem]:
        place = f"fields.{name}"
        if not isinstance(entry, dict):
            return [self._refused(place, entry, self.words("a table of the file"))]
        found = self._unknown(f"{place}.", entry, ["names", "unit"])
        if not _is_texts(entry.get("names", [])):
            allowed = self.words("a list of names in quotation marks")
            found.append(self._refused(f"{place}.names", entry["names"], allowed))
        allowed_units = list(FIELDS[name].units) if name in FIELDS else []
        if allowed_units and "unit" in entry and entry["unit"] not in allowed_units:
            shown = ", ".join(f'"{each}"' for each in allowed_units)
            found.append(self._refused(f"{place}.unit", entry["unit"], shown))
        return found

    def _used_twice(self, entries: Mapping[str, Any]) -> list[Problem]:
        """Names that are given for two fields."""
        fields_of: dict[str, list[str]] = {}
        for field, entry in entries.items():
            for name in dict.fromkeys(entry.get("names", [])):
                fields_of.setdefault(name, []).append(field)
        return [
            Problem(
                self._file,
                0,
                self.words(
                    "'{name}' is given for {fields}; allowed: one field for each name",
                    name=name,
                    fields=", ".join(fields),
                ),
            )
            for name, fields in fields_of.items()
            if len(fields) > 1
        ]

    def _not_needed(self, entries: Mapping[str, Any]) -> list[Problem]:
        found = self._unknown("not_needed.", entries, list(REASONS))
        allowed = self.words("a list of names in quotation marks")
        return found + [
            self._refused(f"not_needed.{why}", names, allowed) for why, names in entries.items() if not _is_texts(names)
        ]

    def _given(self, entries: Mapping[str, Any]) -> list[Problem]:
        found = []
        for firm, answers in entries.items():
            place = f'given."{firm}"'
            if not isinstance(answers, dict):
                found.append(self._refused(place, answers, self.words("a table of the file")))
                continue
            known = [*FIELDS] if firm == EVERY_FIRM else [*FIELDS, LEAVE_OUT]
            found += self._unknown(f"{place}.", answers, known)
            found += [
                self._refused(f"{place}.{name}", answer, self.words("text, a number, or true or false"))
                for name, answer in answers.items()
                if not isinstance(answer, str | int | float)
            ]
        return found

    def _unknown(self, before: str, given: Mapping[str, Any], known: Sequence[str]) -> list[Problem]:
        found = []
        for name in given:
            if name not in known:
                text = self.words("{name} is unknown; allowed: {allowed}", name=before + name, allowed=", ".join(known))
                near = nearest(name, known)
                text += self.words("; did you mean '{meant}'?", meant=near) if near else ""
                found.append(Problem(self._file, 0, text))
        return found

    def _refused(self, place: str, value: object, allowed: str) -> Problem:
        text = self.words("{name} is {value}; allowed: {allowed}", name=place, value=value, allowed=allowed)
        return Problem(self._file, 0, text)


def _is_texts(names: object) -> bool:
    return isinstance(names, list) and all(isinstance(name, str) for name in names)
