"""What a sum must have to be published; in a module of its own, so that `--help` can tell it without pandas."""

AT_LEAST = 3
"""Fewest firms of a sum: the firm of one of two could take itself from it, and know the other."""

LARGEST_SHARE = 0.75
"""Most that one firm may have of a sum: above it the sum would be nearly that firm's own."""
