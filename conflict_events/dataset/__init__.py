"""The dataset: its records, the release built from them, and how to load, check and cite it."""
