"""Figures that nobody is shut out from: what ``show`` demands, what it stores, and colours that can be told apart."""

import json
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from socialcare import figures
from socialcare.formulas import palette
from socialcare.scenarios import true_fans

ROOT = Path(__file__).parents[1]
ALT = "Line chart of two points; the second is higher than the first."
PAGE_LIGHT, PAGE_DARK = "#FFFFFF", "#121212"


def parts(**changed):
    figure = go.Figure(go.Scatter(x=np.array([1, 2]), y=np.array([0.1 + 0.2, 2.0])))
    figure.update_layout(xaxis_title="week", yaxis_title="rate (%)")
    table = pd.DataFrame({"week": [1, 2], "rate (%)": [0.3, 2.0]})
    given = {
        "figure": figure,
        "title": "It rises",
        "sample": "n = 2",
        "alt": ALT,
        "caption": "It rises.",
        "table": table,
    }
    return given | changed


def test_a_finished_figure_carries_its_words_and_its_numbers():
    shown = figures.show(**parts())
    meta = shown.spec["layout"]["meta"]
    assert shown.alt == meta["alt"] == ALT
    assert meta["table"] == {"columns": ["week", "rate (%)"], "rows": [["1", "0.3"], ["2", "2.0"]]}
    assert shown.spec["layout"]["title"] == {"text": "It rises", "subtitle": {"text": "n = 2"}}
    bundle = shown._repr_mimebundle_()
    assert set(bundle) == {figures.MIME, "text/plain"}
    assert bundle["text/plain"] == ALT


def test_stored_numbers_are_readable_and_the_same_on_every_processor():
    stored = json.dumps(figures.show(**parts()).spec)
    assert "bdata" not in stored
    assert '"y": [0.3, 2.0]' in stored  # not 0.30000000000000004


def test_the_figure_sends_nothing_anywhere():
    config = figures.show(**parts()).spec["config"]
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"alt": ""}, "alt is ''; expected a sentence"),
        ({"alt": "A line."}, "alt is 'A line.'; expected at least 40 characters"),
        ({"alt": "It rises " * 5, "title": "It rises " * 5}, "expected at least 40 characters that say what"),
        ({"title": None}, "title is None; expected a sentence"),
        ({"sample": " "}, "sample is ' '; expected a sentence"),
        ({"caption": "word " * 16}, "caption has 16 words; expected 15 or fewer"),
        ({"table": pd.DataFrame()}, "table is empty; expected the numbers behind the figure"),
        ({"figure": go.Figure(go.Bar(x=[1], y=[2]))}, "the title of xaxis is missing; expected what it shows"),
        ({"figure": go.Figure(go.Bar(x=[1], y=[2])).update_layout(xaxis_title="x")}, "the title of yaxis is missing"),
    ],
)
def test_a_figure_that_shuts_somebody_out_is_refused(changed, sentence):
    with pytest.raises(ValueError, match=r".") as refusal:
        figures.show(**parts(**changed))
    assert sentence in str(refusal.value)


def test_a_scenario_becomes_a_figure_with_the_same_words():
    spec = true_fans.figure()
    shown = figures.from_spec(spec)
    assert shown.alt == spec["alt"]
    assert shown.table.to_numpy().tolist() == spec["table"]["rows"]
    assert shown.spec["data"][0]["y"] == pytest.approx(spec["data"][0]["y"], rel=1e-9)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_each_entry_of_a_legend_has_a_name(path):
    outputs = [out for cell in nbformat.read(path, 4).cells for out in cell.get("outputs", [])]
    for spec in (out["data"][figures.MIME] for out in outputs if figures.MIME in out.get("data", {})):
        listed = [trace for trace in spec["data"] if trace.get("showlegend", True)]
        shown = spec["layout"].get("showlegend", len(listed) > 1)  # plotly lists what has no name as "trace 0"
        assert not shown or all(trace.get("name") for trace in listed), spec["layout"]["title"]["text"]


def test_lines_never_differ_by_colour_alone():
    styles = figures.line_styles(["Café Brisa", "My bakery", "Tostadores Nimbo", "A rival"]).values()
    for part, key in (("line", "color"), ("line", "dash"), ("marker", "symbol")):
        assert len({style[part][key] for style in styles}) == 4


def test_a_brand_of_the_course_keeps_its_colour_in_any_company():
    for names in (["Café Brisa"], ["My bakery", "Café Brisa"]):
        assert figures.line_styles(names)["Café Brisa"]["line"]["color"] == palette.BRAND["Café Brisa"]


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_the_published_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the well-known near miss of 4.5


COLOURS = {**palette.BRAND, **palette.POLARITY, **palette.CHANNEL, "strong": palette.STRONG, "other": palette.OTHER}


@pytest.mark.parametrize(("meaning", "colour"), COLOURS.items())
@pytest.mark.parametrize("page", [PAGE_LIGHT, PAGE_DARK])
def test_every_colour_stands_out_on_the_light_and_on_the_dark_page(meaning, colour, page):
    assert contrast(colour, page) >= 3, meaning


def test_no_colour_means_two_brands_or_two_polarities():
    for group in (palette.BRAND, palette.POLARITY, palette.CHANNEL):
        assert len(set(group.values())) == len(group)
