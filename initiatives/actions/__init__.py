"""What people record of an initiative, and what is done in a round.

`imports` is asked for by its own name: it reads what queries prepare from the other actions.
"""
