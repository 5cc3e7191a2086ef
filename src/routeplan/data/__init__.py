"""Instances on disk: read, write, document."""
