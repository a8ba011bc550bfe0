"""Names in brackets, as messages and papers give them."""

_INNER = str.maketrans("「」", "『』")


def quoted(name: object) -> str:
    """Return a name in 「」; brackets that it holds itself become 『』, so that its end can be told."""
    return f"「{str(name).translate(_INNER)}」"
