"""Page-shaped reads of rounds and answers."""
