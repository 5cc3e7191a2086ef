"""The map: frames of what is where in each period, and the layers that show them."""
