import Center
import Tabular

/// What contacts and agents are called wherever one of them is spoken of.
///
/// A contact is called by its type and number, `billing-000123`, and `billing-000123.2` when the same caller calls the
/// second time: the number addresses its random draws, so the same caller has the same name in every scenario that is
/// compared on common random numbers. Agents are called by group and number, `nurses-03`: a place under a staffing
/// curve, a person on shifts; where shifts start on several days, each day's people are others, `nurses-tue-03`. Who has
/// a name in a roster or schedule is called by it.
package struct ContactNames: Sendable {
    private let typeNames: [String]
    package let languages: [String?]
    private let agents: [String]
    private let groups: [String]
    private let named: [Bool]

    package init(_ scenario: Scenario) { self.init(scenario, Blueprint(scenario)) }

    package init(_ scenario: Scenario, _ plan: Blueprint) {
        typeNames = scenario.contactTypes.map(\.id)
        languages = plan.classes.map(\.language)
        groups = plan.agents.map { scenario.agentGroups[$0.group].id }
        named = plan.agents.map { $0.member != nil }
        let severalDays = plan.groups.map { group in Set(group.agents.map { plan.agents[$0].day }).count > 1 }
        agents = plan.agents.map { agent in
            if let member = agent.member { return scenario.agentGroups[agent.group].members[member].id }
            let size = plan.groups[agent.group].agents.count
            let number = Self.padded(agent.number + 1, severalDays[agent.group] ? 2 : max(2, String(size).count))
            let day = scenario.horizon.days[agent.day].weekday
            let name = scenario.agentGroups[agent.group].id
            guard severalDays[agent.group] else { return "\(name)-\(number)" }
            return "\(name)-\(Horizon.weekdayNames[day].lowercased())-\(number)"
        }
    }

    package func agent(_ agent: Int) -> String { agents[agent] }

    /// The name of an agent's group; and whether the agent is not called by it.
    package func group(_ agent: Int) -> String { groups[agent] }
    package func isNamed(_ agent: Int) -> Bool { named[agent] }

    /// `billing-000123`, `billing-000123.2` for the second call.
    package func contact(type: Int, number: UInt64, attempt: Int) -> String {
        let first = typeNames[type] + "-" + Self.padded(Int(number) + 1, 6)
        return attempt == 0 ? first : first + "." + String(attempt + 1)
    }

    /// What a contact brought about is called after the caller's first contact, with a letter for each step:
    /// `billing-000123/ta` was handed on (t), and came again (a).
    package func contact(_ entry: Diary.Entry) -> String {
        let name = contact(type: entry.origin, number: entry.number, attempt: 0)
        let steps = entry.path == 0 ? "" : "/" + Self.letters(entry.path)
        return name + steps + (entry.attempt == 0 ? "" : "." + String(entry.attempt + 1))
    }

    /// The call before, which the caller abandoned, or the contact that brought this one about (without the number of
    /// its last call); nil for a first call.
    package func parent(_ entry: Diary.Entry) -> String? {
        var parent = entry
        if entry.attempt > 0 {
            parent.attempt -= 1
        } else if entry.path != 0, entry.path < 1 << 63 {
            parent.path >>= 3
        } else {
            return nil
        }
        return contact(parent)
    }

    private static let causes: [Character] = ["-", "t", "a", "f", "c", "m", "q", "h"]

    /// A letter for each cause; where the path is mixed, a number.
    private static func letters(_ path: UInt64) -> String {
        guard path < 1 << 63 else { return String(path, radix: 16) }
        var letters = ""
        var rest = path
        while rest > 0 {
            letters = String(causes[Int(rest & 7)]) + letters
            rest >>= 3
        }
        return letters
    }

    /// The path that such letters, or such a number, mean; nil when they mean none.
    private static func path(_ letters: Substring) -> UInt64? {
        let digits = letters.compactMap { causes.dropFirst().firstIndex(of: $0) }
        if !letters.isEmpty, digits.count == letters.count, digits.count <= 20 {
            return digits.reduce(0) { $0 << 3 | UInt64($1) }
        }
        return UInt64(letters, radix: 16).flatMap { $0 >= 1 << 63 ? $0 : nil }
    }

    /// The causes from the caller's first contact on; empty for that one, nil where the path is mixed.
    package static func causes(_ path: UInt64) -> [FollowOn.Cause]? {
        guard path < 1 << 63 else { return nil }
        var causes: [FollowOn.Cause] = []
        var rest = path
        while rest > 0 {
            if let cause = FollowOn.Cause(rawValue: Int(rest & 7)) { causes.insert(cause, at: 0) }
            rest >>= 3
        }
        return causes
    }

    /// A contact's name as somebody typed it, before it is known whether there is such a contact.
    package struct Reference: Hashable, Sendable {
        package var typeName: String
        package var number: UInt64
        /// How it was brought about, 0 for a caller's first contact.
        package var path: UInt64
        package var attempt: Int

        /// Nil when it is no such name; leading zeros may be left out.
        package init?(_ text: String) {
            guard let dash = text.lastIndex(of: "-"), dash > text.startIndex else { return nil }
            let parts = text[text.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false)
            let isNumber = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
            guard (1...2).contains(parts.count) else { return nil }
            let steps = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(steps.count), isNumber(steps[0]), parts.dropFirst().allSatisfy(isNumber),
                let number = UInt64(steps[0]), (1...1 << 40).contains(number),
                let call = parts.count == 2 ? Int(parts[1]) : 1, call >= 1,
                let path = steps.count == 2 ? ContactNames.path(steps[1]) : 0
            else { return nil }
            self.path = path
            typeName = String(text[..<dash])
            self.number = number - 1
            attempt = call - 1
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
