"""The pictures of /dashboard/: each is made of rows, and each of its numbers leads to those that it counts (P2, R3)."""
