"""Stored papers: upload checks and protected download (文件)."""
