"""Deputies are assessed over a period by several raters, and lists for awards are drawn up from it (考评)."""
