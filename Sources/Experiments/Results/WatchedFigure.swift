import Center
import Probability
import Queueing

/// A figure that a run to precision waits for, and how far it is.
public struct WatchedFigure: Sendable {
    /// `nurse_triage` for a service level, else with the figure: `nurse_triage asa`.
    public var name: String
    /// What the estimate and the goal are counted in; percentages are kept as fractions.
    public var unit: Metric.Unit
    /// The figure so far, with its interval.
    public var estimate: Estimate
    /// The half-width to be reached, in the base unit.
    public var goal: Double

    /// How far the interval reaches ÷ goal, by its longer side: 1 or less is reached.
    var distance: Double {
        estimate.reach <= goal ? (goal > 0 ? estimate.reach / goal : 0) : estimate.reach / max(goal, 1e-300)
    }

    /// How many replications it takes, when `done` gave this interval, whose width falls with their square root.
    public func needed(after done: Int) -> Double {
        distance.isFinite ? Double(done) * distance * distance : 2 * Double(done)
    }
}

extension [WatchedFigure] {
    /// Whether every figure's interval is within its goal, and none rests on a single observation; true of none.
    var arePrecise: Bool { allSatisfy { $0.distance <= 1 && !$0.estimate.restsOnOne } }

    /// The one farthest from its goal.
    var farthest: WatchedFigure? {
        var farthest: WatchedFigure?
        for figure in self where figure.distance > farthest?.distance ?? -1 { farthest = figure }
        return farthest
    }
}

extension Results {
    /// Every figure that the goals name and that is defined so far.
    ///
    /// Service levels of a scenario without any target are replaced by the share of hang-ups.
    public var watchedFigures: [WatchedFigure] {
        var figures: [WatchedFigure] = []
        for (g, goal) in scenario.experiment.goals.enumerated() {
            if goal.window != nil {
                for watched in hours.watched where watched.goal == g {
                    guard let estimate = watched.estimate(confidence: confidence) else { continue }
                    let name = goal.figure == .serviceLevel ? watched.name : "\(watched.name) \(goal.figure.rawValue)"
                    figures.append(
                        WatchedFigure(
                            name: name, unit: goal.figure.unit, estimate: estimate,
                            goal: goal.goal(around: estimate.value)))
                }
                continue
            }
            let hasNoTarget = goal.figure.needsTarget && scenario.contactTypes.allSatisfy { $0.target == nil }
            if hasNoTarget {
                add(PrecisionGoal(.abandonment, of: .all, within: goal.halfWidth), .all, "hang-ups", to: &figures)
                continue
            }
            let isOfGroups = goal.figure == .occupancy
            let ids = isOfGroups ? scenario.agentGroups.map(\.id) : scenario.contactTypes.map(\.id)
            let ending = goal.figure == .serviceLevel ? "" : " " + goal.figure.rawValue
            switch goal.scope {
            case .all: add(goal, .all, "all" + ending, to: &figures)
            case .each: for i in ids.indices { add(goal, .one(i), ids[i] + ending, to: &figures) }
            case .some(let chosen):
                for one in chosen {
                    guard let language = one.language else {
                        add(goal, .one(one.index), ids[one.index] + ending, to: &figures)
                        continue
                    }
                    let c = classes.firstIndex { $0.type == one.index && $0.language == language }
                    if let c { add(goal, .spoken(c), "\(ids[one.index]).\(language)\(ending)", to: &figures) }
                }
            }
        }
        return figures
    }

    /// The figure farthest from its goal; nil when none is defined yet.
    public var farthest: WatchedFigure? { watchedFigures.farthest }

    /// What is watched by name and cannot be told, because nothing of it was counted: `ghost`, `calls 22:00-23:00 asa`.
    public var uncounted: [String] {
        var named: [String] = []
        for (g, goal) in scenario.experiment.goals.enumerated() {
            let ending = goal.figure == .serviceLevel ? "" : " " + goal.figure.rawValue
            if goal.window != nil {
                named += hours.watched.filter { $0.goal == g }.map { $0.name + ending }
            } else if case .some(let chosen) = goal.scope, goal.figure != .occupancy {
                named += chosen.map { one in
                    scenario.contactTypes[one.index].id + (one.language.map { "." + $0 } ?? "") + ending
                }
            }
        }
        let reported = Set(watchedFigures.map(\.name))
        return named.filter { !reported.contains($0) }
    }

    /// All contacts, one contact type or agent group, or one contact type in one language, by class.
    enum Subject {
        case all
        case one(Int)
        case spoken(Int)
    }

    private func add(_ goal: PrecisionGoal, _ subject: Subject, _ name: String, to figures: inout [WatchedFigure]) {
        guard var estimate = estimate(goal.figure, of: subject) else { return }
        // What never was in any run is as precise as it gets.
        if estimate.value == 0, estimate.low == 0, estimate.high == .infinity { estimate.high = 0 }
        figures.append(
            WatchedFigure(
                name: name, unit: goal.figure.unit, estimate: estimate, goal: goal.goal(around: estimate.value)))
    }

    /// A figure with its interval; nil when it is undefined for that subject.
    func estimate(_ figure: PrecisionGoal.Figure, of subject: Subject) -> Estimate? {
        let scope: Scope
        switch subject {
        case .all: scope = all
        case .one(let i):
            if figure == .occupancy { return groups[i].occupancy.estimate(confidence: confidence) }
            if figure.needsTarget, scenario.contactTypes[i].target == nil { return nil }
            scope = types[i]
        case .spoken(let c):
            if figure.needsTarget, scenario.contactTypes[classes[c].type].target == nil { return nil }
            scope = byClass[c]
        }
        switch figure {
        case .serviceLevel: return scope.serviceLevel.estimate(confidence: confidence)
        case .abandonment: return scope.tally(.abandonment).estimate(confidence: confidence)
        case .asa: return scope.tally(.asa).estimate(confidence: confidence)
        case .aht: return scope.tally(.handlingTime).estimate(confidence: confidence)
        case .offered: return scope.tally(.offered).estimate(confidence: confidence)
        case .answered: return scope.tally(.answered).estimate(confidence: confidence)
        case .chanceMet: return scope.chance(confidence: confidence)
        case .wait50, .wait80, .wait95:
            guard let share = figure.share else { return nil }
            switch subject {
            case .all: return waitPercentile(share)
            case .one(let t): return waitPercentile(share, type: t)
            case .spoken(let c): return waitPercentile(share, class: c)
            }
        case .occupancy: return allOccupancy.estimate(confidence: confidence)
        }
    }
}
