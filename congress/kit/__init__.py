"""Tools without tables or domain words."""
