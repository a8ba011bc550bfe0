"""Files for people: the state of a round."""
