"""The colours of the course's figures: one colour, one meaning, in every figure of the book.

Each colour has a contrast of at least 3:1 against the page's light and dark background (WCAG 2.2, 1.4.11; tested),
and a figure never relies on colour alone: lines differ in dash, bars carry their label.
"""

BRAND = {"Café Brisa": "#0072B2", "Tostadores Nimbo": "#C95A00", "Molienda Áurea": "#008F68"}
POLARITY = {"positive": "#2E8B8B", "neutral": "#7A7A7A", "service_request": "#8468C4", "negative": "#CC3A5C"}
CHANNEL = {
    "twitter": "#3B82C4",
    "facebook": "#8468C4",
    "email": "#A66F00",
    "phone": "#CC3A5C",
    "webchat": "#2E8B8B",
}

STRONG = "#0072B2"  # the thing the sentence is about
OTHER = "#C95A00"  # what it is compared with
QUIET = "#7A7A7A"  # reference lines and context

DASH = ("solid", "dash", "dot", "dashdot")
SYMBOL = ("circle", "square", "diamond", "cross")
