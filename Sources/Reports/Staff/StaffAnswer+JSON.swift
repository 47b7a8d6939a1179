import Documents
import Probability
import Queueing

extension StaffAnswer {
    /// The answer for programs; shares are fractions, what is undefined or endless is null.
    public var json: JSON { json(why: nil) }

    /// With the parts of the requirement under `why`, where asked for.
    public func json(why: StaffWhy?) -> JSON {
        let parts: [(String, JSON)] = why.map { [("why", $0.json)] } ?? []
        return .object(
            [
                ("schema", .string("switchboard/staff/1")),
                ("answers", .array(rows.map(Self.json))),
                (
                    "recommended",
                    .object([
                        ("agents", .optional(recommended)),
                        (
                            "on_the_rota",
                            // Nobody away: everybody scheduled is on the phones.
                            .count(recommended.flatMap { scheduled($0) ?? Int(exactly: $0) })
                        ),
                    ])
                ),
                ("question", asked),
            ] + parts)
    }

    /// The question as it was understood, an unknown filled in; durations in seconds, shares as fractions.
    private var asked: JSON {
        let question = question
        let fields: [(String, JSON)] = [
            ("contacts", .number(question.calls)), ("per_s", .number(question.per)),
            ("aht_s", .number(question.handlingTime)), ("agents", .optional(question.agents)),
            ("target", .optional(question.target?.share)), ("within_s", .optional(question.target?.acceptableWait)),
            ("patience_s", .optional(question.patience)), ("model", .string(question.answeringModel.rawValue)),
        ]
        return .object(fields)
    }

    private static func json(_ row: Row) -> JSON {
        let measures = row.measures
        let levels = measures.serviceLevels
        var more: [(String, JSON)] = []
        if let callers = row.callers {
            more.append(
                (
                    "callers",
                    .object([
                        ("attempts_per_caller", .optional(callers.attemptsPerCaller)),
                        ("lost", .number(callers.lostCallers)),
                    ])
                ))
        }
        if let figures = row.figures {
            let intervals: [(String, Estimate?)] = [
                ("service_level", figures.serviceLevel), ("mean_wait_s", figures.meanWait),
                ("abandonment", figures.abandonment), ("blocking", figures.blocking),
                ("occupancy", figures.occupancy),
            ]
            more.append(
                (
                    "intervals",
                    .object(
                        intervals.compactMap { name, estimate in
                            estimate.map { (name, .object([("lo", .number($0.low)), ("hi", .number($0.high))])) }
                        })
                ))
            more.append(("runs", .count(figures.runs)))
        }
        if let chance = row.chance {
            more.append(
                (
                    "chance",
                    .object([
                        ("value", .number(chance.chance.value)), ("lo", .number(chance.chance.low)),
                        ("hi", .number(chance.chance.high)), ("played", .count(chance.days)),
                    ])
                ))
        }
        return .object(
            [
                ("model", .string(row.model.rawValue)), ("agents", .number(row.agents)),
                ("load", .number(measures.offeredLoad)), ("wait_probability", .optional(measures.waitProbability)),
                ("asa_s", .optional(measures.meanSpeedOfAnswer)), ("mean_wait_s", .optional(measures.meanWait)),
                ("abandonment", .optional(measures.abandonment)), ("blocking", .optional(measures.blocking)),
                ("service_level", .optional(levels.ofAllOffered)),
                (
                    "service_levels",
                    .object(
                        // One question has no limit of short hang-ups.
                        ServiceLevelRule.allCases.filter { !$0.looksAtShortHangups }.map {
                            ($0.rawValue, .optional(levels[$0]))
                        })
                ),
                ("occupancy", .optional(measures.occupancy)), ("queue_mean", .optional(measures.queueMean)),
            ] + more)
    }
}
