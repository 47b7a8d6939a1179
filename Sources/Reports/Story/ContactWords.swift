import Center
import Documents
import Simulator
import Tabular

/// What is the same for every replication of a scenario, written out once.
package struct ContactWords: Sendable {
    let names: ContactNames
    let clock: WallClock
    let types: [[UInt8]]
    let languages: [[UInt8]]
    let priorities: [[UInt8]]
    let waitingLimit: Int?
    /// By type.
    let limits: [Int?]
    let needsLanguage: [Bool]
    let waits: WaitClocks
    /// By type: whether we call its contacts, so that they are tried.
    let isCalled: [Bool]

    package init(_ scenario: Scenario) {
        names = ContactNames(scenario)
        clock = WallClock(scenario.horizon)
        func cell(_ text: String) -> [UInt8] {
            var bytes: [UInt8] = []
            CSV.append(text, to: &bytes)
            return bytes
        }
        types = scenario.contactTypes.map { cell($0.id) }
        languages = names.languages.map { $0.map(cell) ?? [] }
        priorities = scenario.contactTypes.map { Array(String($0.priority).utf8) }
        waitingLimit = scenario.rules.waitingLimit
        limits = scenario.contactTypes.map(\.blockedAt)
        needsLanguage = names.languages.map { $0 != nil }
        waits = WaitClocks(scenario)
        isCalled = WaitClocks.isCalled(scenario)
    }
}

extension ContactWords {
    /// `all 6 with the skill busy; waited behind 4`; blank for one who was answered at once.
    func reason(_ entry: Diary.Entry) -> String {
        guard let found = entry.queued else {
            switch entry.outcome {
            case .blocked:
                let limit = limits[entry.type] ?? waitingLimit
                return limit.map { "full: \($0) waited" } ?? "full: all lines taken"
            case .turnedAway: return "closed"
            case .calledBack: return "closed; promised a call"
            case .unreached: return "nobody answered"
            default: return ""
            }
        }
        var text = who(found, able: needsLanguage[entry.contactClass] ? "skill and language" : "skill")
        if found.ahead > 0 { text += "; waited behind \(found.ahead)" }
        if entry.outcome == .turnedAway { text += "; closed while it waited" }
        if entry.outcome == .calledBack { text += "; accepted a callback" }
        if entry.outcome == .unreached { text += "; nobody answered" }
        if entry.outcome == .waiting { text += "; nobody came any more" }
        return text
    }

    private func who(_ found: Diary.Queued, able: String) -> String {
        let (busy, away) = (found.busy, found.away)
        if busy + away == 0 { return "nobody with the \(able) on duty" }
        if busy + away == 1 { return "the only one with the \(able) \(busy == 1 ? "busy" : "on break")" }
        let all = busy + away == 2 ? "both" : "all \(busy + away)"
        if away == 0 { return "\(all) with the \(able) busy" }
        if busy == 0 { return "\(all) with the \(able) on break" }
        return "\(busy) with the \(able) busy and \(away) on break"
    }

    static func outcome(_ outcome: Diary.Entry.Outcome) -> String {
        switch outcome {
        case .answered: "answered"
        case .abandoned: "abandoned"
        case .turnedAway: "turned_away"
        case .blocked: "blocked"
        case .waiting: "waiting"
        case .calledBack: "callback"
        case .unreached: "unreached"
        }
    }
}
