"""Numbers with their nouns: 1 site, 2,000 sites."""

from routeplan.language.language import Words


def sites_told(number: int, words: Words) -> str:
    """A number of sites."""
    return words("1 site") if number == 1 else words("{number} sites", number=words.number(number))


def processes_told(number: int, words: Words) -> str:
    """A number of processes."""
    return words("1 process") if number == 1 else words("{number} processes", number=words.number(number))


def years_told(number: int, words: Words) -> str:
    """A number of years."""
    return words("1 year") if number == 1 else words("{number} years", number=words.number(number))


def areas_told(number: int, words: Words) -> str:
    """A number of congestion areas."""
    if number == 1:
        return words("1 congestion area")
    return words("{number} congestion areas", number=words.number(number))
