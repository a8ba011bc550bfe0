"""What is asked of people who record progress and who assign departments."""
