"""Acts on a draft, on the way to the next edition."""
