"""What the declaration becomes, a module each. Targets import schema and nothing else of ours."""
