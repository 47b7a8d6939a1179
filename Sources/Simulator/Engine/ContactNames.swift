/// What contacts and agents are called wherever one of them is spoken of.
///
/// A contact is called by its type and number, `billing-000123`, and `billing-000123.2` when the same caller calls the
/// second time: the number addresses its random draws, so the same caller has the same name in every scenario that is
/// compared on common random numbers. Agents are called by group and number, `nurses-03`: a place under a staffing
/// curve, a person on shifts; where shifts start on several days, each day's people are others, `nurses-tue-03`.
package struct ContactNames: Sendable {
    private let typeNames: [String]
    package let languages: [String?]
    private let agents: [String]

    package init(_ scenario: Scenario) { self.init(scenario, Blueprint(scenario)) }

    init(_ scenario: Scenario, _ plan: Blueprint) {
        typeNames = scenario.contactTypes.map(\.id)
        languages = plan.classes.map(\.language)
        let severalDays = plan.groups.map { group in Set(group.agents.map { plan.agents[$0].day }).count > 1 }
        agents = plan.agents.map { agent in
            let size = plan.groups[agent.group].agents.count
            let number = Self.padded(agent.number + 1, severalDays[agent.group] ? 2 : max(2, String(size).count))
            let day = scenario.horizon.days[agent.day].weekday
            let name = scenario.agentGroups[agent.group].id
            guard severalDays[agent.group] else { return "\(name)-\(number)" }
            return "\(name)-\(Horizon.weekdayNames[day].lowercased())-\(number)"
        }
    }

    package func agent(_ agent: Int) -> String { agents[agent] }

    /// `billing-000123`, `billing-000123.2` for the second call.
    package func contact(type: Int, number: UInt64, attempt: Int) -> String {
        let first = typeNames[type] + "-" + Self.padded(Int(number) + 1, 6)
        return attempt == 0 ? first : first + "." + String(attempt + 1)
    }

    package func contact(_ entry: Diary.Entry) -> String {
        contact(type: entry.type, number: entry.number, attempt: entry.attempt)
    }

    /// The call before, which the caller gave up; nil for a first call.
    package func parent(_ entry: Diary.Entry) -> String? {
        entry.attempt == 0 ? nil : contact(type: entry.type, number: entry.number, attempt: entry.attempt - 1)
    }

    /// A contact's name as it was written, before it is known whether there is one.
    package struct Reference: Hashable, Sendable {
        package var typeName: String
        package var number: UInt64
        package var attempt: Int

        /// Nil when it is no such name; leading zeros may be left out.
        package init?(_ text: String) {
            guard let dash = text.lastIndex(of: "-"), dash > text.startIndex else { return nil }
            let parts = text[text.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false)
            let isNumber = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
            guard (1...2).contains(parts.count), parts.allSatisfy(isNumber), let number = UInt64(parts[0]),
                (1...1 << 40).contains(number), let call = parts.count == 2 ? Int(parts[1]) : 1, call >= 1
            else { return nil }
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
