"""The pages of the score: tables, one score, rules, closing, objections, and the deputy's own (积分的页面)."""
