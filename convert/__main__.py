"""`python -m convert`: the command line, as `wenban`."""

from .cli import command

if __name__ == "__main__":
    command()
