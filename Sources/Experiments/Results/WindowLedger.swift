import Center
import Probability
import Queueing
import Simulator
import Tabular

/// What is watched in some hours of the day: a figure of a contact type, of one of its languages or of all, over the periods
/// that lie in the hours, on every day.
struct WindowLedger: Sendable {
    struct Watched: Sendable {
        /// Which of the experiment's goals it is about.
        let goal: Int
        /// `calls 10:00-12:00`.
        let name: String
        let figure: PrecisionGoal.Figure
        fileprivate let parts: [(type: Int, classes: Range<Int>)]
        fileprivate let periods: [Int]
        fileprivate(set) var tally = RatioTally()
        fileprivate var unfinished = SIMD2<Double>()
    }

    private(set) var watched: [Watched] = []
    private let rules: [ServiceLevelRule?]

    init(_ scenario: Scenario, classes: [(type: Int, language: String?)], classesOfType: [Range<Int>]) {
        rules = scenario.contactTypes.map { $0.target?.rule }
        for (g, goal) in scenario.experiment.goals.enumerated() {
            guard let window = goal.window else { continue }
            let periods = window.periods(of: scenario.horizon)
            func add(_ name: String, _ parts: [(type: Int, classes: Range<Int>)]) {
                let own = parts.filter { goal.figure != .serviceLevel || rules[$0.type] != nil }
                guard !own.isEmpty else { return }
                watched.append(
                    Watched(goal: g, name: "\(name) \(window.text)", figure: goal.figure, parts: own, periods: periods))
            }
            let types = scenario.contactTypes
            switch goal.scope {
            case .all: add("all", types.indices.map { ($0, classesOfType[$0]) })
            case .each: for t in types.indices { add(types[t].id, [(t, classesOfType[t])]) }
            case .some(let chosen):
                for one in chosen {
                    guard let language = one.language else {
                        add(types[one.index].id, [(one.index, classesOfType[one.index])])
                        continue
                    }
                    let c = classes.firstIndex { $0.type == one.index && $0.language == language }
                    if let c { add("\(types[one.index].id).\(language)", [(one.index, c..<(c + 1))]) }
                }
            }
        }
    }

    /// Adds what a run saw, `[period][class][column]`.
    mutating func add(_ seen: ReplicationSums) {
        let width = ReplicationSums.Contact.count
        for i in watched.indices {
            for part in watched[i].parts {
                var counts = Counts()
                for p in watched[i].periods {
                    for c in part.classes {
                        let first = (p * seen.shape.classes + c) * width
                        for k in 0..<width { counts.columns[k] += seen.contacts[first + k] }
                    }
                }
                watched[i].unfinished += watched[i].figure.ratio(counts, rules[part.type])
            }
            if watched[i].figure.isPerRun { watched[i].unfinished.y += 1 }
        }
    }

    /// A block of so many runs is over.
    mutating func close(runs: Int) {
        for i in watched.indices {
            let sums = watched[i].unfinished
            watched[i].tally.add(sums.x, over: sums.y, replications: Double(runs))
            watched[i].unfinished = SIMD2()
        }
    }
}

extension WindowLedger.Watched {
    func estimate(confidence: Double) -> Estimate? {
        tally.estimate(confidence: confidence, kind: figure.unit == .percent ? .callers : .mean)
    }
}

extension PrecisionGoal.Figure {
    var isPerRun: Bool { self == .offered || self == .answered }

    /// Top and bottom of a ratio; of a mean a run the top alone.
    func ratio(_ counts: Counts, _ rule: ServiceLevelRule?) -> SIMD2<Double> {
        switch self {
        case .serviceLevel: rule.map { SIMD2($0.numerator(counts), $0.denominator(counts)) } ?? SIMD2()
        case .abandonment: SIMD2(counts.abandoned, counts.offered)
        case .asa: SIMD2(counts.waitOfAnswered, counts.answered)
        case .aht: SIMD2(counts.handling, counts.answered)
        case .offered: SIMD2(counts.offered, 0)
        case .answered: SIMD2(counts.answered, 0)
        case .wait50, .wait80, .wait95, .chanceMet, .occupancy: SIMD2()
        }
    }
}

extension Results {
    /// What is watched in some hours of the day, with its interval: `calls 10:00-12:00`.
    public var watchedHours: [(name: String, figure: PrecisionGoal.Figure, estimate: Estimate)] {
        hours.watched.compactMap { watched in
            watched.estimate(confidence: confidence).map { (watched.name, watched.figure, $0) }
        }
    }
}
