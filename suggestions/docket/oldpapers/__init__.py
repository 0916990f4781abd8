"""Old suggestions brought in from a table: columns, names, judging, writing; then linking what was printed (旧件)."""
