"""Surroundings of the sites: prices, grid, networks, supply and public money, from the default tables."""
