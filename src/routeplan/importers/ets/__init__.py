"""The EU ETS registry: its installations outside the big clusters as the sites of an instance."""
