"""The tables of other projects, turned into ours in bulk, with every row accounted for."""
