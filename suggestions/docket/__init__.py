"""The case of a suggestion and its workflow (案卷)."""
