"""What residents say, and what becomes of it (民情)."""
