"""Does the service answer the person? A reply rubric, its measure, and the ten keys as shares (units 06 and 12).

``read_reply`` reads one reply, ``measure`` says how well it reads, ``profile`` counts the ten keys on a year of cases.
The formulas (``socialcare.formulas.personalisation``) are re-exported here. Sources: S0.1, S2.1, S4.3; models D16, D18.
"""

from socialcare.formulas.personalisation import (
    apparent_share,
    cohens_kappa,
    corrected_error,
    corrected_interval,
    corrected_share,
    kappa_interval,
    precision,
    recall,
    right_flags,
    right_flags_interval,
)
from socialcare.personalisation.charts import interval_dots
from socialcare.personalisation.language import LanguageReading, language
from socialcare.personalisation.measure import (
    agreement,
    confusion,
    holdout_cases,
    labelled_cases,
    measure,
    rater_kappa,
    read_all,
)
from socialcare.personalisation.profile import key_table, orders_of_channels, profile, weighted_index
from socialcare.personalisation.rubric import (
    ADVICE,
    CANNOT_JUDGE,
    CRITERIA,
    FAULTS,
    Finding,
    headline,
    read_reply,
    reading_table,
    rules,
    to_mend,
)

__all__ = [
    "ADVICE",
    "CANNOT_JUDGE",
    "CRITERIA",
    "FAULTS",
    "Finding",
    "LanguageReading",
    "agreement",
    "apparent_share",
    "cohens_kappa",
    "confusion",
    "corrected_error",
    "corrected_interval",
    "corrected_share",
    "headline",
    "holdout_cases",
    "interval_dots",
    "kappa_interval",
    "key_table",
    "labelled_cases",
    "language",
    "measure",
    "orders_of_channels",
    "precision",
    "profile",
    "rater_kappa",
    "read_all",
    "read_reply",
    "reading_table",
    "recall",
    "right_flags",
    "right_flags_interval",
    "rules",
    "to_mend",
    "weighted_index",
]
