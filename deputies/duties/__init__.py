"""The record of duties performed: registered once, confirmed, kept as an archive (履职登记、履职档案)."""
