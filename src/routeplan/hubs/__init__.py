"""Hub designs: what they open, what they are worth, and to whom."""
