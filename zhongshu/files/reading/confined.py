"""Becomes another program after giving up most time, memory and room: `python -m …confined PROGRAM ARGUMENT…`."""

import os
import resource
import sys

SECONDS = 150
MEMORY = 4 * 2**30
LARGEST_FILE = 300 * 2**20


def main() -> None:
    """Set the limits, which the program inherits and cannot lift."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    os.nice(10)
    os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
