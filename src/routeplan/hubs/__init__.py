"""Hubs: who pays what of a hub that several share."""
