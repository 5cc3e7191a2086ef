"""The map: frames of things in place in each period, and the layers that show them."""
