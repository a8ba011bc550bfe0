"""Pages that only read, drawn once for what stands and for whom (decision 0036)."""
