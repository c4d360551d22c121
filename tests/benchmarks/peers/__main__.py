"""One competitor in a process of its own: python -m tests.benchmarks.peers NAME PATH [--limit 512MB]."""

from __future__ import annotations

import argparse
import json

from tests.benchmarks import peers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=peers.COMPETITORS)
    parser.add_argument("path", help="a Parquet file of events; for our engines a folder will do")
    parser.add_argument("--limit", help="memory limit of our engines")
    arguments = parser.parse_args()
    options = {"memory_limit": arguments.limit} if arguments.limit else {}
    print(json.dumps(peers.count(arguments.name, arguments.path, **options)))


if __name__ == "__main__":
    main()
