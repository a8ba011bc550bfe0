"""The version of the product, for its pages and for the command line."""

VERSION = "0.6.0"
"""The same as in pyproject.toml and in the first heading of CHANGELOG.md; a test compares the three."""
