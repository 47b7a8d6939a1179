import Center
import Foundation
import ScenarioText
import Tabular

/// Turns a scenario's tree of texts into a `Scenario`, block by block in file order.
///
/// Every block is read whatever went wrong in the others, so that all problems come at once; only what depends on a
/// broken part is left out.
final class ScenarioReader {
    let id: String
    let root: Node
    let files: ScenarioFiles
    let log: ReadingLog
    /// The long form, filled while reading.
    let expansion: Expansion
    let durations: RandomDurations

    // What has been read so far.
    var calendar = Calendar(zone: "UTC", timeZone: .gmt, first: CivilDate(dayNumber: 0), count: 1)
    /// The same whose clocks ever are in use: opening hours are by these.
    var centerCalendar = Calendar(zone: "UTC", timeZone: .gmt, first: CivilDate(dayNumber: 0), count: 1)
    /// Of the horizon.
    var dayCount = 1
    var interval = 1800.0
    var hours: [String: WeeklyHours] = [:]
    var hourNames: [String] = []
    /// Those that some contact type has.
    var hoursUsed: Set<String> = []
    var holidays = Holidays()
    /// By group, people who are paid for what they do not work on holidays.
    var paidLeave: [String: [StaffingTimeSpan]] = [:]
    /// Contacts of a usual day that do not come on a holiday, by its date and by contact type.
    var lostToHolidays: [CivilDate: [(type: String, contacts: Double)]] = [:]
    /// What has been worked out of them, by the hours of which it is.
    var workingTimes: [[WeeklyHours]: WorkingTime] = [:]
    /// Channels that the file defines; nil for those that could not be read.
    var channels: [String: Channel?] = [:]
    var contactTypes: [ContactTypeDraft] = []
    /// The place of each of them, by its name.
    var draftPlaces: [String: Int] = [:]
    var groups: [AgentGroupDraft] = []
    var overflows: [OverflowDraft] = []
    /// By contact type, how many agents must stay idle.
    var reserves: [String: Int] = [:]
    var shifts: [String: ShiftDraft] = [:]
    var shiftNames: [String] = []
    /// Names in schedules of which something has been said.
    var shiftsWarned: Set<String> = []
    /// Meetings and training with a time.
    var meetings: [ActivityDraft] = []
    var attendance: [Attendance] = []
    var usesMoney = false
    /// Every contact type's name, right or wrong, so that references to a broken one are not errors too.
    var allTypeNames: [String] = []
    var groupNames: [String] = []
    /// Whether rows that a table of arrivals lacks mean 0.
    var gapsAreZero = false
    var arrivalTables: [String: IntervalTable] = [:]
    var agentTables: [String: IntervalTable] = [:]
    var peopleTables: [String: PeopleTable] = [:]
    /// What the people of the schedule do in their shifts besides taking contacts.
    var activities: ActivitiesTable?
    var tableIsRead: [String: Bool] = [:]
    /// Which type or group a table without names is about.
    var ownerlessUse: [String: String] = [:]
    var sortedStarts: [String: [Int]] = [:]

    init(id: String, root: Node, files: ScenarioFiles, log: ReadingLog) {
        self.id = id
        self.root = root
        self.files = files
        self.log = log
        top = Block(Settings.top, path: "", owner: root, layers: [root.entries ?? []], log: log)
        expansion = top.expansion
        durations = RandomDurations(log: log, files: files)
    }

    let top: Block

    /// Settings of a short file that belong to its one contact type, with the name they have there.
    static let shortContactSettings: [String: String] = {
        var names = Dictionary(uniqueKeysWithValues: Settings.contactType.names.map { ($0, $0) })
        for name in ["label", "hours"] { names[name] = nil }
        names["calls"] = "arrivals"
        names["open"] = "hours"
        return names
    }()

    /// Settings of a short file that belong to its one group.
    static let shortGroupSettings: Set<String> = ["agents", "people", "wage"]

    /// Words that a short file may use for a setting.
    static let shortSynonyms = [
        "aht": "talk", "acw": "wrap_up", "after_call_work": "wrap_up", "wrapup": "wrap_up", "agents_needed": "agents",
        "sla": "target",
    ]

    func read() -> Scenario? {
        guard let written = root.entries else {
            log.error(
                ProblemCode.wrongForm, "a scenario is a list of settings, not a single value", at: root.place,
                expected: "lines such as \"talk: 4m30s\"")
            return nil
        }
        // A short file's own settings are those of its contact type.
        let entries = Block.spelled(written, Settings.contactType, log)
        checkNames(entries)
        _ = top.word("format", quiet: true)
        expansion.set("format", "1")
        let name = top.freeText("name", quiet: true)
        _ = top.freeText("notes", quiet: true)
        gapsAreZero = top.word("gaps") == "zero"
        readCalendar()
        readHours()
        readHolidays()
        readChannels()
        readContactTypes(short: entries)
        writePresets()
        noteWritten()
        checkDerivedNames()
        readAgentGroups(short: entries)
        readShifts()
        readStaffing()
        readActivities()
        let absences = readShrinkage()
        let routing = readRouting()
        let rules = readRules()
        let experiment = readExperiment()
        readCurrency()
        expansion.order(by: Settings.top)
        guard !log.hasHardErrors else { return nil }
        return resolve(
            name: name ?? id, absences: absences, routing: routing, rules: rules, experiment: experiment)
    }

    // MARK: Names

    private func checkNames(_ entries: [Node.Entry]) {
        let short = Set(Self.shortContactSettings.keys).union(Self.shortGroupSettings)
        top.misspelt = Block.checkNames(
            entries, list: Settings.top, path: "", log: log, also: short.subtracting(Settings.top.names).sorted(),
            synonyms: Set(Self.shortSynonyms.keys))
        for entry in entries {
            guard let meant = Self.shortSynonyms[entry.name] else { continue }
            log.add(
                Problem(
                    .note, ProblemCode.synonym, "\(entry.name) is read as \(meant)", at: entry.key.place,
                    hint: "write \"\(meant)\" to be rid of this note", suggestion: meant))
        }
    }

    /// Names of contact types, groups, shifts …: `[a-z][a-z0-9_]*`; gives the name, repaired where it is wrong, so that
    /// what refers to it in the right form is not wrong too.
    @discardableResult
    func checkIdentifier(_ key: Node, _ what: String) -> String {
        guard let name = key.text else { return "" }
        let isRight =
            name.first.map { $0.isASCII && $0.isLowercase } ?? false
            && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
        if isRight { return name }
        var repaired = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        while repaired.first.map({ !$0.isLetter }) ?? false { repaired.removeFirst() }
        log.error(
            ProblemCode.identifier, "\"\(name)\" cannot name \(what)", at: key.place,
            expected: "lower case letters, digits and _, beginning with a letter",
            hint: repaired.isEmpty ? nil : "write \"\(repaired)\", and the full name as its label",
            suggestion: repaired.isEmpty ? nil : repaired)
        return repaired.isEmpty ? name : repaired
    }

    // MARK: Currency

    private func readCurrency() {
        // Without wages no money appears anywhere.
        if top.has("currency") || usesMoney { currency = top.freeText("currency") ?? "USD" }
    }

    var currency = "USD"

    /// A map block of the top level whose names the user chooses.
    func namedEntries(_ name: String) -> [Node.Entry] {
        guard let entry = top.entry(name) else { return [] }
        guard let entries = entry.value.entries else {
            Block.needsMap(entry.value, name, nil, log)
            return []
        }
        return entries
    }
}
