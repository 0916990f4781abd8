"""Liaison stations and residents (联络站、民情)."""
