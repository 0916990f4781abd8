"""Every statutory number as data with its article, and the working-day calendar (规则)."""
