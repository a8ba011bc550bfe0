"""A plausible, plainly fictitious two years and a round that is under way (docs/operations.md).

Nothing here is a fact about any city; every text says デモ. All of it is made through the same actions that people
use. The seed is fixed, so that the demo is the same each time, but for the days of what is under way.
"""
