"""What happened: triggers, mood, harm to people, and the drafts of events of one sentence."""
