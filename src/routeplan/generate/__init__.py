"""Synthetic instances that look like Dutch dispersed industry, at any size."""
