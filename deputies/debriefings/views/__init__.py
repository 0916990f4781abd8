"""The pages of debriefings: the office's register, one debriefing, the deputy's own."""
