"""Pages of the roll (名册)."""
