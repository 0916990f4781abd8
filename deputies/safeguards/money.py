"""Sums of money as they are read, in groups of three; the locale would group them by four (金额)."""


def yuan(amount):
    """50,000 or 12,300.50; whole sums without their cents."""
    return f"{amount:,.2f}".removesuffix(".00")
