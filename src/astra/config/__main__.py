"""How is the command line started without its script? `python -m astra.config`, as the supervisor does."""

from astra.config.cli import main

if __name__ == "__main__":
    main()
