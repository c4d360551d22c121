"""From the file as given to clean text with a way back, and what its head says of it."""
