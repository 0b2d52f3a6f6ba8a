"""`recognition offer reference` and `schema`: what may stand in an offer's folder, for people and for editors."""

import click

from web.cli.output import print_json
from workflow.offer.reference.handbook import handbook
from workflow.offer.reference.page_schema import page_schema


@click.command(epilog="Example: recognition offer reference > docs/offer-file.md")
def reference() -> None:
    """Write down what may stand in an offer's folder, as Markdown.

    It is written from the code that reads the folder: every table, key, guard, audience and placeholder.
    """
    click.echo(handbook(), nl=False)


@click.command(epilog="Example: recognition offer schema > my-offer/offer.schema.json")
def schema() -> None:
    """Write the JSON Schema of an offer's page, for editors.

    An editor that knows it completes the page's keys, explains them and marks mistakes. Write “#:schema
    ./offer.schema.json” into the page's first line.
    """
    print_json(page_schema())
