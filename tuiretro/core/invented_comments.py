"""What the invented team writes: plausible, harmless and about nobody.

Owns the sentences only; who writes them, and when, is decided by `invented`.
"""

from __future__ import annotations

DIP_COMMENTS = (
    "The release took three attempts. We need a rollback that works the first time.",
    "Too many late evenings this week. I would rather have moved the date.",
    "Nobody had tried the new price service under real load before Thursday.",
    "We were calm with each other in the middle of it, and that was worth a lot.",
)
"""About the bad release; the first members write them in that sprint."""

DROP_COMMENTS = (
    "Sales saw that the churn scores were off before we did.",
    "The new campaign brought customers that the model has never seen.",
    "Our drift dashboard was green all week because it still watches the old columns.",
    "Retraining waits for one script that runs on one laptop.",
)
"""About the sudden drift; the first members write them in that sprint."""

EVERYDAY_COMMENTS = (
    "More of the pairing on feature code, please.",
    "The churn labels from before the tariff change still mean something else.",
    "Good demo. The question about false positives should have come from us.",
    "Can we agree on one place for experiment notes?",
    "I liked that we stopped the price test early instead of defending it.",
    "Half of my week went into joining two customer tables.",
    "The data card for contracts saved me a day.",
    "We talk about accuracy, and finance asks about refunds.",
    "Review times are much better than last month.",
    "The notebook that everybody copies has a leak in its split.",
    "It helped to sit next to support for an hour.",
    "Please keep the Friday slot for reading errors together.",
    "I still do not know who decides when a model is good enough.",
    "The GPU bill surprised us again.",
    "Our test set is older than the product it describes.",
    "Naming an owner for each pipeline made on-call easier.",
    "Writing down the failed uplift model was worth the hour.",
    "Could we look at the ten worst predictions before the next planning?",
    "The assistant prototype is fun, but nobody has said what it is for.",
    "Nice that the legal check came at the start this time.",
    "The staging data has no customers from abroad.",
    "I learned more from the failed run than from the good one.",
    "Two dashboards show two churn rates. Which one do we report?",
    "Latency is fine in the lab and not in the app.",
    "It was easy to say that I was stuck.",
    "The checklist before a release is too long to be read.",
    "Let us throw the old scoring job away, it confuses everybody.",
    "More time with the pricing experts before we pick features.",
    "The new colleague found three gaps in our setup guide in one day. Great.",
    "We promised a date before we had looked at the data.",
    "Data versioning paid off: we could rebuild last quarter's set in an hour.",
    "I would like fewer tools and one that all of us know.",
    "The labels from the second agency do not agree with the first.",
)
"""About any sprint. Their number shares no factor with 7, so that all come up in turn."""
