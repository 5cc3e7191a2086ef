"""Write an instance into which something was imported: what it changes, and all else as it was."""
