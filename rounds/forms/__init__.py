"""What is asked of people who run rounds and who answer."""
