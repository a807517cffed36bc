"""The effects planted in the customer, shop and service tables are in the stored CSV files (ids as in the README)."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.cluster.vq import kmeans2
from scipy.spatial.distance import cdist

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
ZONE = "Europe/Madrid"
NEW_YEAR, TODAY = (pd.Timestamp(day, tz=ZONE) for day in ("2025-01-01", "2026-01-01"))
HOUR, DAY = pd.Timedelta(hours=1), pd.Timedelta(days=1)
STEPS = ["visit", "product", "cart", "checkout", "address", "payment", "order"]
PROBLEMS = ["complaint", "incident", "billing"]
WRITTEN = ["twitter", "facebook", "email"]


def read(name: str, *times: str, days: tuple[str, ...] = ()) -> pd.DataFrame:
    table = pd.read_csv(DATASETS / f"{name}.csv", parse_dates=list(days))
    for column in times:
        table[column] = pd.to_datetime(table[column], utc=True).dt.tz_convert(ZONE)
    return table


@pytest.fixture(scope="module")
def customers() -> pd.DataFrame:
    return read("customers", days=("joined_on", "churned_on"))


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    return read("orders", "ordered_at")


@pytest.fixture(scope="module")
def visits() -> pd.DataFrame:
    table = read("visits", "visited_at")
    table["step"] = table["furthest_step"].map(STEPS.index)
    return table.assign(bought=table["furthest_step"] == "order")


@pytest.fixture(scope="module")
def tickets() -> pd.DataFrame:
    stamps = ["opened_at", "first_auto_reply_at", "first_human_reply_at", "first_public_reply_at", "resolved_at"]
    table = read("tickets", *stamps)
    table["hours"] = (table["first_human_reply_at"] - table["opened_at"]) / HOUR
    return table.assign(within_24_h=table["hours"] <= 24)


@pytest.fixture(scope="module")
def problems(tickets) -> pd.DataFrame:
    """Complaints, incidents and billing cases whose 90 days are over."""
    table = tickets[tickets["type"].isin(PROBLEMS)].dropna(subset="stayed_90_days")
    return table.assign(stayed=table["stayed_90_days"].astype(bool))


@pytest.fixture(scope="module")
def surveys() -> pd.DataFrame:
    return read("surveys", "sent_at", "answered_at")


@pytest.fixture(scope="module")
def replies(tickets) -> pd.DataFrame:
    table = read("messages", "sent_at")
    table = table[table["sender"] == "agent"].merge(
        tickets[["ticket_id", "channel", "language"]], on="ticket_id", suffixes=("", "_of_case")
    )
    labels = table.columns[table.columns.get_loc("text") + 1 : table.columns.get_loc("label_rater_1")]
    return table.astype(dict.fromkeys(labels, bool))


# --- service -------------------------------------------------------------------------------------------------------


def test_b01_the_later_the_first_reply_the_fewer_customers_stay(problems):
    band = pd.cut(problems["hours"].fillna(np.inf), [0, 1, 4, 24, 720, np.inf])
    stayed = problems.groupby(band, observed=True)["stayed"].mean()
    assert stayed.is_monotonic_decreasing
    assert stayed.iloc[0] - stayed.iloc[3] > 0.20
    assert stayed.iloc[4] < 0.40


def test_b02_a_quick_solution_keeps_most_but_not_more_than_no_problem_at_all(problems, orders, tickets):
    stayed = problems.groupby("outcome")["stayed"].mean()
    assert stayed["resolved_quickly"] > stayed["resolved"] + 0.03 > stayed["unresolved"] + 0.15
    ordered = orders.sort_values("ordered_at")
    gap = ordered.groupby("customer_id")["ordered_at"].shift(-1) - ordered["ordered_at"]
    calm = ordered["ordered_at"].between(NEW_YEAR, TODAY - 94 * DAY) & ~ordered["order_id"].isin(tickets["order_id"])
    # a case is opened about four days after the order: 94 days from the order compare with 90 from the case
    assert (gap[calm] <= 94 * DAY).mean() > stayed["resolved_quickly"] + 0.03


def test_b03_catalan_waits_longer_on_twitter_and_nowhere_else(tickets, customers):
    spain = tickets.merge(customers.loc[customers["country"] == "ES", ["customer_id"]], on="customer_id")
    for channel, cases in spain.dropna(subset="hours").groupby("channel"):
        catalan, spanish = (cases.loc[cases["language"] == code, "hours"] for code in ("ca", "es"))
        longer = stats.mannwhitneyu(catalan, spanish, alternative="greater").pvalue
        if channel == "twitter":
            assert longer < 1e-6
            assert catalan.median() > 3 * spanish.median()
        else:
            assert longer > 0.05, channel


def test_b04_spanish_looks_better_served_than_english_though_english_is_in_every_channel(tickets):
    two = tickets[tickets["language"].isin(["es", "en"])]
    overall = two.groupby("language")["within_24_h"].mean()
    assert overall["es"] > overall["en"] + 0.03
    by_channel = two.pivot_table(index="channel", columns="language", values="within_24_h")
    assert (by_channel["en"] > by_channel["es"]).all()


def test_b05_a_large_audience_is_answered_sooner_on_twitter_but_not_by_email(tickets, customers):
    known = tickets.merge(customers[["customer_id", "followers_on_twitter"]], on="customer_id").dropna(
        subset=["hours", "followers_on_twitter"]
    )
    rank = {c: stats.spearmanr(g["followers_on_twitter"], g["hours"]) for c, g in known.groupby("channel")}
    assert rank["twitter"].statistic < -0.2
    assert abs(rank["email"].statistic) < 0.07


def test_b06_nights_and_weekends_wait_longer_on_every_written_channel(tickets):
    opened = tickets["opened_at"].dt
    closed = (opened.day_of_week >= 5) | (opened.hour < 9) | (opened.hour >= 20)
    median = tickets[tickets["channel"].isin(WRITTEN)].groupby(["channel", closed])["hours"].median().unstack()
    assert (median[True] > 1.5 * median[False]).all()


def test_b07_automatic_replies_come_in_seconds_and_hide_the_cases_nobody_answers(tickets):
    seconds = (tickets["first_auto_reply_at"] - tickets["opened_at"]).dropna() / pd.Timedelta(seconds=1)
    assert len(seconds) > 1_500
    assert seconds.quantile(0.99) < 60
    unanswered = tickets["first_human_reply_at"].isna()
    assert unanswered.mean() == pytest.approx(0.08, abs=0.01)
    assert tickets.loc[unanswered, "first_auto_reply_at"].notna().mean() > 0.3


def test_b08_cases_closed_without_the_customers_word_are_reopened_more_often(tickets):
    reopened = tickets.dropna(subset="customer_confirmed").groupby("customer_confirmed")["reopened"].mean()
    assert reopened[False] > 2.5 * reopened[True]


def test_b09_compensation_offered_in_public_draws_more_public_messages(tickets):
    social = tickets[tickets["redress_in_public"].notna() & tickets["first_public_reply_at"].notna()]
    turns = social.groupby("redress_in_public")["public_turns"].mean()
    assert turns[True] > turns[False] + 1.5


def test_the_clock_of_a_case_never_runs_backwards(tickets):
    for stamp in ("first_auto_reply_at", "first_human_reply_at", "resolved_at"):
        assert (tickets[stamp].dropna() > tickets.loc[tickets[stamp].notna(), "opened_at"]).all(), stamp
        assert (tickets[stamp].dropna() < TODAY).all(), stamp
    assert (tickets["first_public_reply_at"] >= tickets["first_human_reply_at"])[
        tickets["first_public_reply_at"].notna()
    ].all()
    assert (tickets["resolved_at"].isna() == (tickets["outcome"] == "open")).all()


def test_stayed_90_days_is_what_the_orders_say(tickets, orders):
    later = tickets.merge(orders[["customer_id", "ordered_at"]], on="customer_id")
    soon = (later["ordered_at"] > later["opened_at"]) & (later["ordered_at"] <= later["opened_at"] + 90 * DAY)
    again = tickets["ticket_id"].isin(later.loc[soon, "ticket_id"])
    known = tickets["stayed_90_days"].notna()
    assert (tickets.loc[known, "stayed_90_days"].astype(bool) == again[known]).all()


# --- customers and orders ------------------------------------------------------------------------------------------


def test_churned_on_follows_its_rule_of_180_days(customers, orders):
    last = orders.groupby("customer_id")["ordered_at"].max().dt.tz_localize(None).dt.normalize()
    expected = (last + 180 * DAY).reindex(customers["customer_id"]).reset_index(drop=True)
    expected = expected.where(expected < TODAY.tz_localize(None))
    assert customers["churned_on"].equals(expected.astype(customers["churned_on"].dtype))


def test_joined_on_is_the_day_of_the_first_order(customers, orders):
    first = orders.groupby("customer_id")["ordered_at"].min().dt.strftime("%Y-%m-%d").reindex(customers["customer_id"])
    assert (customers["joined_on"].dt.strftime("%Y-%m-%d").to_numpy() == first.to_numpy()).all()


def clusters(points: np.ndarray, k: int, starts: int = 5) -> np.ndarray:
    """Return the labels of the best of several k-means runs."""
    runs = (kmeans2(points, k, minit="++", seed=seed) for seed in range(starts))
    return min(runs, key=lambda run: ((points - run[0][run[1]]) ** 2).sum())[1]


def silhouette(points: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean silhouette width of a clustering, on every second point to save time."""
    points, labels = points[::2], labels[::2]
    distance, kinds = cdist(points, points), np.unique(labels)
    to = np.stack([distance[:, labels == kind].sum(axis=1) for kind in kinds], axis=1)
    size = np.array([(labels == kind).sum() for kind in kinds])
    own = labels[:, None] == kinds
    within = (to[own]) / (size[np.argmax(own, axis=1)] - 1)
    nearest = np.where(own, np.inf, to / size).min(axis=1)
    return float(((nearest - within) / np.maximum(nearest, within)).mean())


def agreement(one: pd.Series | np.ndarray, other: pd.Series | np.ndarray) -> float:
    """Return the adjusted Rand index of two groupings."""
    counts = pd.crosstab(np.asarray(one), np.asarray(other)).to_numpy()

    def pairs(sizes):
        return (sizes * (sizes - 1) / 2).sum()

    rows, columns, total = pairs(counts.sum(axis=1)), pairs(counts.sum(axis=0)), pairs(counts.sum())
    chance = rows * columns / total
    return float((pairs(counts) - chance) / ((rows + columns) / 2 - chance))


@pytest.fixture(scope="module")
def behaviour(customers, orders) -> np.ndarray:
    """Standardised logs of recency (days), frequency (orders) and mean order value (EUR), one row per customer."""
    groups = orders.groupby("customer_id")
    rfm = pd.DataFrame(
        {
            "recency": (TODAY - groups["ordered_at"].max()).dt.days + 1,
            "frequency": groups.size(),
            "value": groups["amount_eur"].mean(),
        }
    ).reindex(customers["customer_id"])
    logs = np.log(rfm)
    return ((logs - logs.mean()) / logs.std()).to_numpy()


def test_b10_behaviour_has_four_groups_that_have_nothing_to_do_with_the_declared_lifestyle(behaviour, customers):
    width = {k: silhouette(behaviour, clusters(behaviour, k)) for k in range(2, 8)}
    assert width[4] > max(width[2], width[3], 0.48)
    assert max(width[k] for k in (5, 6, 7)) < width[4] + 0.01  # more groups only split these four
    four = clusters(behaviour, 4)
    assert abs(agreement(four, customers["lifestyle_declared"])) < 0.02


def test_b11_the_attitudes_hold_three_groups_and_not_seven_profiles(customers):
    answers = customers.filter(like="attitude_").to_numpy(float)
    width = {k: silhouette(answers, clusters(answers, k)) for k in (2, 3, 4, 5, 7)}
    assert max(width, key=width.get) == 3
    assert width[3] > width[7] + 0.2
    stances = {
        "outsider": 1,
        "basic_user": 1,
        "techno_aspirational": 1,
        "moderate_utilitarian": 2,
        "passionate_utilitarian": 2,
        "sociodigital": 3,
        "technoholic": 3,
    }
    three, seven = clusters(answers, 3), clusters(answers, 7)
    assert agreement(three, customers["lifestyle_declared"].map(stances)) > 0.65
    assert agreement(seven, customers["lifestyle_declared"]) < 0.40


def test_b12_cold_brew_from_the_app_is_a_segment_that_mirrors_gender(customers, orders):
    bought = orders.loc[(orders["category"] == "cold_brew") & (orders["channel"] == "app"), "customer_id"]
    declared = customers[customers["gender_declared"].isin(["woman", "man"])]
    inside = declared["customer_id"].isin(bought)
    assert (declared.loc[inside, "gender_declared"] == "woman").mean() > 0.9
    share = inside.groupby(declared["gender_declared"]).mean()
    assert 0.5 + (share["woman"] - share["man"]) / 2 > 0.6  # AUC of the segment as a guess of the gender


def test_b13_recommended_customers_cost_least_and_stay_longest_and_ads_the_reverse(customers):
    cost = customers.groupby("acquired_through")["acquisition_cost_eur"].mean()
    older = customers[customers["joined_on"] < "2025-01-01"]
    kept = older["churned_on"].isna().groupby(older["acquired_through"]).mean()
    assert cost.idxmin() == kept.idxmax() == "recommendation"
    assert cost.idxmax() == kept.idxmin() == "ads"
    assert kept["recommendation"] > kept["ads"] + 0.25


def test_b14_retention_rises_with_tenure_in_every_way_of_counting(customers, orders):
    joined = customers.set_index("customer_id")["joined_on"].dt.year
    active = orders.assign(year=orders["ordered_at"].dt.year).groupby(["customer_id", "year"]).size().unstack().notna()
    cohort = joined.reindex(active.index)
    second_year = active.loc[cohort == 2023, 2024].mean()
    third_year = active.loc[(cohort == 2023) & active[2024], 2025].mean()
    second_year_of_the_next = active.loc[cohort == 2024, 2025].mean()
    assert third_year > second_year + 0.15
    assert third_year > second_year_of_the_next + 0.15  # the same calendar year: not a matter of the times
    early = orders[orders["ordered_at"] < TODAY - 365 * DAY].sort_values("ordered_at")
    number = early.groupby("customer_id").cumcount().clip(upper=4)
    last = orders.groupby("customer_id")["ordered_at"].transform("max").reindex(early.index)
    again = (early["ordered_at"] < last).groupby(number).mean()
    assert again.is_monotonic_increasing


# --- shop ----------------------------------------------------------------------------------------------------------


def test_b15_the_funnel_keeps_the_shape_of_the_reference_numbers(visits):
    reached = [(visits["step"] >= step).mean() * 100_000 for step in range(7)]
    assert reached == pytest.approx([100_000, 45_000, 9_000, 4_500, 3_600, 2_880, 2_683], rel=0.15)


def test_b16_phones_buy_more_overall_and_less_within_every_source(visits):
    two = visits[visits["device"].isin(["mobile", "desktop"])]
    overall = two.groupby("device")["bought"].mean()
    assert overall["mobile"] > overall["desktop"]
    by_source = two.pivot_table(index="source", columns="device", values="bought")
    assert (by_source["mobile"] < by_source["desktop"]).all()


def test_b17_phones_lose_most_at_the_address_form(visits):
    def passing(table):
        return pd.Series({STEPS[s]: (table["step"] > s).sum() / (table["step"] >= s).sum() for s in range(2, 6)})

    ratio = passing(visits[visits["device"] == "mobile"]) / passing(visits[visits["device"] == "desktop"])
    assert ratio.idxmin() == "address"
    assert ratio["address"] < 0.8


def test_b18_the_shipping_cost_first_shown_in_the_cart_is_the_dearest_step_of_the_purchase(visits):
    lost = pd.Series({STEPS[s]: (visits["step"] == s).sum() for s in range(2, 6)})
    assert lost.idxmax() == "cart"
    cart = visits[visits["step"] >= STEPS.index("cart")]
    going_on = (cart["step"] > STEPS.index("cart")).groupby(cart["shipping_shown_eur"]).mean()
    assert going_on.is_monotonic_decreasing
    assert going_on.iloc[0] > 1.7 * going_on.iloc[-1]


def test_b19_the_number_of_clicks_to_the_product_says_nothing_about_buying(visits):
    seen = visits.dropna(subset="clicks_to_product")
    table = pd.crosstab(seen["clicks_to_product"].clip(upper=6), seen["bought"])
    assert stats.chi2_contingency(table).pvalue > 0.05
    few, many = (
        seen.loc[rows, "bought"].mean() for rows in (seen["clicks_to_product"] < 3, seen["clicks_to_product"] >= 3)
    )
    assert few == pytest.approx(many, rel=0.10)


def test_a_visit_that_bought_comes_just_before_its_own_order(visits, orders):
    both = visits[visits["bought"]].merge(orders, on="order_id", suffixes=("", "_of_order"))
    assert len(both) == visits["bought"].sum() == visits["order_id"].nunique()
    assert (both["customer_id"] == both["customer_id_of_order"]).all()
    assert (both["shipping_shown_eur"] == both["shipping_eur"]).all()
    assert (both["ordered_at"] - both["visited_at"]).between(DAY * 0, HOUR).all()


# --- surveys -------------------------------------------------------------------------------------------------------


def test_b20_nps_goes_moderately_with_next_years_spending(surveys, orders):
    asked = surveys[(surveys["touchpoint"] == "yearly_wave") & surveys["nps"].notna()]
    spent = orders[orders["ordered_at"] >= NEW_YEAR].groupby("customer_id")["amount_eur"].sum()
    assert 0.2 < stats.pearsonr(asked["nps"], asked["customer_id"].map(spent).fillna(0)).statistic < 0.4


def test_b21_nps_rises_along_the_life_cycle(surveys):
    answered = surveys.dropna(subset="nps")
    share = answered["nps"].ge(9).astype(int) - answered["nps"].le(6).astype(int)
    nps = share.groupby(answered["stage"]).mean() * 100
    assert nps[["recognition", "purchase", "use", "recommendation"]].is_monotonic_increasing
    assert nps["recommendation"] - nps["recognition"] > 40


def test_b22_the_disappointed_answer_less(surveys, tickets, orders):
    cases = surveys.dropna(subset="ticket_id").merge(tickets[["ticket_id", "outcome"]], on="ticket_id")
    answers = cases["answered_at"].notna().groupby(cases["outcome"]).mean()
    assert answers["resolved_quickly"] > answers["resolved"] > answers["unresolved"]
    assert answers["resolved_quickly"] > 2 * answers["unresolved"]


def test_b23_twelve_service_surveys_were_sent_before_the_resolution(surveys, tickets):
    cases = surveys.dropna(subset="ticket_id").merge(tickets[["ticket_id", "resolved_at"]], on="ticket_id")
    early = (cases["sent_at"] < cases["resolved_at"]) | cases["resolved_at"].isna()
    assert early.sum() == 12
    assert cases.loc[early, "resolved_at"].isna().sum() == 4  # a comparison of times alone misses these


# --- messages ------------------------------------------------------------------------------------------------------

SIGNS = {  # words that must be in every reply with the label and in no reply without it
    "thanks": r"[Gg]racias|agradec|[Tt]hank|appreciate",
    "apologises": r"[Pp]erd[óo]n|[Dd]isculpa|[Ss]entimos|[Ll]amentamos|[Ss]orry|[Aa]polog",
    "asks_personal_data_in_public": r"DNI|dirección completa|fecha de nacimiento|full address|ID number|date of birth",
    "promotes": r"descuento|oferta|BRISA10|discount|offer",
    "jargon": r"SLA|RMA|[Tt]icket|PSP",
    "signed": r"\^[A-ZÁÉÍÓÚÑ]{2}$|, (equipo de )?Café Brisa( team)?$",
    "greets_by_name": r"^(Hola,?|Buen[oa]s \w+,|Hi|Hello|Good \w+,) [A-ZÁÉÍÓÚ]\w+[.:,]",
    "blames_customer": r"escribiste mal|haber leído|hubieras mirado|Eso te|typed the|have read the|Had you|comes of",
}


@pytest.mark.parametrize("label", SIGNS)
def test_the_label_of_a_reply_is_true_of_its_text(replies, label):
    found = replies["text"].map(lambda text: bool(re.search(SIGNS[label], text)))
    wrong = replies.loc[found != replies[label], "text"]
    assert wrong.empty, wrong.iloc[0]


def test_a_next_step_with_time_names_a_time(replies):
    time = r"\d\d:\d\d|\d+ minut|[Mm]añana|horas|jueves|viernes|lunes|noon|hours|Thursday|Friday|Monday|tomorrow"
    assert replies.loc[replies["next_step_with_time"], "text"].str.contains(time).all()


def test_same_language_compares_the_text_with_the_case(replies):
    assert (replies["same_language"] == (replies["language"] == replies["language_of_case"])).all()
    spanish = replies["text"].str.count(r"\b(?:el|la|los|las|de|que|tu|te|nos|lo|se|en|para|por|cada|hoy)\b")
    english = replies["text"].str.count(r"\b(?:the|you|your|we|it|is|of|to|and|for|with|at|our|on|that|will)\b")
    assert ((spanish > english) == (replies["language"] == "es")).all()


def test_personal_data_are_asked_for_in_public_only_on_public_channels(replies):
    assert replies.loc[replies["asks_personal_data_in_public"], "channel"].isin(["twitter", "facebook"]).all()


def test_no_two_messages_are_alike_and_none_holds_a_handle_an_address_or_a_number_to_call():
    text = read("messages")["text"]
    assert text.is_unique
    assert not text.str.contains(r"@|https?:|www\.|\d{7,}|[{}]").any()


def test_b24_the_two_raters_agree_well_but_not_perfectly(replies):
    counts = pd.crosstab(replies["label_rater_1"], replies["label_rater_2"]).to_numpy()
    weight = (np.arange(3)[:, None] - np.arange(3)) ** 2
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    assert 1 - (weight * counts).sum() / (weight * expected).sum() == pytest.approx(0.70, abs=0.06)


def test_b25_irony_hides_bad_news_behind_good_words():
    told = read("messages").query("sender == 'customer'")
    ironic = told[told["irony"].astype(bool)]
    assert len(ironic) >= 40
    assert (ironic["polarity"] == "negative").all()
    praise = r"[Ee]nhorabuena|maravillos|bonito|[Bb]ravo|encanta|[Ff]elicidades|[Gg]racias|[Ff]antástico"
    praise += r"|[Cc]ongrat|wonderful|[Ll]ovely|love|[Ww]ell done|[Gg]reat|[Ff]antastic"
    assert ironic["text"].str.contains(praise).all()


# --- audits and offers ---------------------------------------------------------------------------------------------


def test_b26_no_shop_passes_every_rule_and_the_best_breaks_the_law_of_the_button():
    audits = read("checkout_audits")
    assert audits.groupby("shop").size().eq(16).all()
    passed = audits.pivot_table(index="rule_id", columns="shop", values="passes", aggfunc="first")
    assert not passed.all().any()
    assert passed.sum().idxmax() == "Tostadores Nimbo"
    assert not passed.loc["R13", "Tostadores Nimbo"]


def test_b27_the_cheapest_fee_per_user_is_not_the_cheapest_offer():
    offers = read("crm_offers")
    offers["cost"] = offers["amount_eur"] * offers["users"].where(offers["per_user"], 1)
    fees = offers[(offers["category"] == "software") & offers["per_user"]].groupby("offer")["amount_eur"].min()
    total = offers.groupby("offer")["cost"].sum()
    assert fees.idxmin() == "C"
    assert total.idxmin() == "B"
    project = offers[(offers["offer"] == "A") & (offers["year"] == 0)]["cost"].sum() / total["A"]
    assert 0.35 < project < 0.60  # below the 60 % that the course's source claims for the first year


# --- generator -----------------------------------------------------------------------------------------------------


def test_scale_2_doubles_the_rows_and_keeps_keys_unique_and_relations_valid(monkeypatch):
    monkeypatch.syspath_prepend(str(DATASETS))
    from generator import experience, messages, people, sales, service, visits

    built: dict[str, pd.DataFrame] = {}
    for module in (sales, people, visits, service, messages, experience):
        for name, builder in module.BUILDERS.items():
            built[name] = builder(built, 2)
    for name in ("customers", "orders", "visits", "tickets", "surveys"):
        assert len(built[name]) == pytest.approx(2 * len(read(name)), rel=0.06), name
        assert built[name].iloc[:, 0].is_unique, name
    for name, column, other in (
        ("orders", "customer_id", "customers"),
        ("visits", "order_id", "orders"),
        ("tickets", "order_id", "orders"),
        ("surveys", "ticket_id", "tickets"),
        ("messages", "ticket_id", "tickets"),
    ):
        assert set(built[name][column].dropna()) <= set(built[other][column]), (name, column)
