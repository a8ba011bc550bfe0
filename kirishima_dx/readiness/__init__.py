"""What must be there before the product is served, how it is looked up, and who is told of it (decision 0028)."""
