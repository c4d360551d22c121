"""Days: expressions of time and what they stand for."""
