"""`python -m pinwheel_cli` is `pinwheel`."""

from pinwheel_cli.main import main

main()
