"""Sentences and words: cutting, numbers, forms of verbs, phrases."""
