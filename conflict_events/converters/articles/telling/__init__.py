"""The article as a whole: drafts of sentences become events."""
