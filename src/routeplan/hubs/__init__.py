"""Hub designs: what they open, what they are worth and to whom, and who pays what of what they share."""
