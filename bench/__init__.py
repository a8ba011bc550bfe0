"""How fast the product is: `make bench` (docs/performance.md)."""
