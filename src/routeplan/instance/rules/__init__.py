"""The rules of the format, and warnings on likely mistakes."""
