"""The version of the format in ``instance.toml``: its line is put in, and everything else in the file stays."""

import re
import tomllib

from routeplan.schema.settings import FORMAT, FORMAT_KEY

_MARK = "\ufeff"
_LINE = re.compile(rf"""^[ \t]*(["']?){FORMAT_KEY}\1[ \t]*=[ \t]*(?P<value>[^\s#]+)""", re.MULTILINE)


def with_format(text: str, version: int = FORMAT) -> str:
    """State the file with the version: in the line that names another, or in a new one above all others.

    Parameters
    ----------
    text : str
        The file, which must be TOML; it may begin with a byte-order mark.
    version : int
        The version to name.
    """
    mark, content = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    given = tomllib.loads(content)
    if given.get(FORMAT_KEY) == version:
        return text
    if FORMAT_KEY not in given:
        end = "\r\n" if "\r\n" in content else "\n"
        return f"{mark}{FORMAT_KEY} = {version}{end}{content}"
    # What looks like the line may stand in a text of several lines, or below a group.
    spans = [found.span("value") for found in _LINE.finditer(content)]
    replaced = [f"{content[:begin]}{version}{content[end:]}" for begin, end in spans]
    return mark + next(each for each in replaced if _says(each, given | {FORMAT_KEY: version}))


def _says(text: str, wanted: dict[str, object]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False
