"""From public sources to an instance: default tables, sites, technology, surroundings."""
