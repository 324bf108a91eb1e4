"""`python -m kg.schema_gen [--check]`: write `schema/generated/` again; with --check change nothing and exit 3 where a file is stale."""

import sys

from kg.errors import CheckFailed, UsageError
from kg.resources import data_folder
from kg.schema_gen.write import stale, write_all


def main(arguments: list[str]) -> int:
    """Return the exit code; the names of files go to standard output."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m kg.schema_gen [--check]", file=sys.stderr)
        return UsageError.exit_code
    folder = data_folder("schema") / "generated"
    changed = stale(folder) if arguments else write_all(folder)
    for path in changed:
        print(path)
    return CheckFailed.exit_code if arguments and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
