"""Opening a draft edition, changing any of its text, and giving it up.

Every change takes the draft for its transaction, so that people who work on it at once take turns; a change of one
text carries the version it was opened on (G4).
"""
