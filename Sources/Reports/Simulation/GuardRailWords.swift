import Center
import Documents
import Experiments
import Planning
import Probability
import Queueing
import Simulator
import Tabular

extension GuardRails {
    /// One warning for each contact type with a figure outside, its first; none where the scenario has what formulas know
    /// nothing of and nothing else explains it: there the formulas are at fault, and `guard_rails.csv` says so.
    public func warnings(_ scenario: Scenario) -> [Problem] {
        var warned: Set<Int> = []
        return outside.filter { rail in
            if case .beyondFormulas = rail.reason { return false }
            return true
        }.filter { warned.insert($0.contactType).inserted }.map { rail in
            let type = scenario.contactTypes[rail.contactType]
            let bound = rail.position == .better ? rail.pooled : rail.dedicated
            let whose = rail.position == .better ? "everybody with the skill" : "its part of the people"
            return Problem(
                .warning, Self.code,
                "\(type.id): \(rail.figure(type)) is \(rail.position.rawValue) than the \(rail.text(bound)) that \(whose) "
                    + "would give it by formula", hint: rail.reason?.text)
        }
    }

    /// The code of the warning.
    public static let code = "W610"

    /// What `simulate --verbose` adds: every figure between its rails.
    public func report(_ scenario: Scenario) -> Report {
        let remark = Section.words(remark(scenario))
        guard !rails.isEmpty else { return [remark] }
        let rows = rails.enumerated().map { i, rail in
            ShownRail(
                rail: rail, type: scenario.contactTypes[rail.contactType],
                isFirst: i == 0 || rails[i - 1].contactType != rail.contactType)
        }
        let columns: [TextColumn<ShownRail>] = [
            .left("beside the formulas") { $0.isFirst ? $0.type.id : "" },
            .left("figure") { $0.rail.name($0.type) },
            .right("dedicated") { $0.rail.text($0.rail.dedicated) },
            .right("simulated") { $0.rail.text($0.rail.simulated) },
            .right("pooled") { $0.rail.text($0.rail.pooled) },
            .left("") { $0.rail.position == .inside ? "" : $0.rail.position.rawValue },
        ]
        return [.table(.init(TextTable(columns, of: rows))), remark]
    }

    private struct ShownRail {
        let rail: GuardRail
        let type: ContactType
        /// Of its type's rails.
        let isFirst: Bool
    }

    /// What the formulas say nothing of.
    private func remark(_ scenario: Scenario) -> [String] {
        guard !leftOut.isEmpty else { return [] }
        let names =
            rails.isEmpty ? "these contact types" : Spelling.list(leftOut.map { scenario.contactTypes[$0].id }, "and")
        return [
            "Formulas say nothing of \(names): contacts that others bring about, work in lists or several at once take "
                + "part in their people's time."
        ]
    }
}

extension GuardRail {
    /// `in 30s`, `average wait`, `hang-ups`.
    func name(_ type: ContactType) -> String {
        switch metric.name {
        case Metric.asa.name: "average wait"
        case Metric.abandonment.name: "hang-ups"
        default: "in " + (type.target.map { Units.formatTargetWait($0.acceptableWait) } ?? "time")
        }
    }

    /// `61.2% ±1.0 in 30s`.
    func figure(_ type: ContactType) -> String {
        let value = text(simulated)
        return metric.needsTarget ? "\(value) \(name(type))" : "\(name(type)) of \(value)"
    }

    func text(_ estimate: Estimate) -> String {
        PlainNumbers.withReach(estimate, metric.unit == .percent ? .percent : .seconds)
    }

    func text(_ value: Double) -> String {
        guard value.isFinite else { return "endless" }
        return metric.unit == .percent ? PlainNumbers.percent(value, digits: 1) : PlainNumbers.fixed(value, 1) + "s"
    }
}

extension RailReason {
    /// A hint, in plain words.
    public var text: String {
        switch self {
        case .priority(let types):
            "\(Spelling.list(types, "and")) \(types.count == 1 ? "goes" : "go") first and \(types.count == 1 ? "takes" : "take") the people that they share"
        case .sharing(let types):
            "it shares people with \(Spelling.list(types, "and")), which \(types.count == 1 ? "takes" : "take") more than \(types.count == 1 ? "its" : "their") part of them"
        case .steadyHandling:
            "its handling times vary less than the exponential ones of the formulas, so that queues are shorter"
        case .unsteadyHandling:
            "its handling times vary more than the exponential ones of the formulas, so that queues are longer"
        case .longContacts:
            "contacts last longer than half a reporting interval: no interval settles, and the formulas are a rough guide"
        case .unevenPresence:
            "absences differ from day to day, and a day with fewer people loses more than one with more gains"
        case .fewPeople: "with fewer than three people at times, a break or an absence weighs more than in the formulas"
        case .languages:
            "not everybody who serves it speaks all of its languages, and who is free cannot take whoever waits in another"
        case .beyondFormulas(let settings): "the formulas know nothing of its \(Spelling.list(settings, "and"))"
        case .unknown:
            "none of the usual reasons applies: look again at this type's arrivals, handling times and shifts"
        }
    }
}
