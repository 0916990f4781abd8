"""The workflow engine and the journal (程序)."""
