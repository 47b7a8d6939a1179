import Foundation
import Queueing
import TestSupport
import Testing

/// Numbers that others have printed, each matched to its last printed digit.
@Suite("Published numbers")
struct PublishedTests {
    /// A row of `published.csv`, whose sources and parameters are texts in quotes.
    struct Row: CustomStringConvertible {
        let id: String, model: String, parameters: String, metric: String
        let printed: String
        let low: Double?, high: Double?
        let oracle: String
        var description: String { "\(id) \(parameters) \(metric)" }

        /// The number after a name in the parameters, `n=11`.
        func parameter(_ name: String) -> Double? {
            guard let range = parameters.range(of: name) else { return nil }
            return Double(parameters[range.upperBound...].prefix { $0.isNumber || $0 == "." })
        }
    }

    static func rows() throws -> [Row] {
        let url = Bundle.module.resourceURL!.appendingPathComponent("Tables/published.csv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        return lines.dropFirst().map { line in
            let cells = CommaSeparated.cells(line)
            return Row(
                id: cells[0], model: cells[2], parameters: cells[3], metric: cells[4], printed: cells[6],
                low: Double(cells[7]), high: Double(cells[8]), oracle: cells[12])
        }
    }

    /// Half a unit of the last printed digit.
    static func half(_ printed: String) -> Double {
        let decimals = printed.firstIndex(of: ".").map { printed.distance(from: $0, to: printed.endIndex) - 1 } ?? 0
        return 0.5 * pow(10, -Double(decimals)) * (1 + 1e-9)
    }

    /// What we say to a row; nil where no formula of this module answers it.
    static func value(_ row: Row) throws -> Double? {
        switch row.id {
        case "ErlC-100x180", "ErlA-100x180": return try hundredCalls(row)
        case "ErlB-small": return ErlangB.blocking(agents: try #require(Double(row.metric.suffix(1))), load: 1)
        case "ErlB-10":
            let queue = SingleQueue(arrivalRate: 10, handlingTime: 1, room: .none)
            return queue.agentsNeeded(for: [.blocking(atMost: 0.02)]).map(Double.init)
        case "E2E-C": return row.metric == "total" ? Double(hourly().reduce(0, +)) : nil
        case "GKM-50": return fifty(row)
        case "MMnKM-28":
            let queue = SingleQueue(arrivalRate: 0.1, handlingTime: 240, patience: 300, room: .lines(80))
            let m = queue.measures(agents: 28)
            switch row.metric {
            case "mean_queue_len": return m.queueMean
            case "mean_number_in_system": return m.queueMean + (m.occupancy ?? 0) * 28
            default: return m.meanWait
            }
        case "HY":
            if row.parameters == "M/M/4" {
                return SingleQueue(arrivalRate: 3.96, handlingTime: 1).measures(agents: 4).queueMean
            }
            if row.parameters == "M/E3/1" {
                let queue = PhaseQueue(arrivalRate: 0.99, service: .erlang(3, mean: 1), patience: .infinity)
                return try #require(queue.measures(agents: 1)).queueMean
            }
            if row.parameters.hasPrefix("E3/M/"), let agents = Int(row.parameters.dropFirst(5).prefix(1)) {
                let rate = 0.99 * Double(agents)
                let gaps = ExactPatientWait.erlangGaps(
                    phases: 3, arrivalRate: rate, handlingTime: 1, agents: agents)
                return try rate * #require(gaps).meanWait
            }
            if row.parameters == "M/D/3" {
                return 2.97 * ExactPatientWait.fixedHandling(arrivalRate: 2.97, handlingTime: 1, agents: 3)
            }
            return nil
        case "Jones-250":
            let queue = SingleQueue(contacts: 250, per: 3600, handlingTime: 330)
            return queue.agentsNeeded(for: [.serviceLevel(atLeast: 0.8, within: 30)]).map(Double.init)
        default: return nil
        }
    }

    private static func hundredCalls(_ row: Row) throws -> Double? {
        let isA = row.id.hasPrefix("ErlA")
        let queue = SingleQueue(contacts: 100, per: 1800, handlingTime: 180, patience: isA ? 300 : .infinity)
        if row.model.hasSuffix("staffing") {
            var goals: [StaffingGoal] = [.serviceLevel(atLeast: 0.8, within: 20)]
            goals.append(.occupancy(atMost: try #require(row.parameter("occupancy<="))))
            if isA { goals.append(.abandonment(atMost: 0.05)) }
            let agents = try #require(queue.agentsNeeded(for: goals))
            if row.metric.hasPrefix("n_min") { return Double(agents) }
            if row.metric.hasPrefix("n_scheduled") { return Shrinkage("0.30")?.scheduled(for: agents).map(Double.init) }
            let m = queue.measures(agents: Double(agents), within: 20)
            return row.metric.hasPrefix("occupancy") ? m.occupancy : m.serviceLevels.ofAllOffered
        }
        let m = queue.measures(agents: try #require(row.parameter("n=")), within: 20)
        switch row.metric.prefix(while: { $0 != " " }) {
        case "p_wait": return m.waitProbability
        case "sl_a_20s": return m.serviceLevels.ofAllOffered
        case "asa": return m.meanSpeedOfAnswer
        case "occupancy": return m.occupancy
        case "p_abandon": return m.abandonment
        case "mean_wait_all": return m.meanWait.map { $0 / 60 }
        default: return nil
        }
    }

    private static func fifty(_ row: Row) -> Double? {
        let isA = row.model == "M/M/n+M"
        let queue = SingleQueue(contacts: 48, per: 60, handlingTime: 60, patience: isA ? 120 : .infinity)
        let m = queue.measures(agents: 50)
        switch row.metric.prefix(while: { $0 != " " }) {
        case "asa": return m.meanSpeedOfAnswer
        case "wait": return queue.waitQuantile(0.9, agents: 50)
        case "mean_queue_len": return m.queueMean
        case "occupancy": return m.occupancy
        case "p_abandon": return m.abandonment
        case "mean_wait_all": return m.meanWait
        default: return nil
        }
    }

    /// Scheduled people for each hour of the end-to-end guide.
    private static func hourly() -> [Int] {
        [12, 8, 6, 5, 5, 8, 20, 45, 70, 85, 90, 88, 80, 78, 82, 80, 70, 60, 48, 40, 32, 26, 20, 15].map { calls in
            let queue = SingleQueue(contacts: calls, per: 3600, handlingTime: 240)
            let goals: [StaffingGoal] = [.serviceLevel(atLeast: 0.8, within: 20), .occupancy(atMost: 0.85)]
            return queue.agentsNeeded(for: goals).flatMap { Shrinkage("0.30")?.scheduled(for: $0) } ?? -1
        }
    }

    /// The rows that a closed form answers, by case.
    static let closedForms = [
        "ErlC-100x180": 20, "ErlA-100x180": 8, "ErlB-small": 2, "ErlB-10": 1, "E2E-C": 2, "GKM-50": 9, "MMnKM-28": 3,
        "HY": 8, "Jones-250": 1,
    ]

    /// The one printed number that its own formula does not give: 12 agents, load 10, in exact fractions.
    static let slip = (printed: "40.4449401868844", exact: 40.4449401868443782)

    @Test("every row with a closed form, to the printed digit")
    func closedForm() throws {
        var answered: [String: Int] = [:]
        for row in try Self.rows() {
            if row.id == "E2E-C", row.metric != "total" {
                #expect(Self.hourly().map(String.init).joined(separator: ";") == row.printed)
                answered[row.id, default: 0] += 1
                continue
            }
            guard let value = try Self.value(row) else { continue }
            answered[row.id, default: 0] += 1
            var printed = try #require(Double(row.printed))
            if row.printed == Self.slip.printed {
                #expect(abs(printed - Self.slip.exact) < 1e-10)
                printed = Self.slip.exact
            }
            // One book rounds 12.44 to 12.5: where the row holds more digits, those decide.
            let oracle = Double(row.oracle)
            let room = oracle == nil ? Self.half(row.printed) : 2 * Self.half(row.printed)
            #expect(abs(value - printed) <= room, "\(row): \(value), printed \(row.printed)")
            ErrorLedger.current?.note("printed_value", value, oracle ?? printed, .relative(1))
            if let oracle {
                #expect(abs(value - oracle) <= Self.half(row.oracle), "\(row): \(value), recomputed \(row.oracle)")
            }
        }
        #expect(answered == Self.closedForms)
    }

    /// A day of M/M/12 from empty, which others have simulated and our chain knows exactly.
    @Test("the simulated days of M/M/12 lie around the exact day: inside their 99% intervals")
    func simulatedDay() throws {
        var count = 0
        for row in try Self.rows() where row.id == "CC-MMC" || row.id == "CC-MMCAb" {
            let day = VaryingDay(
                intervals: [.init(arrivalRate: 0.07, agents: 12, duration: 28800)], handlingTime: 120,
                patience: row.id == "CC-MMCAb" ? 60 : .infinity, shiftEnd: .finishesContact)
            let m = try #require(day.exactMeasures(within: 20).first)
            let value: Double? =
                switch row.metric {
                case "calls abandoned": m.abandonment.map { $0 * m.offered }
                case "calls answered < AWT": m.serviceLevels.ofAllOffered.map { $0 * m.offered }
                case let level where level.hasPrefix("sl_b"): m.serviceLevels.withoutShortAbandons
                case let level where level.hasPrefix("service level") || level.hasPrefix("sl_d"):
                    m.serviceLevels.ofAnswered
                case let occupancy where occupancy.hasPrefix("occupancy"): m.busyMean / 12
                case let speed where speed.hasPrefix("speed of answer"):
                    // Nobody gives up, or the answered wait what is left of all waits.
                    row.id == "CC-MMC" ? m.meanWait.map { $0 / 60 } : nil
                default: nil
                }
            guard let value else { continue }
            count += 1
            let low = try #require(row.low)
            let high = try #require(row.high)
            let middle = (low + high) / 2
            // Printed with three decimals: half a unit belongs to either bound.
            let half = (high - low) / 2 * 2.576 / 1.960 + Self.half(row.printed)
            #expect(abs(value - middle) <= half, "\(row): \(value), printed \(row.printed)")
        }
        #expect(count == 9)
    }
}
