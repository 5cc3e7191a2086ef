"""The Dutch grid operators' official capacity map (capaciteitskaart, schema v1.3), merged into an instance."""
