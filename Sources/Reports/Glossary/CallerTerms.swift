import Documents
import Queueing
import Simulator

extension Glossary {
    /// What callers do.
    static let callerTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "patience", .callers, also: ["willingness to wait", "time to abandon", "reneging time", "patience time"],
            "how long a caller is willing to wait before hanging up.",
            settings: ["contact_types.<name>.patience"], see: ["abandonment", "Erlang A", "abandonment credit"]
        ) {
            let m = WorkedHalfHour.measures(.erlangA, 6)
            return
                "It is longer than the time at which hang-ups happen, since most are answered first: with patience 3m "
                + "and 6 people for \(WorkedHalfHour.words), those who hang up do so after "
                + "\(WorkedHalfHour.wait(m.meanWaitAbandoned)) on average. Mean patience = total wait of all / hang-ups; "
                + "estimate_from does that from a report's figures."
        },
        GlossaryTerm(
            "redial", .callers, also: ["retrial", "retry", "redials", "call again", "recall"],
            "a caller who hung up calls again, some minutes later.",
            settings: ["contact_types.<name>.redial"], see: ["Erlang X", "fresh", "repeat", "abandonment"]
        ) {
            let half = Redials(afterAbandoning: 0.5)
                .erlangX(WorkedHalfHour.question.queue(.erlangA), agents: 6, within: 30)
            let per = WorkedHalfHour.question.per
            return "If half of those who hang up call again, 22 callers make "
                + "\(PlainNumbers.fixed(half.attemptRate * per, 1)) calls in the half-hour with 6 people (Erlang X). "
                + "Counts from the telephone system contain them."
        },
        GlossaryTerm(
            "fresh", .callers, also: ["first attempts", "primary calls", "unique callers"],
            "contacts that are no redial: offered less redials.", see: ["redial", "offered"]),
        GlossaryTerm(
            "repeat", .callers,
            also: ["recontact", "repeat contact", "come again"],
            "a contact that was answered but not resolved, and comes again hours or days later.",
            settings: ["contact_types.<name>.repeat"], see: ["redial", "first-contact resolution"]),
        GlossaryTerm(
            "first-contact resolution", .callers,
            also: ["fcr", "first contact resolution", "first call resolution", "first_contact_resolution"],
            "the share of answered contacts after which nobody comes again for the same matter.",
            settings: ["contact_types.<name>.repeat"], see: ["repeat"]
        ) {
            "1 - repeats / answered, from the run's own counts: who would come again after the end of the run is not seen, "
                + "so that with long delays a short run shows it too high."
        },
        GlossaryTerm(
            "follow-up", .callers, also: ["follow up", "follow-up work", "documentation"],
            "work that a contact leaves to be done later, in a list of its own.",
            settings: ["contact_types.<name>.follow_up"], see: ["backlog", "channel", "after-contact work"]),
        GlossaryTerm(
            "transfer rate", .callers, also: ["transfer_rate", "share handed on"],
            "the share of answered contacts that are handed on to another contact type.",
            settings: ["contact_types.<name>.transfers"], see: ["transfer"]),
        GlossaryTerm(
            "callback", .callers, also: ["virtual hold", "call back", "callbacks"],
            "the offer to hang up and be called back instead of waiting.",
            settings: ["contact_types.<name>.callback"], see: ["patience", "queue"]),
        GlossaryTerm(
            "transfer", .callers, also: ["transfers", "escalation", "hand-off"],
            "a contact that goes on to another contact type after it was answered.",
            settings: ["contact_types.<name>.transfers"], see: ["contact type", "skill"]),
        GlossaryTerm(
            "balking", .callers, also: ["balk", "leave at once"],
            "hanging up at once on hearing that one would have to wait.",
            settings: ["contact_types.<name>.balk"], see: ["patience", "abandonment"]),
        GlossaryTerm(
            "warm transfer", .callers, also: ["hand over", "hand-over", "attended transfer", "conference"],
            "a transfer in which the agent stays on the line until a colleague has taken over; a cold one just passes on.",
            settings: ["contact_types.<name>.transfers.<contact type>.hand_over"], see: ["transfer", "consult"]),
        GlossaryTerm(
            "consult", .callers, also: ["ask a colleague", "consultation"],
            "a question to a colleague while the caller is on hold: it takes two people at once.",
            settings: ["contact_types.<name>.consult"], see: ["warm transfer", "transfer"]),
        GlossaryTerm(
            "chaser", .callers, also: ["chasing contact", "chase", "status call"],
            "a contact that asks what became of an earlier one that still lies in a list.",
            settings: ["contact_types.<name>.chase"], see: ["backlog", "repeat"]),
        GlossaryTerm(
            "outbound", .callers, also: ["campaign", "recall list", "right-party contact", "dialing", "reminder call"],
            "calls that we make, from a list, between other work; some tries reach nobody, and some of those reached reply.",
            settings: ["contact_types.<name>.reach", "contact_types.<name>.replies"], see: ["channel", "callback"]),
        GlossaryTerm(
            "ageing", .callers, also: ["aging", "priority escalation"],
            "growing more urgent by waiting.",
            settings: ["contact_types.<name>.priority_after", "routing.pick_contact"], see: ["queue"]),
    ]
}
