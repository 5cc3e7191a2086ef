"""What was found: the tables of a plan, how they are stored, summed up and compared."""
