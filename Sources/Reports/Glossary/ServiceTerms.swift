import Center
import Documents
import Experiments
import Queueing
import Simulator
import Tabular

extension Glossary {
    /// What callers feel.
    static let serviceTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "service level", .service,
            also: ["sl", "sla", "tsf", "telephone service factor", "grade of service", "80/20", "answered in time"],
            keywords: ["service level formulas"] + ServiceLevelRule.allCases.map(\.rawValue)
                + serviceLevelRules.flatMap { [$0.id, $0.name] },
            "the share of contacts answered within the acceptable wait, such as 80% in 30s.",
            settings: ["contact_types.<name>.target", "rules.service_level", "rules.short_abandon"],
            see: ["acceptable wait", "abandonment", "chance met"], body: serviceLevelFormulas),
        GlossaryTerm(
            "target", .service, also: ["goal", "service level target", "promise", "service objective"],
            "what was promised: a share of contacts, and the wait within which they are answered.",
            settings: ["contact_types.<name>.target", "contact_types.<name>.max_abandonment"],
            see: ["service level", "acceptable wait", "chance met"]),
        GlossaryTerm(
            "acceptable wait", .service,
            also: [
                "awt", "acceptable waiting time", "threshold", "answer within", "sl threshold", "service time target",
            ],
            "the wait within which an answer counts as in time.",
            settings: ["contact_types.<name>.target"], see: ["service level", "target"]
        ) {
            let levels = [10.0, 30, 60].map { seconds in
                WorkedHalfHour.share(
                    WorkedHalfHour.measures(.erlangC, 7, within: seconds).serviceLevels.ofAllOffered)
                    + " in \(Units.formatDuration(seconds))"
            }
            return "The same staffing reads differently by it: 7 people for \(WorkedHalfHour.words) give "
                + levels.joined(separator: ", ") + " (Erlang C)."
        },
        GlossaryTerm(
            "average speed of answer", .service, also: ["asa", "speed of answer", "mean speed of answer"],
            "the mean wait of the contacts that were answered.",
            see: ["average wait", "service level", "percentile"]
        ) {
            let m = WorkedHalfHour.measures(.erlangA, 6)
            return "ASA = seconds waited by the answered / answered; those answered at once count with 0. 6 people for "
                + "\(WorkedHalfHour.words) with patience 3m: \(WorkedHalfHour.wait(m.meanSpeedOfAnswer)), while all "
                + "callers, hang-ups included, wait \(WorkedHalfHour.wait(m.meanWait)). Never average the ASA of "
                + "intervals: weigh them by answered contacts."
        },
        GlossaryTerm(
            "average wait", .service, also: ["mean wait", "average delay", "average queue time", "aqt"],
            "the mean wait of all contacts, hang-ups until they leave; \"simulate\" prints that of the answered.",
            see: ["average speed of answer", "abandonment", "queue"]
        ) {
            let m = WorkedHalfHour.measures(.erlangA, 6)
            return "Average wait = mean number waiting / arrival rate (Little 1961): "
                + "\(PlainNumbers.fixed(m.queueMean, 3)) waiting / (22 / 30 minutes) = "
                + "\(WorkedHalfHour.wait(m.meanWait)). \"endless\" means that the queue grows without end."
        },
        GlossaryTerm(
            "percentile", .service, also: ["p50", "p80", "p95", "median wait", "wait percentile", "quantile"],
            "the wait that a share of the answered do not exceed: p95 is the wait of all but the unluckiest 1 in 20.",
            see: ["average speed of answer", "service level"]),
        GlossaryTerm(
            "wait probability", .service,
            also: ["delay probability", "chance of waiting", "pw", "probability of wait"],
            "the share of contacts that find everybody busy and have to wait.",
            see: ["Erlang C", "square-root staffing"]
        ) {
            "With Erlang C, 7 people for \(WorkedHalfHour.words): "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangC, 7).waitProbability)) wait."
        },
        GlossaryTerm(
            "abandonment", .service,
            also: ["hang-ups", "hang-up", "hangups", "abandon rate", "abandoned", "abandon", "lost calls", "reneging"],
            "contacts that give up while they wait; the rate is their share of all offered.",
            settings: ["contact_types.<name>.max_abandonment", "contact_types.<name>.patience"],
            see: ["patience", "short abandon", "abandonment credit", "redial"]
        ) {
            "Rate = abandoned / offered. 6 people for \(WorkedHalfHour.words) with patience 3m lose "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangA, 6).abandonment)), 7 lose "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangA, 7).abandonment)). Some systems take short "
                + "hang-ups or callbacks out."
        },
        GlossaryTerm(
            "short abandon", .service, also: ["short hang-up", "short hangup", "early abandon", "ghost call"],
            "a hang-up so soon that it is laid to a wrong number, not to the wait.",
            settings: ["rules.short_abandon", "contact_types.<name>.short_abandon"],
            see: ["abandonment", "service level"]),
        GlossaryTerm(
            "blocking", .service, also: ["blocked", "busy signal", "blockage", "all trunks busy", "loss"],
            "contacts that find every line taken and never enter the queue.",
            settings: ["channels.<name>.lines", "contact_types.<name>.blocked_at"],
            see: ["lines", "Erlang B", "turned away"]
        ) {
            "With as many lines as people, 7, \(WorkedHalfHour.words) give "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangB, 7).blocking)) blocked (Erlang B)."
        },
        GlossaryTerm(
            "turned away", .service, also: ["closed", "rejected", "out of hours"],
            "contacts that come when their type is closed, or that are sent away.",
            settings: ["contact_types.<name>.hours", "contact_types.<name>.when_closed", "rules.waiting_at_close"],
            see: ["blocking", "offered"]),
        GlossaryTerm(
            "lines", .service, also: ["trunks", "trunk lines", "capacity of the queue", "channels of a trunk"],
            "how many contacts fit in at once, waiting and being served together.",
            settings: ["channels.<name>.lines"], see: ["blocking", "Erlang B"]
        ) { "With no more lines than people nobody waits, which is Erlang B; without a limit nobody is blocked." },
        GlossaryTerm(
            "queue", .service, also: ["queue length", "waiting", "queue_mean"],
            "the contacts that wait for an answer; those being served are not in it.",
            see: ["average wait", "backlog"]
        ) {
            "Its mean over time = arrival rate x average wait. 7 people for \(WorkedHalfHour.words): "
                + "\(PlainNumbers.fixed(WorkedHalfHour.measures(.erlangC, 7).queueMean, 2)) (Erlang C)."
        },
        GlossaryTerm(
            "backlog", .service, also: ["open items", "carry-over", "oldest", "age of oldest"],
            "contacts still waiting when the counting ends, such as e-mails at the end of a day.",
            see: ["queue", "channel", "overdue", "turnaround"]),
        GlossaryTerm(
            "overdue", .service, also: ["late work", "overdue share", "overdue_share", "past due"],
            "work in a list that was begun, or still waits, after the time in which it was promised.",
            see: ["backlog", "turnaround"]
        ) {
            "overdue share = overdue / (offered - what is not yet due when the run ends): of that nobody knows whether it "
                + "will be in time, so that it is neither met nor missed, in service levels too."
        },
        GlossaryTerm(
            "turnaround", .service, also: ["time to close", "turnaround time", "time to resolution"],
            "how long work in a list takes from when it comes until it is done.",
            see: ["backlog", "overdue", "channel"]
        ) {
            "Mean wait by the clock of the target (open hours alone, where it says so) + handling time."
        },
        GlossaryTerm(
            "promise kept", .service, also: ["callback kept", "promise_kept", "callback promise"],
            "the share of those who were promised a call who are called and reached in time.",
            settings: ["contact_types.<name>.callback"], see: ["callback", "overdue"]
        ) {
            "Calls that are not yet due when the run ends do not count; a caller who is never reached counts as not kept."
        },
        GlossaryTerm(
            "hand-back", .service, also: ["handed back", "hand_back", "lost_after_answer", "lost after answer"],
            "a contact that goes back to its queue, or to a colleague, because its agent's shift ends.",
            settings: ["rules.end_of_shift"], see: ["abandonment", "after-contact work"]
        ) {
            "It counts as answered once. What is left of the talk is gone on with by whoever is free, before everybody who "
                + "waits; callers wait for it with fresh patience, and who is gone before anybody went on is lost after the "
                + "answer. After-contact work, a call that rings and a contact with a colleague on the line are finished."
        },
    ]

    /// Every formula: its number, its name in scenarios, itself, and who counts so.
    private static let serviceLevelRules: [(id: String, name: String, formula: String, users: String)] = [
        ("F1", "hangups_as_served", "(a + b) / O", "Cisco \"positive\", Amazon Connect"),
        ("F2", "answered_only", "a / N", "AT&T CMS; Genesys without abandons"),
        ("F3", "of_all_offered", "a / O", "ours; Cisco \"negative\", Genesys default"),
        ("F4", "early_hangups_ignored", "a / (O - b)", "Cisco \"ignore\", Bright Pattern"),
        ("F5", "short_hangups_as_served", "(a + s) / O", "ICMI's fifth"),
        ("F6", "short_hangups_ignored", "a / (O - s)", "Talkdesk contacts, RingCentral"),
        ("F7", "flow-outs added to O", "a / (O + f)", "Genesys Cloud; callbacks count as missed"),
        ("F8", "dequeued taken from O", "a / (O - q)", "Cisco precision queues; callbacks are left out"),
    ]

    /// A day's counts on which the formulas can be told apart: ICMI's example.
    private struct Counts {
        let offered = 1060.0, answered = 1000.0, inTime = 860.0, hungUpInTime = 20.0, short = 10.0
    }

    @Sendable private static func serviceLevelFormulas() -> String {
        let c = Counts()
        let values: [String: Double] = [
            "F1": (c.inTime + c.hungUpInTime) / c.offered, "F2": c.inTime / c.answered, "F3": c.inTime / c.offered,
            "F4": c.inTime / (c.offered - c.hungUpInTime), "F5": (c.inTime + c.short) / c.offered,
            "F6": c.inTime / (c.offered - c.short),
        ]
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(0, width - text.count))
        }
        let lines = serviceLevelRules.map { rule in
            let value = values[rule.id].map { PlainNumbers.percent($0, digits: 1) } ?? "-"
            return "  \(rule.id) " + padded(rule.formula, 13) + padded(value, 7) + padded(rule.name, 25) + rule.users
        }
        return
            "a answered in time, N answered, O offered, b hung up in time, s short hang-ups. The formula matters: with "
            + "a 860, N 1,000, O 1,060, b 20, s 10\n" + lines.joined(separator: "\n")
            + "\nAlways a ratio of sums, never the mean of the intervals' percentages."
    }
}
