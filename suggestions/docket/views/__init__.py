"""The pages of the docket, by who works on them."""
