"""The demonstration county (演示县)."""
