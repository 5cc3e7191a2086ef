"""From sites to an instance: default tables, technology and surroundings, and where each number comes from."""
