"""Pages of the clerk's office."""
