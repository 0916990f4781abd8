"""What the pages of the docket ask, by who fills it in."""
