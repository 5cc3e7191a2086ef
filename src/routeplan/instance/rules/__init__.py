"""The rules of the format, and what looks like a mistake."""
