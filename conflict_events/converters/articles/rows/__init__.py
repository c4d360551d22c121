"""From events to the rows of the tables."""
