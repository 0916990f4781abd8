"""Words as an address names them: trimmed, short, and without what the database cannot hold (检索词)."""


def asked_words(text, most=60):
    """What is sought for; PostgreSQL refuses a NUL, which nobody can type."""
    return (text or "").replace("\0", "").strip()[:most]
