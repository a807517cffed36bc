"""What an inspector saw in three checkouts: one row per shop and rule."""

import pandas as pd

from .case import BRANDS

# rule, unit, then for each of the three shops what was observed and what the inspector noted
OBSERVED = (
    (
        "R01",
        "clicks",
        ("3", "Beans sit below two menus"),
        ("2", "Best sellers on the home page"),
        ("5", "A region and a language come first"),
    ),
    (
        "R02",
        "share of 20 searches",
        ("0.80", "Accents are ignored, plurals are not"),
        ("0.45", "Misspelt names find nothing"),
        ("0.95", "Finds misspelt names too"),
    ),
    (
        "R03",
        "text",
        ("banner leads to category", "Seasonal banner opens the right list"),
        ("banner leads to category", "Two banners, both to lists"),
        ("banner leads nowhere", "The image has no link"),
    ),
    (
        "R04",
        "main buttons",
        ("1", "One button, same colour on every page"),
        ("3", "Buy, reserve and subscribe look the same"),
        ("1", "One button below the price"),
    ),
    (
        "R05",
        "form fields",
        ("14", "Address form asks street and number apart, twice on the phone"),
        ("9", "Five short steps, shown as a bar"),
        ("18", "A single page, four screens long on the phone"),
    ),
    (
        "R06",
        "fields not needed",
        ("2", "Asks birthday and landline"),
        ("0", "Only what the parcel needs"),
        ("5", "Asks birthday, job, landline, fax and title"),
    ),
    (
        "R07",
        "exits on checkout pages",
        ("2", "Logo and blog link stay"),
        ("1", "Only the logo stays"),
        ("11", "Full menu and three adverts stay"),
    ),
    (
        "R08",
        "step that first shows shipping",
        ("cart", "Shown in the cart, not on the product page"),
        ("product", "Shown beside the price"),
        ("payment", "Added on the last page"),
    ),
    (
        "R09",
        "payment methods",
        ("4", "Card, transfer, wallet, cash on delivery"),
        ("2", "Card and wallet"),
        ("1", "Card only"),
    ),
    ("R10", "failed payments in 20", ("1", "One time-out, basket kept"), ("0", "None"), ("4", "Basket lost each time")),
    (
        "R11",
        "help channels in checkout",
        ("2", "Chat and telephone"),
        ("0", "Help only in the footer of the home page"),
        ("1", "Telephone"),
    ),
    (
        "R12",
        "EUR added after the offer",
        ("3.90", "Shipping is not in the first price"),
        ("0.00", "The first price is the last price"),
        ("6.40", "Handling fee and VAT come late"),
    ),
    (
        "R13",
        "button text",
        ("Pedido con obligación de pago", "Clear that the order costs money"),
        ("Continuar", "Nothing says that it costs money"),
        ("Comprar y pagar", "Clear that the order costs money"),
    ),
    ("R14", "extras ticked in advance", ("0", "None"), ("1", "Gift wrap is ticked"), ("0", "None")),
    (
        "R15",
        "account needed",
        ("no", "Buys as a guest"),
        ("no", "Buys as a guest"),
        ("yes", "An account is forced before the address"),
    ),
    (
        "R16",
        "accessibility failures",
        ("3", "Two fields without a label, one weak contrast"),
        ("0", "None in keyboard, label and contrast tests"),
        ("9", "The date picker is out of reach of the keyboard"),
    ),
)
# shop by shop, whether the observation meets the rule
PASSES = {
    "R01": (False, True, False),
    "R02": (True, False, True),
    "R03": (True, True, False),
    "R04": (True, False, True),
    "R05": (False, True, False),
    "R06": (False, True, False),
    "R07": (True, True, False),
    "R08": (False, True, False),
    "R09": (True, True, False),
    "R10": (True, True, False),
    "R11": (True, False, True),
    "R12": (False, True, False),
    "R13": (True, False, True),
    "R14": (True, False, True),
    "R15": (True, True, False),
    "R16": (False, True, False),
}


def checkout_audits(_tables: dict[str, pd.DataFrame], _scale: int) -> pd.DataFrame:
    """Build checkout_audits; the three shops stay three at any scale."""
    rows = [
        {
            "shop": shop,
            "rule_id": rule,
            "observed": seen[i][0],
            "unit": unit,
            "passes": PASSES[rule][i],
            "evidence_note": seen[i][1],
        }
        for i, shop in enumerate(BRANDS)
        for rule, unit, *seen in OBSERVED
    ]
    return pd.DataFrame(rows)


BUILDERS = {"checkout_audits": checkout_audits}
