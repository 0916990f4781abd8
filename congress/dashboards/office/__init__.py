"""The clerk's office: organs, terms, people and accounts, every change journalled (机构、届次、任职、账号)."""
