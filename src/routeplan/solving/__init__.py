"""Methods that turn an instance into a proven plan."""
