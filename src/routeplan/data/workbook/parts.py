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
    """Name of the part that lists the sheets, most often ``xl/workbook.xml``."""
    found = related(parts, "")
    return next(target for kind, target in found.values() if kind == "officeDocument")


def sheet_parts(parts: zipfile.ZipFile) -> dict[str, Part]:
    """The part of each sheet, by its title and in the order of the workbook."""
    book = book_part(parts)
    targets = related(parts, book)
    tree = ElementTree.fromstring(parts.read(book))
    sheets = [*tree.iter(f"{_MAIN}sheet"), *tree.iter(f"{_STRICT_MAIN}sheet")]
    return {
        sheet.attrib["name"]: Part(target, sheet.get("state", "visible") != "visible")
        for sheet in sheets
        for kind, target in [targets[sheet.get(_RELATED) or sheet.attrib[_STRICT_RELATED]]]
        if kind == "worksheet"
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
