"""What the public templates ask (公开页的标签)."""
