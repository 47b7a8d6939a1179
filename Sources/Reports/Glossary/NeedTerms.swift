import Documents
import Experiments
import Queueing
import Simulator

extension Glossary {
    /// How many people.
    static let needTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "need", .need,
            also: ["requirement", "required", "requirements", "need_with_shrinkage", "staffing requirement"],
            "the fewest whole people on the phones that keep every promise.",
            see: ["need_exact", "bound_by", "on the rota", "work"]
        ) {
            let need = WorkedHalfHour.needed(.erlangA)
            return "\(WorkedHalfHour.words), 80% in 30s, patience 3m: \(StaffWords.number(need - 1)) give "
                + "\(WorkedHalfHour.level(.erlangA, need - 1)), \(StaffWords.number(need)) give "
                + "\(WorkedHalfHour.level(.erlangA, need)), so \(StaffWords.number(need)). --why splits it into parts."
        },
        GlossaryTerm(
            "need_exact", .need, also: ["exact need", "fractional agents", "exact agents"],
            "the need before it is rounded up to whole people; add these, not the rounded ones.",
            see: ["need", "whole people"]
        ) {
            let exact = WorkedHalfHour.exactNeed(.erlangC)
            return "Erlang C for \(WorkedHalfHour.words), 80% in 30s: \(WorkedHalfHour.people(exact)), hence "
                + "\(StaffWords.number(WorkedHalfHour.needed(.erlangC))). The formulas "
                + "hold for parts of people too."
        },
        GlossaryTerm(
            "bound_by", .need, also: ["bound by", "binding promise", "what binds"],
            "the promise that asks for the most people: service level, hang-ups or occupancy.",
            see: ["need", "hang-up promise", "occupancy cap"]),
        GlossaryTerm(
            "requirement methods", .need, also: ["method", "methods", "sipp", "mol", "model", "models", "lagged sipp"],
            "how the need of each interval is found when volume changes through the day.",
            see: ["Erlang C", "Erlang A", "square-root staffing", "interval"]
        ) {
            "SIPP takes each interval alone, by its mean (or highest) volume; lagged SIPP looks one handling time back; "
                + "MOL staffs to the load still in progress; the exact day follows every contact from interval to interval. "
                + "Calls that last long against the interval make the first the worst."
        },
        GlossaryTerm(
            "Erlang A", .need, also: ["erlang-a", "palm", "m/m/n+m"],
            "the exact formula for a queue whose callers hang up when their patience ends (Palm 1946).",
            see: ["Erlang C", "patience", "abandonment"]
        ) {
            let need = WorkedHalfHour.needed(.erlangA)
            return
                "Never unstable: who does not fit hangs up. \(StaffWords.number(need)) people for \(WorkedHalfHour.words), "
                + "patience 3m: \(WorkedHalfHour.level(.erlangA, need)) in 30s, "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangA, need).abandonment)) hang up."
        },
        GlossaryTerm(
            "Erlang B", .need, also: ["erlang-b", "loss formula", "m/m/n/n"],
            "the exact formula when nobody can wait: whoever finds everybody busy is blocked (Erlang 1917).",
            see: ["blocking", "lines", "Erlang C"]
        ) {
            "\(WorkedHalfHour.load) erlangs on 7 lines: "
                + "\(WorkedHalfHour.share(WorkedHalfHour.measures(.erlangB, 7).blocking)) blocked. It sizes lines, not teams."
        },
        GlossaryTerm(
            "Erlang C", .need, also: ["erlang-c", "m/m/n"],
            "the exact formula when everybody waits for ever (Erlang 1917); the usual calculator.",
            see: ["Erlang A", "wait probability", "offered load"]
        ) {
            let need = WorkedHalfHour.needed(.erlangC)
            return "Share in time = 1 - P(wait) x e^(-(agents - load) x wait / handling time). "
                + "\(StaffWords.number(need)) people for \(WorkedHalfHour.words): \(WorkedHalfHour.level(.erlangC, need)) in "
                + "30s. It asks for too many where callers hang up, and has no answer below \(WorkedHalfHour.load)."
        },
        GlossaryTerm(
            "Erlang X", .need, also: ["erlang-x"],
            "Erlang A with redials: calls again are added to the volume until the two agree.",
            see: ["redial", "Erlang A"]
        ) {
            let x = Redials(afterAbandoning: 0.5).erlangX(
                WorkedHalfHour.question.queue(.erlangA), agents: 6, within: 30)
            return
                "Volume = fresh + volume x P(hang up) x share that redials. 6 people for \(WorkedHalfHour.words), half "
                + "redial: \(WorkedHalfHour.share(x.attempts.serviceLevels.ofAllOffered)) of calls in 30s instead of "
                + "\(WorkedHalfHour.level(.erlangA, 6)). Redials within a minute or two are worse than it says."
        },
        GlossaryTerm(
            "Allen-Cunneen", .need, also: ["kimura", "two-moment", "m/g/n"],
            "approximate waits when handling times are not exponential; everybody waits until answered (Allen 1990).",
            see: ["Erlang C", "spread of work"]
        ) {
            let queue = WorkedHalfHour.question.queue(.erlangC)
            let half = TwoMomentWait.allenCunneen(queue, agents: 7, serviceSquaredSpread: 0.25)
            return "Mean wait = that of Erlang C x (1 + spread squared) / 2. 7 people for \(WorkedHalfHour.words) with "
                + "spread 0.5: \(WorkedHalfHour.wait(half)) instead of "
                + "\(WorkedHalfHour.wait(WorkedHalfHour.measures(.erlangC, 7).meanWait)). Kimura's (1986) form comes "
                + "nearer for small spreads."
        },
        GlossaryTerm(
            "square-root staffing", .need,
            also: ["safety staffing", "halfin-whitt", "qed", "square root rule", "beta"],
            "people = load + beta x square root of load: the room needed grows slower than the work.",
            see: ["variability buffer", "offered load", "pooling"]
        ) {
            let beta = SquareRootStaffing.beta(waitProbability: 0.2)
            let loads = [10.0, 100, 1000]
            let shown = loads.map { load in
                "\(StaffWords.number(load)) erlangs need "
                    + PlainNumbers.fixed(SquareRootStaffing.agents(load: load, beta: beta), 0)
            }
            return "With beta \(PlainNumbers.fixed(beta, 2)) one caller in five waits (Halfin, Whitt 1981): "
                + shown.joined(separator: ", ") + ". A rule of thumb: answers here come from exact formulas."
        },
        GlossaryTerm(
            "pooling", .need, also: ["economies of scale", "pooled", "economy of scale"],
            "one large group needs fewer people than several small ones with the same work.",
            see: ["square-root staffing", "skill"]
        ) {
            var double = WorkedHalfHour.question
            double.calls *= 2
            let together = double.agentsNeeded(.erlangC, for: double.goals(.erlangC)) ?? .nan
            return
                "Twice \(WorkedHalfHour.words): two groups need 2 x \(StaffWords.number(WorkedHalfHour.needed(.erlangC))), "
                + "one needs \(StaffWords.number(together)) (Erlang C, 80% in 30s)."
        },
    ]

    /// The parts into which `staff --why` splits a requirement; they add up.
    static let partTerms: [GlossaryTerm] = [
        GlossaryTerm(
            "work", .parts, also: ["base load"],
            "the people whom the contacts themselves keep busy: the offered load.",
            see: ["offered load", "variability buffer"]
        ) { "\(WorkedHalfHour.words): \(WorkedHalfHour.load)." },
        GlossaryTerm(
            "variability buffer", .parts, also: ["buffer", "safety", "safety capacity"],
            "the room needed because contacts do not come evenly and do not last equally long.",
            see: ["work", "square-root staffing", "abandonment credit"]
        ) {
            let exact = WorkedHalfHour.exactNeed(.erlangC)
            return "Need with nobody hanging up less work: \(WorkedHalfHour.people(exact)) - \(WorkedHalfHour.load) = "
                + "\(WorkedHalfHour.people(exact - WorkedHalfHour.question.offeredLoad)) for \(WorkedHalfHour.words), "
                + "80% in 30s."
        },
        GlossaryTerm(
            "abandonment credit", .parts, also: ["hang-up credit", "credit"],
            "the people saved because callers who hang up leave room for the others.",
            see: ["abandonment", "patience", "Erlang A"]
        ) {
            let patient = WorkedHalfHour.exactNeed(.erlangC)
            let real = WorkedHalfHour.exactNeed(.erlangA)
            return "Need with patience less need without: \(WorkedHalfHour.people(real)) - "
                + "\(WorkedHalfHour.people(patient)) = \(WorkedHalfHour.people(real - patient)). Callers pay for it: promise "
                + "a limit of hang-ups too."
        },
        GlossaryTerm(
            "spread of work", .parts, also: ["spread of handling times"],
            "the people added or saved because handling times vary more, or less, than exponential ones do.",
            settings: ["contact_types.<name>.talk"], see: ["standard deviation", "handling time", "Allen-Cunneen"]),
        GlossaryTerm(
            "hang-up promise", .parts, also: ["abandonment promise", "hang-up limit"],
            "the people added so that no more than the promised share hang up.",
            settings: ["contact_types.<name>.max_abandonment"], see: ["abandonment", "abandonment credit"]
        ) {
            let before = WorkedHalfHour.exactNeed(.erlangA)
            let both = WorkedHalfHour.exactNeed(
                .erlangA, goals: WorkedHalfHour.question.goals(.erlangA) + [.abandonment(0.05)])
            return "At most 5% for \(WorkedHalfHour.words): \(WorkedHalfHour.people(both)) - "
                + "\(WorkedHalfHour.people(before)) = \(WorkedHalfHour.people(both - before))."
        },
        GlossaryTerm(
            "occupancy cap", .parts, also: ["max occupancy", "occupancy limit"],
            "the people added so that nobody is busier than agreed.",
            settings: ["rules.max_occupancy"], see: ["occupancy"]
        ) {
            let load = WorkedHalfHour.question.offeredLoad
            return
                "People >= answered work / cap: \(WorkedHalfHour.load) / 60% = \(WorkedHalfHour.people(load / 0.6)) at "
                + "least, if nobody hangs up."
        },
        GlossaryTerm(
            "whole people", .parts, also: ["rounding", "whole-person rounding"],
            "what is added because nobody comes to work as part of a person.",
            see: ["need_exact", "need"]
        ) {
            let exact = WorkedHalfHour.exactNeed(.erlangC)
            let need = WorkedHalfHour.needed(.erlangC)
            return
                "\(StaffWords.number(need)) - \(WorkedHalfHour.people(exact)) = \(WorkedHalfHour.people(need - exact)). "
                + "Rounding each small queue up is how plans get too big."
        },
        GlossaryTerm(
            "volume uncertainty", .parts, also: ["forecast uncertainty", "uncertain volume"],
            "the people added because the day may bring more than planned.",
            settings: ["contact_types.<name>.day_to_day"], see: ["busyness", "chance met"]
        ) {
            let queue = WorkedHalfHour.question.queue(.erlangA)
            let certain = WorkedHalfHour.level(.erlangA, 6)
            let level = BusynessFactor(spread: 0.2).measures(queue, agents: 6, within: 30).serviceLevels.ofAllOffered
            return "Days that stray by 20% turn \(certain) in 30s into \(WorkedHalfHour.share(level)) (6 people, "
                + "\(WorkedHalfHour.words), patience 3m): busy days count for more calls."
        },
    ]
}
