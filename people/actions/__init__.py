"""Changes to accounts and departments."""
