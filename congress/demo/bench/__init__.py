"""Measuring the portal beside a bare Django page (压测)."""
