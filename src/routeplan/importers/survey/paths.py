"""Files of surveys: those that are named, and those in folders that are named."""

from collections.abc import Sequence
from pathlib import Path

from routeplan.errors import Message, UsageError
from routeplan.importers.survey.answers import JSON, WORKBOOKS

_OPEN_IN_EXCEL, _HIDDEN = "~$", "."


def surveys_in(given: Sequence[Path]) -> list[Path]:
    """Files of surveys, each once: a folder stands for its workbooks and JSON files, by name.

    Raises
    ------
    UsageError
        When there are none, or one is neither a workbook nor JSON.
    """
    files: list[Path] = []
    for place in given:
        if place.is_dir():
            found = sorted(file for file in place.iterdir() if _is_survey(file))
            if not found:
                raise UsageError(
                    Message(
                        "{place} holds no survey; allowed: a folder with workbooks (.xlsx, .xlsm) or JSON", place=place
                    )
                )
            files += found
        elif place.suffix.lower() in (*WORKBOOKS, JSON):
            files.append(place)
        else:
            raise UsageError(
                Message(
                    "{place} is no survey; allowed: a workbook (.xlsx, .xlsm), JSON, or a folder of them", place=place
                )
            )
    if not files:
        raise UsageError(
            Message("no survey is named; allowed: workbooks (.xlsx, .xlsm), JSON files, or folders of them")
        )
    return list({file.resolve(): file for file in files}.values())


def _is_survey(file: Path) -> bool:
    return (
        file.is_file()
        and file.suffix.lower() in (*WORKBOOKS, JSON)
        and not file.name.startswith((_OPEN_IN_EXCEL, _HIDDEN))
    )
