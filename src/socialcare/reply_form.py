"""Write a reply and see how the rubric reads it, as you type: a text field, a headline and a table of verdicts.

form = ReplyForm("Lucía", "Mi molinillo hace un ruido horrible.", language="es")
form                  # write; each change is read anew
form.reading          # {criterion: Finding}
form.probe([...])     # puts each text into the field and reads the headline
"""

import html
from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from socialcare.personalisation import rubric

__all__ = ["ReplyForm"]

_WIDE = widgets.Layout(width="min(48em, 95%)", height="8em")


class ReplyForm:
    """One case, one text field; the verdicts are those of :func:`socialcare.personalisation.read_reply`."""

    def __init__(self, customer: str, message: str, *, language: str = "", public: bool = True, start: str = ""):
        self.case = {"customer": customer, "message": message, "language": language, "public": public}
        self.start = start
        self.text = widgets.Textarea(
            value=start, placeholder="Write your reply", description="Reply", continuous_update=False, layout=_WIDE
        )
        self._headline = widgets.HTML()
        self._table = widgets.HTML()
        self._reset = widgets.Button(description="Reset", tooltip="Back to the text of the start")
        self.text.observe(self._redraw, names="value")
        self._reset.on_click(lambda _: self.reset())
        self._redraw()
        told = widgets.HTML(f"<strong>{html.escape(customer)}</strong> wrote: {html.escape(message)}")
        self.widget = widgets.VBox([told, self.text, self._reset, self._headline, self._table])

    @property
    def reading(self) -> dict[str, rubric.Finding]:
        """What the rubric says about the text in the field; empty if the field is."""
        return rubric.read_reply(self.text.value, **self.case) if any(map(str.isalnum, self.text.value)) else {}

    @property
    def headline(self) -> str:
        """The result in words, as the reader sees it."""
        return self._headline.value

    def reset(self) -> None:
        """Put the text of the start back into the field."""
        self.text.value = self.start

    def probe(self, texts: Iterable[str]) -> pd.DataFrame:
        """Put each text into the field, read the headline as it then stands, and reset.

        This goes through the field itself: if it were not connected, every row would repeat the start.
        """
        self.reset()
        rows = [("start", self.headline)]
        for text in texts:
            self.text.value = text
            rows.append((text, self.headline))
        self.reset()
        return pd.DataFrame(rows, columns=["reply", "headline"])

    def _redraw(self, _change=None) -> None:
        reading = self.reading
        self._headline.value = rubric.headline(reading) if reading else "Nothing to read yet."
        self._table.value = rubric.reading_table(reading).to_html() if reading else ""

    def _repr_mimebundle_(self, include=None, exclude=None):
        view = self.widget._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
        told = (
            f"<p><strong>{html.escape(self.case['customer'])}</strong> wrote: {html.escape(self.case['message'])}</p>"
        )
        reply = f"<p>Reply: {html.escape(self.text.value)}</p>" if self.text.value else ""
        return {
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": f"{told}{reply}<p>{html.escape(self.headline)}</p>{self._table.value}",
            "text/plain": f"ReplyForm({self.case['customer']!r}): {self.headline}",
        }
