"""Liaison stations, homes, studios and contact points (站、家、工作室、联系点)."""
