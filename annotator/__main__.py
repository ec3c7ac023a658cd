"""`python -m annotator` is the command line."""

from annotator.cli import main

main()
