"""`newsletter explain`."""

import click


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain a rule, with a bad and a good example.

    RULE is the name in brackets at the end of a problem, such as link-text. Without RULE, lists all rules.
    """
    from newsletter.check.describe import described_rule, described_rules  # noqa: PLC0415
    from newsletter.check.explain import explain as explain_rule  # noqa: PLC0415
    from newsletter.check.explain import explain_other_id, no_rule, other_ids  # noqa: PLC0415

    if rule is None:
        for item in described_rules():
            click.echo(f"{item.id}: {item.title}")
        click.echo("\nNot rules, but problems with a name:")
        for id, means in other_ids():
            click.echo(f"{id}: {means}")
    elif explanation := explain_other_id(rule):
        click.echo(explanation, nl=False)
    elif description := described_rule(rule):
        click.echo(explain_rule(description), nl=False)
    else:
        raise click.UsageError(" ".join(no_rule(rule, (item.id for item in described_rules()))))
