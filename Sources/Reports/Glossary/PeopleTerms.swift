import Documents
import Queueing
import Simulator

extension Glossary {
    /// People and their time.
    static let peopleTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "agent", .people, also: ["rep", "representative", "advisor", "csr", "agents", "people"],
            "a person who answers contacts, one at a time on the phone.",
            settings: ["agents", "agent_groups"], see: ["agent group", "on the phones", "on the rota"]),
        GlossaryTerm(
            "agent group", .people, also: ["group", "team", "skill group", "agent pool"],
            "people with the same skills, languages and pay.",
            settings: ["agent_groups"], see: ["agent", "skill", "language"]),
        GlossaryTerm(
            "skill", .people, also: ["skills", "multi-skill", "cross-training", "rank", "proficiency"],
            "a contact type that a group may answer; rank 1 is asked before rank 2.",
            settings: ["agent_groups.<name>.skills"], see: ["agent group", "language", "routing"]),
        GlossaryTerm(
            "language", .people, also: ["languages", "bilingual"],
            "a second skill: an agent needs the contact type and the language.",
            settings: ["contact_types.<name>.languages", "agent_groups.<name>.languages"], see: ["skill", "routing"]),
        GlossaryTerm(
            "routing", .people, also: ["acd", "router", "priority", "overflow", "longest idle"],
            "which free agent takes a contact, and which waiting contact a freed agent takes.",
            settings: ["routing", "contact_types.<name>.priority"], see: ["skill", "queue"]),
        GlossaryTerm(
            "on the phones", .people,
            also: ["base staff", "bodies in chairs", "positions", "on duty", "agents needed", "seats"],
            "people who are there and take contacts, whether busy or idle at the moment.",
            see: ["on the rota", "shrinkage", "occupancy"]
        ) {
            "\(WorkedHalfHour.words) and 80% in 30s need \(StaffWords.number(WorkedHalfHour.needed(.erlangC))) on the "
                + "phones (Erlang C)."
        },
        GlossaryTerm(
            "on the rota", .people, also: ["rostered", "scheduled staff", "open staff", "rota", "positions scheduled"],
            "people who must be scheduled and paid so that enough are on the phones.",
            settings: ["shrinkage"], see: ["on the phones", "shrinkage", "FTE"]
        ) {
            let agents = WorkedHalfHour.needed(.erlangC)
            let scheduled = Shrinkage("30%")?.scheduled(for: agents) ?? 0
            return "On the rota = on the phones / (1 - shrinkage), rounded up: \(StaffWords.number(agents)) / 0.70 = "
                + "\(scheduled)."
        },
        GlossaryTerm(
            "shrinkage", .people,
            "the share of paid time when people are not available for contacts (leave, sickness, training, meetings).",
            settings: ["shrinkage", "shifts.<name>.breaks"], see: ["occupancy", "adherence"]
        ) {
            let scheduled = Shrinkage("30%")?.scheduled(for: 7) ?? 0
            return
                "On the rota = on the phones / (1 - shrinkage). With 30%, 7 on the phones need \(scheduled) on the rota. "
                + "Multiplying by 1.30 is wrong\n(it gives \(PlainNumbers.fixed(7 * 1.3, 1))). Breaks and lunch count here "
                + "only if your shifts do not list them."
        },
        GlossaryTerm(
            "occupancy", .people, also: ["busy", "busy share", "agent load", "rho"],
            "the share of their time on the phones in which people handle contacts.",
            settings: ["rules.max_occupancy", "agent_groups.<name>.max_occupancy"],
            see: ["utilization", "occupancy cap", "offered load"]
        ) {
            let m = WorkedHalfHour.measures(.erlangC, 7)
            return "Occupancy = handling / (handling + available). \(WorkedHalfHour.load) people's worth of work for 7 "
                + "people: \(WorkedHalfHour.load) / 7 = \(WorkedHalfHour.share(m.occupancy)). Large groups can be busier "
                + "at the same wait. Some books swap occupancy and utilization."
        },
        GlossaryTerm(
            "utilization", .people, also: ["utilisation", "productivity"],
            "the share of paid time in which people handle contacts.",
            see: ["occupancy", "shrinkage"]
        ) {
            let busy = WorkedHalfHour.measures(.erlangC, 7).occupancy ?? 0
            return
                "Utilization = handling / paid. \(WorkedHalfHour.share(busy)) busy on the phones with 30% shrinkage: "
                + "\(WorkedHalfHour.share(busy)) x 0.70 = \(WorkedHalfHour.share(busy * 0.7))."
        },
        GlossaryTerm(
            "adherence", .people, also: ["schedule adherence"],
            "the share of scheduled time in which people do what the schedule says at that moment.",
            see: ["conformance", "shrinkage"]
        ) {
            let there = 7 * 0.92
            return "A late start and a late end cost adherence, not conformance. With 92%, 7 scheduled are "
                + "\(PlainNumbers.fixed(there, 1)) on the phones: count what is lost as shrinkage."
        },
        GlossaryTerm(
            "conformance", .people, also: ["compliance"],
            "time worked / time scheduled, no matter when it was worked.", see: ["adherence"]),
        GlossaryTerm(
            "FTE", .people, also: ["full-time equivalent", "headcount"],
            "full-time equivalent: paid hours / the hours of one full-time contract.",
            see: ["on the rota", "paid hours"]
        ) {
            "330 paid hours a week / 40 = \(PlainNumbers.fixed(330.0 / 40, 2)) FTE. It is not headcount: part-timers are "
                + "more heads than FTE."
        },
        GlossaryTerm(
            "paid hours", .people, also: ["scheduled hours", "paid", "hours"],
            "the length of all shifts less unpaid lunches; scheduled hours are paid hours less breaks.",
            settings: ["shifts.<name>.length", "shifts.<name>.lunch"], see: ["shrinkage", "utilization", "cost"]),
        GlossaryTerm(
            "available", .people, also: ["idle", "ready"],
            "on the phones and idle, ready for the next contact.", see: ["occupancy", "on the phones"]),
        GlossaryTerm(
            "shift", .people, also: ["shifts", "staffing", "roster", "schedule"],
            "a stretch of work with a start, a length, breaks and lunch; staffing says how many work it.",
            settings: ["shifts", "staffing"], see: ["break", "paid hours"]),
        GlossaryTerm(
            "break", .people, also: ["lunch", "rest", "breaks"],
            "paid rest within a shift; lunch is unpaid and lies within a window.",
            settings: ["shifts.<name>.breaks", "shifts.<name>.lunch"], see: ["shrinkage", "shift"]),
        GlossaryTerm(
            "absence", .people, also: ["sickness", "absenteeism", "no-show", "leave"],
            "people on the rota who do not come; part of shrinkage, and a risk of its own in small teams.",
            settings: ["shrinkage"], see: ["shrinkage", "chance met"]
        ) {
            let alone = Absenteeism(share: 0.05)
            var allCome = 0.0
            alone.forEachTurnout(of: 10) { present, chance in if present == 10 { allCome = chance } }
            return "If each stays away on 5% of days, 10 on the rota are complete on "
                + "\(WorkedHalfHour.share(allCome)) of days."
        },
        GlossaryTerm(
            "short", .people, also: ["over", "gap", "net staffing", "understaffed", "overstaffed", "over/under"],
            "fewer people than needed; \"short 2\" lacks two, \"over 1\" has one to spare.",
            see: ["need", "on the phones"]),
        GlossaryTerm(
            "cost", .people, also: ["wage", "wages", "pay", "labour cost"],
            "wages of paid time; contacts themselves cost nothing here.",
            settings: ["agent_groups.<name>.wage", "currency"], see: ["paid hours"]),
    ]
}
