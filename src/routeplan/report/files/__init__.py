"""A plan in the forms of other programs: layers of a map, and a workbook."""
