"""What all pictures are made of: worked out here in whole units of an SVG, drawn by the templates. Knows no table."""
