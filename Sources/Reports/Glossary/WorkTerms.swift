import Documents
import Queueing
import Simulator
import Tabular

extension Glossary {
    /// What comes in.
    static let workTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "contact", .work, also: ["call", "interaction", "chat", "e-mail", "email"],
            "one person reaching us once: a call, a chat, an e-mail; a second try is a second contact.",
            settings: ["contact_types"], see: ["contact type", "redial", "offered"]),
        GlossaryTerm(
            "contact type", .work, also: ["call type", "reason", "queue name", "skill demand", "call reason"],
            "a reason to contact us, with its own volume, handling time, patience and target.",
            settings: ["contact_types"], see: ["contact", "skill", "channel"]),
        GlossaryTerm(
            "channel", .work, also: ["media", "medium"],
            "the way in which a contact comes; with live ones somebody waits, later ones lie in a list.",
            settings: ["channels", "channels.<name>.kind", "channels.<name>.at_once"], see: ["contact type", "backlog"]
        ),
        GlossaryTerm(
            "concurrency", .work, also: ["at once", "several at once", "chat slots"],
            "how many contacts one agent handles at the same time, such as three chats.",
            settings: ["channels.<name>.at_once", "channels.<name>.slowdown"], see: ["channel"]
        ) {
            "Each takes longer the more are in hand, so that two at once are worth less than two people. Needs count slots "
                + "at the pace of full hands.\nWhoever has one in hand takes more of the same channel, and nothing else until all have "
                + "ended, however urgent."
        },
        GlossaryTerm(
            "interruptible", .work, also: ["interrupt", "resume", "preemption"],
            "work in a list that is left for a live contact; whoever is free next goes on with it.",
            see: ["channel", "backlog"]),
        GlossaryTerm(
            "offered", .work, also: ["volume", "contacts offered", "calls offered", "demand", "contacts"],
            "contacts that reach the queue while it is open: answered, abandoned, blocked and still waiting together.",
            settings: ["contact_types.<name>.arrivals"], see: ["redial", "turned away", "offered load"]
        ) {
            "Offered = fresh + redials: whoever hangs up and tries again is counted again, as telephone systems do."
        },
        GlossaryTerm(
            "day shape", .work, also: ["intraday profile", "arrival pattern", "profile"],
            "how a day's contacts are spread over its opening hours.",
            settings: ["contact_types.<name>.day_shape"], see: ["interval", "offered"]),
        GlossaryTerm(
            "interval", .work, also: ["period", "half-hour", "half hour", "reporting interval", "time slot"],
            "the step in which a day is reported and staffed, usually half an hour.",
            settings: ["interval"], see: ["confidence interval", "requirement methods"]
        ) {
            "Contacts belong to the interval in which they arrive, even if they are answered in the next one."
        },
        GlossaryTerm(
            "talk time", .work, also: ["att", "conversation time"],
            "the time from the answer to the end of the conversation, hold not included.",
            settings: ["contact_types.<name>.talk"], see: ["handling time", "hold", "after-contact work"]),
        GlossaryTerm(
            "hold", .work, also: ["hold time"],
            "time within an answered contact in which the caller is left to wait; waiting for an answer is not hold.",
            settings: ["contact_types.<name>.hold"], see: ["handling time", "talk time"]),
        GlossaryTerm(
            "after-contact work", .work,
            also: ["acw", "wrap-up", "wrapup", "after call work", "after-call work", "post-processing", "not ready"],
            "what is left to do when the caller has gone and before the next contact.",
            settings: ["contact_types.<name>.wrap_up"], see: ["handling time", "occupancy"]
        ) { "The agent counts as busy: it is part of the handling time and of occupancy." },
        GlossaryTerm(
            "handling time", .work,
            also: ["aht", "average handle time", "average handling time", "handle time", "service time"],
            "how long a contact keeps an agent busy.",
            settings: ["contact_types.<name>.talk", "contact_types.<name>.hold", "contact_types.<name>.wrap_up"],
            see: ["offered load", "after-contact work", "occupancy"]
        ) {
            let parts = [280.0, 10, 70]
            let shown = parts.map(Units.formatDuration)
            return "Handling time = talk + hold + after-contact work, per answered contact. "
                + "\(shown[0]) + \(shown[1]) + \(shown[2]) = \(Units.formatDuration(parts.reduce(0, +))). "
                + "Some systems leave hold or after-contact work out: look before you copy a figure."
        },
        GlossaryTerm(
            "offered load", .work,
            also: ["erlang", "erlangs", "load", "workload", "traffic", "traffic intensity", "people's worth of work"],
            "how many people the work would keep busy all the time, were it spread evenly; its unit is the erlang.",
            see: ["handling time", "occupancy", "Erlang C", "square-root staffing"]
        ) {
            "Load = contacts x handling time / length of the interval. \(WorkedHalfHour.words) are "
                + "\(WorkedHalfHour.load) erlangs. As many people as erlangs are never enough: contacts do not come "
                + "evenly."
        },
        GlossaryTerm(
            "busyness", .work,
            also: ["day-to-day", "day to day", "day factor", "overdispersion", "random rate", "forecast error"],
            "one random factor on all of a day's volume, because whole days are busier or quieter than planned.",
            settings: ["contact_types.<name>.day_to_day"], see: ["volume uncertainty", "chance met", "offered"]
        ) {
            let spread = 0.1
            let variance = BusynessFactor(spread: spread).countVariance(mean: 400)
            return "Mean 1, standard deviation as given; gamma distributed. With \(Units.formatShare(spread)), 400 "
                + "expected calls vary by \(PlainNumbers.fixed(variance.squareRoot(), 0)) (standard deviation) from day "
                + "to day; without it by \(PlainNumbers.fixed(400.0.squareRoot(), 0))."
        },
    ]
}
