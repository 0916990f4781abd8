"""The score that follows from the record, by rules kept as data (积分)."""
