"""Words, names, units and numbers as readers of a language write them."""
