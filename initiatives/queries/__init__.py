"""Page-shaped reads: what holds of the items on a day, one item whole, lists and counts."""
