"""Liaison stations and residents (联络站); its rooms are built with the station work."""
