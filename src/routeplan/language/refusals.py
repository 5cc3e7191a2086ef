"""Refusals in the language that the user asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from routeplan.errors import DataError, UsageError
from routeplan.language.language import Language, Words


@contextmanager
def refusals_in(words: Words) -> Iterator[None]:
    """Tell what is refused inside in the language of the words, as far as its texts are messages (`Message`).

    Raises
    ------
    DataError, UsageError
        Those raised inside, translated.
    """
    try:
        yield
    except DataError as refused:
        if words.language is Language.ENGLISH:
            raise
        problems = [replace(problem, text=words.told(problem.text)) for problem in refused.problems]
        raise DataError(problems, problems_head(len(problems), words)) from refused
    except UsageError as refused:
        if words.language is Language.ENGLISH:
            raise
        raise type(refused)(*(words.told(each) for each in refused.args)) from refused


def problems_head(number: int, words: Words) -> str:
    """The line above the problems of an input."""
    if number == 1:
        return words("1 problem in the input:")
    return words("{number} problems in the input:", number=words.number(number))
