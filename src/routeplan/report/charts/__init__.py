"""The pictures over time: one module each, on axes and bars that they share."""
