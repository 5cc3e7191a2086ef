"""Warnings: what is allowed in an instance, but looks like a mistake."""
