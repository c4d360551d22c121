"""Places: names in text, which of them an event is at, and where on the map they lie."""
