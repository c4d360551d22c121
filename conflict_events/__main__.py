"""`python -m conflict_events` is the command line."""

from conflict_events.cli import main

if __name__ == "__main__":
    main()
