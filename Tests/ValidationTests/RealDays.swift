import Foundation
import TestSupport
import Testing

@testable import Center
@testable import Experiments
@testable import Probability
@testable import Queueing
@testable import Simulator
@testable import Tabular

/// The engine against what happened: the working days of a bank's call center, 39 in January and February 1999.
///
/// Data: "Anonymous Bank", collected by Ilan Guedj and Avi Mandelbaum (Technion, Haifa). Volumes and the day's mean
/// talk time are the real ones and agents are reconstructed, so this tests the engine, not a forecast.
@Suite(
    .enabled(if: Optimised.isOn, Optimised.reason),
    .enabled(if: Project.hasShared, "needs the real call center's data, which lies beside the project and not in it"))
struct RealDays {
    struct Day {
        var date: String
        var handlingTime: Double
        /// 34 half-hours from 07:00: offered, agents signed on.
        var offered: [Double]
        var agents: [Double]
        var answered = 0.0
        var abandoned = 0.0
        var answeredInTime = 0.0
        var waitOfAnswered = 0.0
    }

    static let folder = Project.shared.appendingPathComponent("data/anonbank")

    /// The stretches of months that are there, such as `1999-01_1999-02`.
    static let periods: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasPrefix("interval_30min_") && $0.hasSuffix(".csv") }
        .map { String($0.dropFirst("interval_30min_".count).dropLast(".csv".count)) }.sorted()

    static func days(_ period: String) throws -> [Day] {
        let daily = try ReferenceTable(folder.appendingPathComponent("daily_\(period).csv"))
        let intervals = try ReferenceTable(folder.appendingPathComponent("interval_30min_\(period).csv"))
        let working: Set<String> = ["Sun", "Mon", "Tue", "Wed", "Thu"]
        return daily.rows.filter { working.contains($0.text("weekday")) }.map { row in
            var day = Day(date: row.text("date"), handlingTime: row.number("aht_s"), offered: [], agents: [])
            for interval in intervals.rows where interval.text("interval_start").hasPrefix(day.date) {
                guard interval.text("interval_start").suffix(5) >= "07:00" else { continue }
                day.offered.append(interval.number("offered"))
                day.agents.append(interval.number("agents_signed_on").rounded())
                let answered = interval.number("answered")
                day.answered += answered
                day.abandoned += interval.number("abandoned")
                day.answeredInTime += interval.number("answered_20s")
                day.waitOfAnswered += answered * (interval.optional("asa_s") ?? 0)
            }
            return day
        }
    }

    static func scenario(_ day: Day) -> Scenario {
        let horizon = Horizon.plain(step: 1800, count: day.offered.count)
        let timeSpan = { (i: Int) in TimeSpan(Double(i) * 1800, Double(i + 1) * 1800) }
        let sigma = 0.939
        let spread = (exp(sigma * sigma) - 1).squareRoot()
        let type = ContactType(
            id: "calls", open: [TimeSpan(0, horizon.length)],
            arrivals: day.offered.indices.map { ArrivalTimeSpan(timeSpan($0), contacts: day.offered[$0]) },
            volumes: .actual,
            talk: .lognormal(Lognormal(mean: day.handlingTime, spread: spread)), wrapUp: .fixed(Fixed(6)),
            patience: .exponential(Exponential(mean: 354)), target: ServiceTarget(share: 0.8, within: 20))
        let group = AgentGroup(
            id: "agents", skills: [Skill(0)],
            staffing: .curve(day.agents.indices.map { StaffingTimeSpan(timeSpan($0), agents: day.agents[$0]) }))
        return Scenario(
            id: day.date, name: day.date, horizon: horizon, contactTypes: [type], agentGroups: [group],
            experiment: ExperimentSettings(replications: 40, seed: 1999))
    }

    @Test(
        "Real days come out as they were: speed of answer, abandonment, answered in 20 s, day by day",
        arguments: periods)
    func replay(_ period: String) throws {
        let days = try Self.days(period)
        #expect(period == "1999-01_1999-02" ? days.count == 39 : days.count >= 10)
        var actual = Counts()
        var simulated = Counts()
        var pairs: [(actual: Double, simulated: Double)] = []
        for day in days {
            let sum = try Experiment(Self.scenario(day), threads: 1).run().all.sum
            for k in sum.columns.indices { simulated.columns[k] += sum.columns[k] }
            actual.columns[Observations.Contact.offered.rawValue] += day.offered.reduce(0, +)
            actual.columns[Observations.Contact.answered.rawValue] += day.answered
            actual.columns[Observations.Contact.abandoned.rawValue] += day.abandoned
            actual.columns[Observations.Contact.answeredInTime.rawValue] += day.answeredInTime
            actual.columns[Observations.Contact.waitAnswered.rawValue] += day.waitOfAnswered
            pairs.append((day.abandoned / day.offered.reduce(0, +), sum.abandoned / sum.offered))
        }
        let figures = { (c: Counts) in
            (
                asa: c.waitOfAnswered / c.answered, abandoned: c.abandoned / c.offered,
                inTime: c.answeredInTime / c.offered
            )
        }
        let was = figures(actual)
        let played = figures(simulated)
        let correlation = Self.correlation(pairs)
        print(
            """
            \(period), \(days.count) days
            real days      ASA s   abandoned   in 20 s
            as it was      \(Self.text(was.asa))    \(Self.text(was.abandoned * 100)) %     \(Self.text(was.inTime * 100)) %
            simulated      \(Self.text(played.asa))    \(Self.text(played.abandoned * 100)) %     \(Self.text(played.inTime * 100)) %
            correlation of daily abandonment \(Self.text(correlation * 100)) %
            """)
        #expect(abs(played.asa / was.asa - 1) <= 0.15)
        #expect(abs(played.abandoned - was.abandoned) <= 0.025)
        #expect(abs(played.inTime - was.inTime) <= 0.03)
        #expect(correlation >= 0.85)
    }

    private static func text(_ number: Double) -> String { String(format: "%.1f", number) }

    private static func correlation(_ pairs: [(actual: Double, simulated: Double)]) -> Double {
        let n = Double(pairs.count)
        let x = pairs.reduce(0) { $0 + $1.actual } / n
        let y = pairs.reduce(0) { $0 + $1.simulated } / n
        let xy = pairs.reduce(0) { $0 + ($1.actual - x) * ($1.simulated - y) }
        let xx = pairs.reduce(0) { $0 + ($1.actual - x) * ($1.actual - x) }
        let yy = pairs.reduce(0) { $0 + ($1.simulated - y) * ($1.simulated - y) }
        return xy / (xx * yy).squareRoot()
    }
}
