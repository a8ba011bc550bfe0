"""What people record of an initiative."""
