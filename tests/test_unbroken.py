"""What reads as one word stays on one line, and nothing else of a page changes."""

import pytest
from unbroken import unbroken


@pytest.mark.parametrize(
    "word",
    ["S3.2-02d", "S0.4-F1", "S4.6-C", "B-05", "2026-12-07", "-€13.27", "−€4", "unit 04", "Chapter 12", "notebook 09"],
)
def test_a_word_gets_a_span_that_does_not_wrap(word):
    assert unbroken(f"<p>See {word}, too.</p>") == f'<p>See <span class="whole">{word}</span>, too.</p>'


def test_each_word_of_a_text_gets_its_own():
    wrapped = '<td><span class="whole">2025-01-01</span> to <span class="whole">2025-12-31</span></td>'
    assert unbroken("<td>2025-01-01 to 2025-12-31</td>") == wrapped


@pytest.mark.parametrize(
    "markup",
    [
        "<p>well-known, 2025-1, pp. 105-111, unit four, €13.27, community 04, file-2025-01-01</p>",
        '<a title="S3.2-02d" href="#a-2026-12-07">x</a>',
        '<a title="5 > 3, S3.2-02d">x</a>',
        "<pre>day = 2026-12-07</pre>",
        "<p><code>S3.2-02d</code></p>",
        '<script type="application/json">{"a": "<b>unit 04</b>"}</script>',
        "<svg><text>unit 04</text></svg>",
        "<p>1 < 2</p>",
    ],
)
def test_other_words_attributes_code_and_pictures_stay_as_they_are(markup):
    assert unbroken(markup) == markup
