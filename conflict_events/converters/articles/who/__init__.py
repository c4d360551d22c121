"""Parties: who is named, who acts and is acted on, who says it, who claims it."""
