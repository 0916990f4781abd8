"""Pages of the record: the deputy's own, the office's list, one row, the archive and what is issued from it."""
