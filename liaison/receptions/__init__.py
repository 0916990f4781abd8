"""Receptions and visits: who received whom (接待)."""
