"""The tables, a module for each family of them."""
