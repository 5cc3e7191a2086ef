"""Tables in and out: read, write, check, and templates."""
