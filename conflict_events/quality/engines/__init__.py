"""The engines, a module each. Each takes the same inputs and returns the same Result."""
