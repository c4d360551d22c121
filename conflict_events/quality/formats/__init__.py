"""Results for people and for machines, a module a format."""
