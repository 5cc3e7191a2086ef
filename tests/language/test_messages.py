"""Messages: texts that keep their template, and refusals in the language that was asked for."""

import pickle

import pytest

from routeplan.errors import DataError, Message, Problem, UsageError, listed, value_problem
from routeplan.language.language import Words
from routeplan.language.refusals import refusals_in

DUTCH, ENGLISH = Words("nl"), Words("en")


def test_a_message_is_its_english_text() -> None:
    """Whoever knows nothing of languages has plain text, which can be pickled."""
    message = Message("cannot be read: {why}", why=Message("Permission denied"))
    assert message == "cannot be read: Permission denied"
    assert pickle.loads(pickle.dumps(message)) == message
    assert ENGLISH.told(message) == message


def test_messages_inside_a_message_are_translated_too() -> None:
    """However deep."""
    message = Message("cannot be read: {why}", why=Message("Permission denied"))
    assert DUTCH.told(message) == DUTCH("cannot be read: {why}", why=DUTCH("Permission denied"))
    several = listed([message, "a text of the user's"], "; ")
    assert several == "cannot be read: Permission denied; a text of the user's"
    assert DUTCH.told(several) == f"{DUTCH.told(message)}; a text of the user's"


def test_braces_of_the_user_stay() -> None:
    """What a user typed is a value, never a template."""
    assert DUTCH.told(Message("cannot be read: {why}", why="{why}")).endswith(": {why}")


def test_problems_are_translated_with_the_line_above_them() -> None:
    """Their places and columns stay."""
    problem = value_problem("a.csv", 3, "gas", "", Message("text"))
    with pytest.raises(DataError) as refused, refusals_in(DUTCH):
        raise DataError([problem])
    assert str(refused.value) == "1 probleem in de invoer:\n  a.csv:3: kolom 'gas' is leeg; toegestaan: tekst"
    assert (refused.value.problems[0].line, refused.value.problems[0].column) == (3, "gas")


def test_refusals_in_english_are_as_they_were() -> None:
    """And texts that are no messages stay in any language."""
    with pytest.raises(DataError, match="1 problem in the input"), refusals_in(ENGLISH):
        raise DataError([Problem("a.csv", 1, "is wrong")])
    with pytest.raises(UsageError, match=r"^plain text$"), refusals_in(DUTCH):
        raise UsageError("plain text")
