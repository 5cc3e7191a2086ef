"""The Dutch grid operators' data product on the grid around an energy hub (Netburen): who hangs on which station."""
