"""Makes the tables that pandas prints readable on a phone and with a screen reader.

One header row instead of two, header cells that say what they head, numbers to the right and text to the left, and a
box that scrolls sideways when the table is wider than the page.
"""

import re

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

NUMBER = re.compile(r"[-+−]?[\d,]*\.?\d+(e[-+]?\d+)?\s?%?")
NO_VALUE = {"", "nan", "NaN", "NaT", "None", "<NA>"}
LONG_TEXT = 30  # characters; longer cells wrap, but not to a column of single words
LONG_LABEL = 20  # the same for what a row is called, in bold letters


def improved(markup):
    """Return the HTML of a pandas output with its tables made readable."""
    soup = BeautifulSoup(markup, "html.parser")
    for style in soup.find_all("style", scoped=True):
        style.decompose()
    for table in soup.select("table.dataframe"):
        del table["border"]
        _merge_header(table)
        _mark_headers(table)
        _mark_columns(table)
        table.wrap(soup.new_tag("div", attrs={"class": "table-scroll", "role": "group", "tabindex": "0"}))
        table.parent["aria-label"] = "Table: " + ", ".join(_names(table))
    return str(soup)


def _names(table):
    return [cell.get_text(strip=True) for cell in table.thead.find_all("th") if cell.get_text(strip=True)]


def _merge_header(table):
    """Move the names of the index, which pandas prints in a row of their own, into the row of the column names."""
    rows = table.thead.find_all("tr")
    if len(rows) != 2:
        return
    columns, index = (row.find_all("th") for row in rows)
    named = [cell for cell in index if cell.get_text(strip=True)]
    if len(columns) != len(index) or named != index[: len(named)]:
        return
    if any(cell.get_text(strip=True) for cell in columns[: len(named)]):
        return  # the columns have a name too: both rows are needed
    for column, name in zip(columns, named, strict=False):
        column.string = name.get_text(strip=True)
    rows[1].decompose()


def _mark_headers(table):
    for cell in table.thead.find_all("th"):
        if cell.get_text(strip=True):
            cell["scope"] = "colgroup" if cell.has_attr("colspan") else "col"
        else:
            cell.name = "td"  # an empty header heads nothing
    for cell in table.tbody.find_all("th"):
        if cell.get_text(strip=True):
            cell["scope"] = "rowgroup" if cell.has_attr("rowspan") else "row"
            cell["class"] = "label-long" if len(cell.get_text(strip=True)) > LONG_LABEL else "label"
        else:
            cell.name, cell["class"] = "td", "index"


def _mark_columns(table):
    """Give the cells of numeric columns the class ``number``, and long texts the class ``long``."""
    rows = [row.select("td:not(.index)") for row in table.tbody.find_all("tr")]
    columns = list(zip(*(row[::-1] for row in rows), strict=False))  # from the right: spanned indexes shorten rows
    for position, cells in enumerate(columns, start=1):
        texts = [cell.get_text(strip=True) for cell in cells]
        if all(text in NO_VALUE or NUMBER.fullmatch(text) for text in texts):
            head = [row.find_all(["th", "td"])[-position] for row in table.thead.find_all("tr")[-1:]]
            for cell in [*cells, *head]:
                cell["class"] = "number"
        for cell, text in zip(cells, texts, strict=True):
            if len(text) > LONG_TEXT:
                cell["class"] = "long"


class ReadableTables(SphinxPostTransform):
    """Rewrite the raw HTML of every pandas output."""

    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs):
        """Rewrite the outputs that hold a pandas table."""
        for output in list(self.document.findall(nodes.raw)):
            if output.get("format") == "html" and 'class="dataframe"' in output.astext():
                output.replace_self(nodes.raw("", improved(output.astext()), format="html", classes=output["classes"]))


def setup(app):
    """Register the transform."""
    app.add_post_transform(ReadableTables)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
