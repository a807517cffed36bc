"""The report as one HTML page: no script, no request to any host, readable on a phone, on paper and in the dark."""

from pathlib import Path

from socialcare.audit.charts import picture
from socialcare.audit.words import as_date, concerned, money_range
from socialcare.formulas.audit import DECISIONS
from socialcare.formulas.wording import number

__all__ = ["MEANINGS", "report"]

TEMPLATE = "report.html"
MEANINGS = {
    "do": "the whole interval lies on the wrong side of the threshold, and the step removes the shortfall itself",
    "test first": "the shortfall is shown, but nobody knows that the step helps: try it on half, drawn by lot",
    "measure first": "the interval holds the threshold: the data do not say which side you are on",
}


def report(found, path: str | Path | None = None) -> str:
    """Return the report of an audit as HTML, and write it to ``path`` if one is given.

    The same audit gives the same bytes: the page's date is that of the data. It holds counts, shares and money, and no
    key or name of a customer, account or agent.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  only the report needs it

    environment = Environment(
        loader=PackageLoader("socialcare.audit", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"money": money_range, "number": number, "concerned": concerned}
    html = environment.get_template(TEMPLATE).render(
        audit=found,
        brand=found.brand or "your brand",
        files=found.exports.files,
        steps=found.steps,
        by=[as_date(found.today, step.days) for step in found.steps],
        today=f"{found.today:%Y-%m-%d}" if found.today is not None else "",
        inputs=found.inputs.table(),
        picture=picture,
        ends_apart=found.exports.ends_apart(),
        decisions=DECISIONS,
        meanings=MEANINGS,
        lacking=[file for file in found.exports.files if file.status != "read"],
    )
    if path is not None:
        Path(path).write_text(html, encoding="utf-8", newline="\n")
    return html
