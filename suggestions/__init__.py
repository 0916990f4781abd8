"""Suggestions, from the deputy's phone to a satisfied deputy (建议)."""
