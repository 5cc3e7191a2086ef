"""Public sources that are read into an instance: the EU ETS registry, and the capacity map of the grid operators."""
