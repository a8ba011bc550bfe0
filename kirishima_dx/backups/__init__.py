"""Back-ups, putting them back, and moving from one database to another (decision 0027)."""
