"""`python -m convert`: the command line, as `wenban`."""

from .cli import main

if __name__ == "__main__":
    main()
