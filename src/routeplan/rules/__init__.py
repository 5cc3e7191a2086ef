"""What must hold in the tables of an instance."""
