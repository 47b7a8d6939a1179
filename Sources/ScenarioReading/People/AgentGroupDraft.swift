import Center
import ScenarioText
import Tabular

/// An agent group as read, before times of day become seconds of the horizon.
struct AgentGroupDraft {
    var id: String
    /// Where it is named.
    var key: Node
    var label: String?
    var people: Int?
    var wagePerHour: Double?
    var languages: [String] = []
    var licences: [String] = []
    var skills: [Skill] = []
    /// Where each skill is named, in the same order.
    var skillKeys: [Node] = []
    /// Skills for what contact types bring about, by place among the derived types; nil where the group does not do it.
    var derivedSkills: [Int: Skill?] = [:]
    /// Where each of them is named, by name.
    var derivedKeys: [String: Node] = [:]
    var maxOccupancy: Double?
    var presence = Presence.nobody
    /// Where the number of agents is given, or the table of who is there.
    var agents: Node.Entry?
    var roster: Node.Entry?
    var members: [Person] = []
    /// Of a group whose clocks are not the center's.
    var calendar: Calendar?
    var overtimeRate: Double?
    var tiers: [Tier] = []
    var tierKeys: [Node] = []
    /// Whether tiers have no shares of their own: a roster says who is in which.
    var tiersAreByRoster = false
    /// How many people tiers name; 0 where they have shares.
    var tierPeople = 0
    /// Where the file gives the number of its people.
    var peopleNode: Node?
    /// Seconds since midnight, and the pace between.
    var paces: [(from: Double, to: Double, pace: Double)] = []
    var timekeeping = Timekeeping()
    /// Where the first setting about keeping to shifts stands.
    var timekeepingKey: Node?

    /// Who is there when.
    enum Presence {
        case nobody
        /// A number while anything that the group serves is open.
        case constant(Double)
        /// The same by weekday.
        case daily([Double?])
        case table(IntervalTable)
        /// As many as the targets of what it serves need.
        case asNeeded
        /// How many start which shift, by weekday.
        case shifts([StaffingRow])
        /// Shifts of people with names.
        case people([PersonRow])
    }
}

/// How many people start a shift on a weekday.
struct StaffingRow {
    /// 0 is Monday.
    var weekday: Int
    var shift: String
    var people: Int
}

/// A named person's shift as written, every week or on one date.
struct PersonRow {
    /// The place among the group's members.
    var member: Int
    var day: IntervalTable.DayKey
    /// Seconds since midnight, past it for a night's end; nil for a day off.
    var hours: (from: Double, to: Double)?
    /// The shift of the file that has these times, whose lunch and breaks are the person's.
    var shift: String?
    /// When the person is away, seconds since the midnight before the shift, where a table says so.
    var pauses: [(from: Double, to: Double, isPaid: Bool)] = []
    var place: Problem.Place
}

/// A shift as written.
struct ShiftDraft {
    var name: String
    var key: Node
    /// Seconds since midnight.
    var start: Double
    var startNode: Node
    var length: Double
    var lunch: (length: Double, from: Double, to: Double)?
    var breaks: [Double]
}
