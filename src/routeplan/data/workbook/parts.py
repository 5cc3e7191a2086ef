"""The parts of a workbook's file: which of them holds which sheet."""

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_MAIN = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_STRICT_RELATED = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Part:
    """The part of a sheet.

    Parameters
    ----------
    name : str
        Its name in the file.
    hidden : bool
        Whether its sheet is hidden.
    """

    name: str
    hidden: bool


def book_part(parts: zipfile.ZipFile) -> str:
    """Name of the part that lists the sheets."""
    found = related(parts, "").values()
    return next((target for kind, target in found if kind == "officeDocument"), "xl/workbook.xml")


def sheet_parts(parts: zipfile.ZipFile) -> dict[str, Part]:
    """The part of each sheet of cells, by its title and in the order of the workbook."""
    book = book_part(parts)
    sheets = {key: target for key, (kind, target) in related(parts, book).items() if kind == "worksheet"}
    tree = ElementTree.fromstring(parts.read(book))
    found = [*tree.iter(f"{_MAIN}sheet"), *tree.iter(f"{_STRICT_MAIN}sheet")]
    ids = [sheet.get(_RELATED) or sheet.get(_STRICT_RELATED) or "" for sheet in found]
    return {
        sheet.get("name", ""): Part(sheets[key], sheet.get("state", "visible") != "visible")
        for sheet, key in zip(found, ids, strict=True)
        if key in sheets
    }


def relations_of(part: str) -> str:
    """Name of the part that tells what a part is related to."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def related(parts: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Kind and name of each part that a part is related to, by id; "" is the file itself."""
    name = relations_of(part)
    if name not in parts.namelist():
        return {}
    tree = ElementTree.fromstring(parts.read(name))
    return {
        each.attrib["Id"]: (posixpath.basename(each.attrib["Type"]), _placed(part, each.attrib["Target"]))
        for each in tree.iter(f"{_PACKAGE}Relationship")
    }


def _placed(part: str, target: str) -> str:
    """Name in the file of what is named as seen from a part."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
