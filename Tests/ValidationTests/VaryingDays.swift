import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Queueing
@testable import Simulator
@testable import Tabular

/// The engine against exact days of changing rates and staffing, by interval, with both ends of a shift.
@Suite(.enabled(if: Optimised.isOn, Optimised.reason)) struct VaryingDays {
    /// A day of `mtmst_days.csv` under one of the rules.
    struct Day: Sendable {
        var name: String
        var endOfShift: Rules.EndOfShift
        var talk: Double
        var patience: Double
        /// Seconds.
        var step: Double
        var rates: [Double]
        var agents: [Double]
        var rows: [ReferenceTable.Row]

        var contacts: Double { rates.reduce(0) { $0 + $1 * step } }
        var end: Double { Double(rates.count) * step }

        /// Contacts come as two types, alike but for the acceptable wait: 0 measures who is served at once.
        var scenario: Scenario {
            let drain = 1e7
            var horizon = Horizon.plain(step: step, count: rates.count + 1)
            horizon.periods[rates.count].end = end + drain
            horizon.days[0].end = end + drain
            let portions = rates.indices.map { i in
                ArrivalTimeSpan(TimeSpan(Double(i) * step, Double(i + 1) * step), contacts: rates[i] * step / 2)
            }
            let types = [0.0, 20].map { within in
                ContactType(
                    id: "calls", open: [TimeSpan(0, end)], arrivals: portions,
                    talk: .exponential(Exponential(mean: talk)),
                    patience: .exponential(Exponential(mean: patience)),
                    target: ServiceTarget(share: 0.8, within: within))
            }
            // The last staffing stays until everybody has been served.
            let curve = agents.enumerated().map { i, count in
                let last = i == agents.count - 1
                return StaffingTimeSpan(
                    TimeSpan(Double(i) * step, last ? end + drain : Double(i + 1) * step), agents: count)
            }
            return Scenario(
                id: name, name: name, horizon: horizon, contactTypes: types,
                agentGroups: [AgentGroup(id: "agents", skills: [Skill(0), Skill(1)], staffing: .curve(curve))],
                rules: Rules(endOfShift: endOfShift))
        }

        /// Ratios by `interval.metric`, as the table calls them.
        func measured(days: Int, seed: UInt64) -> [String: RatioTally] {
            let plan = Blueprint(scenario)
            var engine = Replication(plan, seed: seed)
            var tallies = [[RatioTally]](
                repeating: [RatioTally](repeating: RatioTally(), count: Self.columns.count), count: rates.count)
            for day in 0..<days {
                engine.diary = Diary(plan)
                engine.play(day)
                let seen = engine.seen
                let left = departures(engine.diary!)
                var offered = 0.0
                for k in rates.indices {
                    func contact(_ column: Observations.Contact, _ c: Int) -> Double {
                        seen.contacts[(k * 2 + c) * Observations.Contact.count + column.rawValue]
                    }
                    func both(_ column: Observations.Contact) -> Double { contact(column, 0) + contact(column, 1) }
                    offered += both(.offered)
                    let busy = seen.groups[k * Observations.Group.count + Observations.Group.busy.rawValue]
                    let values: [(Double, Double)] = [
                        (both(.offered), 1), (both(.queue) / step, 1), (busy / step, 1), (offered - left.until[k], 1),
                        (left.abandoned[k], 1),
                        (contact(.offered, 0) - contact(.answeredInTime, 0), contact(.offered, 0)),
                        (both(.abandoned), both(.offered)), (contact(.answeredInTime, 1), contact(.offered, 1)),
                    ]
                    for (i, value) in values.enumerated() { tallies[k][i].add(value.0, over: value.1) }
                }
            }
            var named: [String: RatioTally] = [:]
            for k in rates.indices {
                for (i, column) in Self.columns.enumerated() { named["\(k + 1).\(column)"] = tallies[k][i] }
            }
            return named
        }

        static let columns = [
            "expected_arrivals", "mean_queue_len", "mean_busy_agents", "mean_number_in_system_at_end",
            "expected_abandonments_in_interval", "p_wait_arriving", "p_abandon_arriving", "sl_a_20s_arriving",
        ]

        /// Who has left by the end of each interval, and who hung up within each.
        private func departures(_ diary: Diary) -> (until: [Double], abandoned: [Double]) {
            var until = [Double](repeating: 0, count: rates.count)
            var abandoned = until
            func leave(_ time: Double, _ sign: Double) {
                let k = Int((time / step).rounded(.down))
                if k < rates.count { until[k] += sign }
            }
            func hangUp(_ time: Double) {
                leave(time, 1)
                let k = Int((time / step).rounded(.down))
                if k < rates.count { abandoned[k] += 1 }
            }
            // Those handed back did not leave when they were to.
            var latest: [[UInt64]: Double] = [:]
            for entry in diary.entries {
                switch entry.outcome {
                case .answered:
                    leave(entry.handling!.until, 1)
                    if endOfShift == .handBack { latest[[UInt64(entry.type), entry.number]] = entry.handling!.until }
                case .abandoned: hangUp(entry.time)
                case .turnedAway, .blocked, .calledBack, .unreached, .waiting: leave(entry.time, 1)
                }
            }
            for interruption in diary.interruptions {
                let contact = [UInt64(interruption.type), interruption.number]
                switch interruption.kind {
                case .handedBack: leave(latest[contact]!, -1)
                case .resumed:
                    leave(interruption.until, 1)
                    latest[contact] = interruption.until
                case .lost: hangUp(interruption.time)
                }
            }
            for k in rates.indices.dropFirst() { until[k] += until[k - 1] }
            return (until, abandoned)
        }
    }

    static func days() throws -> [Day] {
        let days = try ReferenceTable(try Optimised.table("mtmst_days.csv")).rows
        let rows = try ReferenceTable(try Optimised.table("mtmst.csv")).rows
        return days.flatMap { day in
            [("exhaustive", Rules.EndOfShift.finishCurrent), ("preemptive", .handBack)].map { discipline, rule in
                let rows = rows.filter { $0.id == day.id && $0.text("discipline") == discipline }
                return Day(
                    name: "\(day.id) \(discipline)", endOfShift: rule, talk: day.number("aht_s"),
                    patience: day.number("patience_mean_s"), step: day.number("interval_s"),
                    rates: rows.map { $0.number("arrival_rate_per_h") / 3600 },
                    agents: rows.map { $0.number("n_agents") },
                    rows: rows)
            }
        }
    }

    /// The most contacts that a day may take: each of its intervals sees but a share of them.
    static let most = 1.6e8

    @Test("Every interval of every day, by both rules for the end of a shift")
    func everyInterval() async throws {
        let days = try Self.days()
        let found = try await Pairs.gathered(days) { i, day in
            let seed = 600 + UInt64(i)
            let pilots = 2000
            let pilot = day.measured(days: pilots, seed: seed + 1_000_003)
            var factor = 0.0
            for (metric, tally) in pilot {
                guard let estimate = tally.estimate(confidence: Pairs.confidence) else { continue }
                let goal = Pairs.goal(metric, estimate.value)
                if goal > 0 { factor = max(factor, estimate.halfWidth / goal) }
            }
            let needed = 1.1 * factor * factor * Double(pilots)
            let most = Self.most / day.contacts
            let tallies = day.measured(days: Int(min(max(needed, Double(pilots)), most)), seed: seed)
            var pairs = Pairs()
            for (k, row) in day.rows.enumerated() {
                for column in Day.columns {
                    pairs.compare(
                        row: "\(day.name) \(k + 1)", "\(k + 1).\(column)", row.number(column),
                        tallies["\(k + 1).\(column)"])
                }
            }
            return pairs
        }
        #expect(found.rows.count == 104)
        try CheckedAgainst.expect("mtmst", found, atLeast: 104 * 8)
    }
}
