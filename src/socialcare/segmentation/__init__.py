"""Which groups of customers are real, and worth treating differently? The six types of the source (S1.5, model D6).

One module for each: ``value_tiers`` (T1), ``demographics`` (T2), ``behaviour`` (T3), ``clusters`` (T3 and T4),
``tactics`` (T5), ``propensity`` (T6). ``four_criteria`` judges any of them by the source's four criteria, ``proxies``
tests it for discrimination, ``charts`` and ``flows`` draw the results. The formulas are re-exported here.
"""

from socialcare.formulas.segmentation import (
    RULES,
    break_even_probability,
    campaign_profit,
    cramers_v,
    lift,
    rfm_score,
    segment_name,
    smallest_segment,
)
from socialcare.segmentation.behaviour import name_segments, rfm, rfm_scores, rfm_summary, segment_table
from socialcare.segmentation.charts import lines_figure, share_figure
from socialcare.segmentation.clusters import (
    agreement,
    choose_k,
    k_means,
    noise_like,
    silhouette,
    stability,
    standardised,
)
from socialcare.segmentation.demographics import association, associations
from socialcare.segmentation.flows import flow_figure
from socialcare.segmentation.four_criteria import criteria, identifying_rules
from socialcare.segmentation.propensity import (
    calibration,
    fit_propensity,
    lift_at,
    offer_features,
    predict_propensity,
    profit_by_depth,
    quality,
)
from socialcare.segmentation.proxies import mirrors, refuse_mirrors
from socialcare.segmentation.tactics import assign, coverage, overlap
from socialcare.segmentation.value_tiers import (
    TIERS,
    expected_margin,
    expected_order_value,
    expected_orders,
    fit_bg_nbd,
    fit_gamma_gamma,
    probability_alive,
    repeat_summary,
    tiers,
)

__all__ = [
    "RULES",
    "TIERS",
    "agreement",
    "assign",
    "association",
    "associations",
    "break_even_probability",
    "calibration",
    "campaign_profit",
    "choose_k",
    "coverage",
    "cramers_v",
    "criteria",
    "expected_margin",
    "expected_order_value",
    "expected_orders",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_propensity",
    "flow_figure",
    "identifying_rules",
    "k_means",
    "lift",
    "lift_at",
    "lines_figure",
    "mirrors",
    "name_segments",
    "noise_like",
    "offer_features",
    "overlap",
    "predict_propensity",
    "probability_alive",
    "profit_by_depth",
    "quality",
    "refuse_mirrors",
    "repeat_summary",
    "rfm",
    "rfm_score",
    "rfm_scores",
    "rfm_summary",
    "segment_name",
    "segment_table",
    "share_figure",
    "silhouette",
    "smallest_segment",
    "stability",
    "standardised",
    "tiers",
]
