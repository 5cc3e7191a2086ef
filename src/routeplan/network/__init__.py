"""Networks as geography: candidate links between sites and nodes."""
