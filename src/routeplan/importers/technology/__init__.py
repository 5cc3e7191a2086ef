"""The technology step: from sites with heat demand to processes and options."""
