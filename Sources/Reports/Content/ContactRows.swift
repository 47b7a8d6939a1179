import Center
import Simulator
import Tabular

/// `contacts.csv.gz`: a row a contact, written while a replication is played, so that memory does not grow with them.
package final class ContactRows: ContactReader {
    /// What is the same for every replication of a scenario, written out once.
    package struct Words: Sendable {
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

    package static let columns: [Table.Column] = [
        .init("run", "from 1", kind: .count),
        .init(
            "contact_id",
            "contact type and number within the run; .2 for the same caller's second call; a letter for each step of "
                + "what a contact brings about: /t handed on, a again, f follow-up, c callback, m message", kind: .text),
        .init("offered_at", "when it came, to the millisecond", kind: .instant),
        .init("contact_type", "the contact type's name in the scenario", kind: .text),
        .init("language", "that the agent must speak; blank where language plays no part", kind: .text),
        .init("priority", "lower is served first", kind: .count),
        .init(
            "queued", "1 for a contact that had to wait, 0 for one that was answered, turned away or blocked at once",
            kind: .count),
        .init(
            "wait_s",
            "from being offered to being answered, hanging up, being sent away or the end of the run, by the clock of the "
                + "target; of one whom we call from the promise to the try that reached somebody, or the last in vain",
            kind: .number),
        .init(
            "outcome",
            "answered, abandoned, turned_away, blocked, callback (promised a call, in the queue or while closed), unreached "
                + "(every try in vain), or waiting when nobody came any more", kind: .text),
        .init("answered_at", "when an agent answered, to the millisecond", kind: .instant),
        .init("talk_s", "talk time of this contact, with the ringing of tries in vain", kind: .number),
        .init("hold_s", "time on hold of this contact", kind: .number),
        .init("acw_s", "after-contact work of this contact", kind: .number),
        .init(
            "agent_id", "who answered: group and number, with the weekday where people work shifts on several days",
            kind: .text),
        .init(
            "parent_id", "the call before of one who calls again, or the contact that brought this one about",
            kind: .text),
        .init("reason", "why it waited or was lost", kind: .text),
        .init("tries", "how often somebody whom we call was called; blank for all others", kind: .count),
    ]

    /// The table without rows, for its header.
    package static var header: Table { Table("contacts", columns: columns, key: ["run", "contact_id"]) }

    let packed = PackedRows()
    private let words: Words
    private let run: [UInt8]
    private var buffer: [UInt8] = []
    private var unpackedRows = 0

    /// Pieces of this many bytes: long enough that packing them apart costs nothing.
    private static let pieceSize = 1 << 19

    /// Of replication `number`, from 0.
    package init(_ number: Int, _ words: Words) {
        self.words = words
        run = Array(String(number + 1).utf8)
    }

    package func read(_ entries: ArraySlice<Diary.Entry>) {
        for entry in entries {
            write(entry)
            unpackedRows += 1
            if buffer.count >= Self.pieceSize { pack() }
        }
    }

    package func end() { pack() }

    private func pack() {
        guard !buffer.isEmpty else { return }
        packed.add(Gzip.Piece(buffer), rows: unpackedRows)
        unpackedRows = 0
        buffer.removeAll(keepingCapacity: true)
    }

    // MARK: A row

    private func write(_ entry: Diary.Entry) {
        let comma = UInt8(ascii: ",")
        func text(_ bytes: [UInt8]) {
            buffer += bytes
            buffer.append(comma)
        }
        func text(_ string: String) {
            CSV.append(string, to: &buffer)
            buffer.append(comma)
        }
        func number(_ value: Double?) {
            if let value { Decimals.append(value, to: &buffer) }
            buffer.append(comma)
        }
        text(run)
        text(words.names.contact(entry))
        text(words.clock.instant(entry.offeredAt))
        text(words.types[entry.type])
        text(words.languages[entry.contactClass])
        text(words.priorities[entry.type])
        text([UInt8(ascii: entry.queued == nil ? "0" : "1")])
        number(words.waits.wait(entry))
        text(Self.outcome(entry.outcome))
        text(entry.handling.map { words.clock.instant(entry.time + $0.setUp) } ?? "")
        number(talk(entry))
        number(entry.handling?.hold)
        number(entry.handling?.wrapUp)
        text(entry.handling.map { words.names.agent($0.agent) } ?? "")
        text(words.names.parent(entry) ?? "")
        text(words.reason(entry))
        if words.isCalled[entry.type] {
            buffer += String(entry.triesInVain + (entry.outcome == .answered ? 1 : 0)).utf8
        }
        buffer.append(0x0A)
    }

    /// Seconds; nil where nobody spoke and nothing rang.
    private func talk(_ entry: Diary.Entry) -> Double? {
        guard let talk = entry.handling?.talk else { return entry.ringing > 0 ? entry.ringing : nil }
        return entry.ringing > 0 ? talk + entry.ringing : talk
    }

    static func outcome(_ outcome: Diary.Entry.Outcome) -> String {
        switch outcome {
        case .answered: "answered"
        case .hungUp: "abandoned"
        case .turnedAway: "turned_away"
        case .blocked: "blocked"
        case .waiting: "waiting"
        case .calledBack: "callback"
        case .unreached: "unreached"
        }
    }
}

extension ContactRows.Words {
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
}

extension SpooledTable {
    /// Adds a replication's contacts; the next replication in order.
    package func add(_ contacts: ContactRows) throws(Problem) {
        try add(contacts.packed)
    }
}
