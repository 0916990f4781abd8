"""Congresses, committees, departments, terms, sessions and who serves where (机构)."""
