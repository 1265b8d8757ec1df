"""`python -m byfolk` is the `byfolk` command."""

from byfolk.config.cli import main

main()
