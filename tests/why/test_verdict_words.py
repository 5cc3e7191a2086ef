"""The words that the tables of verdicts allow are those by which verdicts and limits go, and no others."""

from routeplan.schema.verdicts import KINDS, VERDICTS
from routeplan.why.causes import OF_KIND, Cause
from routeplan.why.judged import Verdict
from routeplan.why.limit import Kind
from routeplan.why.limit_texts import NAMES, PLACES


def test_tables_allow_every_verdict() -> None:
    """In their order."""
    assert list(VERDICTS) == list(Verdict)


def test_tables_allow_every_kind_of_limit_that_holds_back_a_project() -> None:
    """Each has a place, a name and a cause; that a process must run an option holds back none."""
    assert set(KINDS) == set(Kind) - {Kind.ROUTE}
    assert set(KINDS) == set(NAMES) == set(OF_KIND)
    assert set(OF_KIND.values()) == set(Cause)
    assert set(PLACES) == set(Kind)
    assert len(KINDS) == len(set(KINDS))
