"""A region from one sheet: what is known of each site, in Dutch or English."""
