"""Acts on reports, meetings and decisions."""
