"""The `byfolk` command. Each command lies in a module of its own and is imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

COMMANDS = {
    "init": "byfolk.config.cli.first",
    "invite": "byfolk.config.cli.first",
    "demo": "byfolk.config.cli.demo",
    "serve": "byfolk.config.cli.running",
    "worker": "byfolk.config.cli.running",
    "import": "byfolk.config.cli.importing",
    "figures": "byfolk.config.cli.figures",
    "accounts": "byfolk.config.cli.accounts",
    "policy": "byfolk.config.cli.policy",
    "library": "byfolk.config.cli.library",
    "backup": "byfolk.config.cli.backup",
    "restore": "byfolk.config.cli.backup",
    "doctor": "byfolk.config.cli.doctor",
    "setup": "byfolk.config.cli.setting_up",
    "manage": "byfolk.config.cli.setting_up",
    "translations": "byfolk.config.cli.translations",
}


class Commands(click.Group):
    """Finds a command's module by name, so that `byfolk --help` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[name])
        return getattr(module, f"{name}_command")


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="byfolk")
def byfolk() -> None:
    """Byfolk runs a municipality's personnel policy."""


def main() -> None:
    """The entry point of the `byfolk` command. Errors that a person can mend end with a sentence, not a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "byfolk.config.settings")
    from byfolk.lib.postgres import PostgresError

    try:
        byfolk()
    except PostgresError as error:
        click.echo(f"byfolk: {error}", err=True)
        sys.exit(1)


def say(text: str) -> None:
    """A line of progress on standard error, so that standard output holds only what was asked for."""
    click.echo(f"  {text}", err=True)
