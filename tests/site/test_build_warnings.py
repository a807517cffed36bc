"""What the book's own directives refuse, as the warnings of a small book: with -W each of them fails the build."""

import json

import pytest
from built_book import ROOT

pytestmark = pytest.mark.xdist_group("small book")  # one process builds it, once

FIGURE = {"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {"title": {"text": "No words"}}}

CHAPTER = """# A chapter

```{simulator} true_fans
```

```{simulator} true_fans
```

```{simulator} unheard_of
```

```{quiz} missing
```

```{quiz} faulty
```

$$\\frac{1}{2}$$ (half)

See {eq}`half`.
"""

CONF = f"""
import sys
sys.path.append({str(ROOT / "website" / "extensions")!r})
extensions = ["myst_nb", "mathml", "data_tables", "figures", "simulators", "quizzes"]
myst_enable_extensions = ["dollarmath"]
nb_execution_mode = "off"
html_theme = "basic"
html_math_renderer = "mathml"
"""

TABLE = """<div><style scoped>x</style><table border="1" class="dataframe">
<thead><tr><th></th><th>brand</th><th>rate</th></tr><tr><th>week</th><th></th><th></th></tr></thead>
<tbody><tr><th>1</th><td>Café Brisa</td><td>4.5</td></tr><tr><th>2</th><td>Molienda Áurea</td><td>NaN</td></tr></tbody>
</table></div>"""


def cell(data):
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    return {"cell_type": "code", "metadata": {}, "source": "1", "execution_count": 1, "outputs": [output]}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build a small book with the mistakes above; return its warnings and its folder."""
    from io import StringIO

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    folder = tmp_path_factory.mktemp("book")
    (folder / "book" / "quizzes").mkdir(parents=True)
    (folder / "book" / "quizzes" / "faulty.yml").write_text("questions: [{id: one, text: Why, options: []}]")
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "# A notebook"},
            cell({"application/vnd.plotly.v1+json": FIGURE}),
            cell({"text/html": TABLE, "text/plain": "table"}),
            cell(
                {
                    "application/vnd.jupyter.widget-view+json": {
                        "model_id": "0",
                        "version_major": 2,
                        "version_minor": 0,
                    },
                    "application/vnd.socialcare.simulator+json": {"scenario": "true_fans"},
                }
            ),
        ],
    }
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
    (folder / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    (folder / "index.md").write_text("# Book\n\n```{toctree}\nchapter\nnotebook\n```\n")
    (folder / "conf.py").write_text(CONF)
    warnings, out = StringIO(), folder / "html"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(folder, folder, out, folder / "doctrees", "html", status=None, warning=warnings)
        app.build()
    return warnings.getvalue(), out


@pytest.mark.parametrize(
    "message",
    [
        "cell 2: figure without layout.meta.alt",
        "simulator 'true_fans' appears twice on this page",
        "scenario 'unheard_of' is unknown; expected one of ",
        "missing.yml: not readable as YAML",
        "faulty.yml: question 1 (one): field 'options' is []; expected a list",
    ],
)
def test_a_mistake_is_a_warning(built, message):
    assert message in built[0]


def test_there_is_no_other_warning(built):
    lines = [line for line in built[0].splitlines() if "WARNING" in line or "ERROR" in line]
    assert len(lines) == 5


def test_a_widget_becomes_the_simulator_of_the_page(built):
    html = (built[1] / "notebook.html").read_text(encoding="utf-8")
    assert '<section class="simulator" id="true_fans"' in html
    assert '<h2 class="simulator-title"' in html
    assert "widget-view" not in html


def test_a_printed_table_has_one_header_row_with_scopes(built):
    html = (built[1] / "notebook.html").read_text(encoding="utf-8")
    head = html.split('class="dataframe"')[1].split("</thead>")[0]
    assert head.count("<tr") == 1
    assert '<th scope="col">week</th>' in head
    assert '<th class="number" scope="col">rate</th>' in head
    assert '<td class="number">NaN</td>' in html
    assert "<td>Café Brisa</td>" in html


def test_maths_is_mathml_with_a_number_to_refer_to(built):
    html = (built[1] / "chapter.html").read_text(encoding="utf-8")
    assert "<mfrac>" in html
    assert '<span class="eqno">(1)' in html
    assert "MathJax" not in html
