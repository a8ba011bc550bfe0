"""Acts on reports, sittings, decisions, and on the way to the next edition."""
