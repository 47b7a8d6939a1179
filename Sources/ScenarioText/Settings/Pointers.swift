import Tabular

/// Words of the trade that are no setting: what does what they mean, or that nothing does yet.
package enum Pointers {
    private static let all: [(words: [String], hint: String)] = [
        (
            ["ivr", "ivr_time", "containment", "deflection", "self_service", "bot"],
            "an IVR is not simulated yet: take what it answers off the arrivals"
        ),
        (
            ["surge", "surges", "spike", "peak", "outage", "campaign", "event", "shock"],
            "nothing does this by itself yet: give those dates their own rows in a table of arrivals"
        ),
        (
            ["growth", "trend", "seasonality", "forecast", "uplift"],
            "volumes are taken as given: put it into the numbers of arrivals"
        ),
        (
            ["backlog", "opening_backlog", "carry_over", "carryover", "queue_at_start"],
            "what waits at the beginning stands in a file of its own: simulate --from-now state.yaml"
        ),
        (
            ["fcr", "first_contact_resolution", "first_call_resolution", "resolution", "resolution_rate"],
            "say what is not resolved: \"repeat: {share: 12%, after: 1d}\""
        ),
        (
            ["shrinkage"],
            "shrinkage stands at the top and holds for everybody; for single groups it is not simulated yet"
        ),
        (
            [
                "vacation", "leave", "pto", "sick", "sickness", "absence", "absenteeism", "no_show", "aux", "training",
                "meetings", "coaching",
            ],
            "name it as a part of \"shrinkage\", or give it a time under \"activities\""
        ),
        (
            ["schedule", "rota", "scheduling", "staffing", "shift"],
            "who is there stands under \"staffing\" or in a group's \"roster\""
        ),
        (["break", "breaks", "lunch"], "lunch and breaks stand in \"shifts\""),
        (["trunks", "trunk", "ports", "lines"], "lines belong to the channel: \"channels: {phone: {lines: 24}}\""),
        (
            ["concurrency", "max_concurrent", "concurrent", "slots", "at_once", "chats_at_once"],
            "how many at once belongs to the channel: \"channels: {chat: {at_once: 2}}\""
        ),
        (["queue_limit", "max_queue", "queue_size", "queue_capacity"], "write \"blocked_at: 20\" in the contact type"),
        (
            ["voicemail", "after_hours", "out_of_hours", "on_closed"],
            "write \"when_closed: voicemail\" in the contact type"
        ),
        (
            ["asa", "average_speed_of_answer", "average_wait", "mean_wait"],
            "the mean wait is a result; what is promised is a \"target: 80% in 30s\""
        ),
        (["occupancy", "utilization", "utilisation"], "occupancy is a result; its limit is \"max_occupancy\""),
        (
            ["blending", "blended", "blend", "skills_based_routing", "multiskill"],
            "give one group the skills of several contact types"
        ),
        (
            ["dialer", "dialler", "predictive", "pacing"],
            "calls that you make are \"channel: outbound\" with \"reach\"; dialing ahead is not simulated yet"
        ),
        (
            ["rpc", "right_party_contact", "connect_rate"],
            "write \"reach: {share: 55%, attempts: 3}\" in the contact type"
        ),
        (
            ["warm_transfer", "cold_transfer", "transfer", "escalation"],
            "write \"transfers: {billing: 4%}\"; with hand_over the agent waits for the colleague"
        ),
        (["misroute", "misrouting"], "write \"misrouted: {to: billing, share: 5%, takes: 1m}\" in the contact type"),
        (
            ["virtual_hold", "call_back", "callbacks"],
            "write \"callback: {offer_after: 2m, accepted: 35%}\" in the contact type"
        ),
        (
            ["ewt", "estimated_wait", "announcement"],
            "who leaves on hearing the wait is \"balk: {share: 20%, over: 2m}\""
        ),
        (["vip", "urgent"], "write \"priority: 1\" in the contact type; 1 is served first"),
        (["on_call"], "people on call are a skill with \"set_up: 10m\""),
        (["attrition", "turnover", "hiring", "hires"], "nothing does this yet: change \"people\" and \"staffing\""),
        (
            ["learning_curve", "ramp_up", "nesting", "new_hires", "experience"],
            "new people are \"tiers\" of a group, with a \"ramp\""
        ),
        (
            ["csat", "nps", "quality", "qa", "satisfaction"],
            "nothing here says how content callers are: a simulation knows waits"
        ),
        (["budget", "revenue", "cost", "cost_per_contact"], "costs are results: give groups a \"wage\""),
        (
            ["cv", "sd", "std", "standard_deviation", "variance"],
            "write \"spread: 0.7\", the standard deviation divided by the mean"
        ),
        (["distribution"], "write \"shape: lognormal\" beside the mean"),
    ]

    /// The hint for a word that is not a setting where it stands; nil for words that are none of the trade.
    static func hint(for word: String) -> String? {
        let plain = Spelling.folded(word)
        return all.first { $0.words.contains { Spelling.folded($0) == plain } }?.hint
    }
}
