"""The layout of the export of the EU ETS registry that is read, where it is published, and what is mistaken for it."""

from routeplan.errors import Message

COLUMNS = {
    "InstallationOrAircraftOperatorID": "installation",
    "AccountHolderName": "operator",
    "InstallationNameOrAircraftOperatorCode": "name",
    "City": "place",
    "ZipCode": "postcode",
    "MainActivityTypeCode": "activity",
}
"""Columns of the export that are read, and what they are called here."""

EMISSIONS = "VerifiedEmissions_"
"""Columns with emissions are named so, and by the year."""

OPTIONAL = {"Country": "NL", "AccountStatus": "open", "LastYearOfEmissions": ""}
"""Columns of the export that it may lack, and what counts where it does."""

NOT_REPORTED = ("", "-", "-1", "na", "n/a", "excluded", "not reported", "not calculated")
"""What stands in the export where an installation has no emissions of its own in a year (any case)."""

WHERE = Message(
    "export/installations-NL.csv of https://github.com/cedricr/eutl, which puts the register of every country into "
    "this layout"
)
"""Where a file of the layout is published."""

OTHER_FILES = {
    "VERIFIED_EMISSIONS_": Message("is the Commission's list of verified emissions, which has no towns"),
    "PERMIT_IDENTIFIER": Message("is a list of the Commission, which has no towns"),
    "latitudeGoogle": Message("is the list of installations of EUETS.INFO, which has no emissions"),
}
"""Files about the same installations that people try, by a word that only their first lines hold."""

ZIP = b"PK\x03\x04"
"""How a workbook begins."""

HEAD = 20_000
"""Bytes of a file that are looked at to recognise it: the Commission's list has its header on line 21 or so."""

DROPPED_FILE = "note_dropped.csv"
"""Rows of the export that are no site of the instance, each with the reason."""
