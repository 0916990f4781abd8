"""Pages that look over everything."""
