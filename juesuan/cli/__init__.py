"""The command line: `main(argv) -> exit status`. Each command's rooms are imported when it runs."""

from juesuan.cli.app import main

__all__ = ["main"]
