import Tabular

/// People who share skills, languages and pay.
public struct AgentGroup: Sendable {
    /// The name in files and tables, unique in the scenario.
    public var id: String
    /// The name that people read; the `id` where none is given.
    public var label: String
    /// How many people belong to the group, if told; not a limit.
    public var people: Int?
    /// Money per paid hour, if told.
    public var wagePerHour: Double?
    /// Languages spoken; empty when language plays no part.
    public var languages: [String]
    /// The contact types that they can serve.
    public var skills: [Skill]
    /// Who is there when.
    public var staffing: Staffing
    /// Those who have a name; shifts refer to them by their place here.
    public var members: [Person]
    /// What a second of overtime costs compared with another, > 0: work after the shift's end, and paid time beyond the
    /// contract; nil where it is not paid.
    public var overtimeRate: Double?
    /// Levels of experience; empty where all are alike.
    public var tiers: [Tier] = []
    /// When they take longer or shorter than usual: sorted and disjoint.
    public var paces: [DayPace] = []
    /// How closely they keep to their shifts.
    public var timekeeping = Timekeeping()
    /// The busiest that these people should be; nil is what the rules of the center say.
    public var maxOccupancy: Double?
    /// People who are paid for what they do not work, on holidays.
    public var paidLeave: [StaffingTimeSpan] = []
    /// What these people are licensed for.
    public var licences: [String] = []

    /// `members` are people with names; what else a group may have is set afterwards.
    public init(
        id: String, label: String? = nil, people: Int? = nil, wagePerHour: Double? = nil, languages: [String] = [],
        skills: [Skill], staffing: Staffing, members: [Person] = [], maxOccupancy: Double? = nil
    ) {
        self.id = id
        self.label = label ?? id
        self.people = people
        self.wagePerHour = wagePerHour
        self.languages = languages
        self.skills = skills
        self.staffing = staffing
        self.members = members
        self.maxOccupancy = maxOccupancy
    }
}

/// A contact type that a group can serve.
public struct Skill: Sendable, Hashable {
    /// Index into the scenario's contact types.
    public var contactType: Int
    /// The groups of rank 1 are asked first; contacts look for agents by rank.
    public var rank: Int
    /// What the contact's talk, hold and after-contact work are multiplied by, > 0.
    public var handlingFactor: Double
    /// Taken only when nothing else waits for the agent.
    public var onlyWhenIdle: Bool
    /// Seconds until such a contact begins once one of the group is found, on top of the type's own: for people on
    /// call.
    public var setUp = 0.0

    /// `contactType` is an index; asked first, at the usual pace and for any moment, unless told otherwise.
    public init(_ contactType: Int, rank: Int = 1, handlingFactor: Double = 1, onlyWhenIdle: Bool = false) {
        self.contactType = contactType
        self.rank = rank
        self.handlingFactor = handlingFactor
        self.onlyWhenIdle = onlyWhenIdle
    }
}

/// Who is there when. Both ways count paid people: the simulation takes shrinkage off.
public enum Staffing: Sendable {
    /// Shifts with lunch and breaks, worked by individuals.
    case shifts([ShiftBlock])
    /// Agents on duty by time, sorted, disjoint, nobody outside; may be fractional.
    case curve([StaffingTimeSpan])
    /// As many as the contact types' targets need, to be worked out before anything is simulated; until then nobody.
    case asNeeded
}

/// A number of people who start the same shift on the same day.
public struct ShiftBlock: Sendable, Hashable {
    /// The shift's name, such as `early`.
    public var shift: String
    /// Index into the horizon's days; the day on which the shift starts, 0 for one begun the night before the horizon.
    public var day: Int
    /// The date on which it starts by the group's own clocks, in days after the horizon's first: −1 is the night before.
    public var startsOn: Int
    /// May begin before 0 and end after the horizon: only what lies within counts.
    public var timeSpan: TimeSpan
    /// How many work it, ≥ 0, before shrinkage.
    public var people: Int
    /// Unpaid.
    public var lunch: Lunch?
    /// Lengths of the paid breaks, seconds, in order.
    public var breaks: [Double]
    /// Who they are, by their places among the group's members, one for each of `people`; empty where nobody has a name.
    public var members: [Int]
    /// When they are away, sorted, disjoint and inside the shift, where it is said; else lunch and breaks are placed.
    public var pauses: [Pause]?
    /// When each of the people is away where that was placed with sight of all colleagues; empty where it was not.
    package var placed: [[Pause]] = []

    /// `timeSpan` in seconds since the horizon's start; `startsOn` is `day` where the group has the center's clocks.
    public init(
        shift: String, day: Int, startsOn: Int? = nil, timeSpan: TimeSpan, people: Int, lunch: Lunch? = nil,
        breaks: [Double] = [], members: [Int] = [], pauses: [Pause]? = nil
    ) {
        self.shift = shift
        self.day = day
        self.startsOn = startsOn ?? day
        self.timeSpan = timeSpan
        self.people = people
        self.lunch = lunch
        self.breaks = breaks
        self.members = members
        self.pauses = pauses
    }

    /// Paid seconds of one person: the shift less what is unpaid.
    public var paid: Double {
        guard let pauses else { return timeSpan.length - (lunch?.length ?? 0) }
        return timeSpan.length - pauses.reduce(0) { $0 + ($1.isPaid ? 0 : $1.timeSpan.length) }
    }

    /// Seconds of one person on duty.
    public var onDuty: Double {
        guard let pauses else { return paid - breaks.reduce(0, +) }
        return timeSpan.length - pauses.reduce(0) { $0 + $1.timeSpan.length }
    }
}

/// A lunch of given length that must lie within a window.
public struct Lunch: Sendable, Hashable {
    /// Seconds away.
    public var length: Double
    /// When it may fall, seconds since the horizon's start; it lies within as a whole.
    public var window: TimeSpan

    /// A lunch of `length` seconds that falls within `window`.
    public init(length: Double, window: TimeSpan) {
        self.length = length
        self.window = window
    }
}

/// A time span with a constant number of agents on duty.
public struct StaffingTimeSpan: Sendable, Hashable {
    /// When they are there, seconds since the horizon's start.
    public var timeSpan: TimeSpan
    /// ≥ 0.
    public var agents: Double

    /// `agents` ≥ 0 are on duty for the whole of the time span.
    public init(_ timeSpan: TimeSpan, agents: Double) {
        self.timeSpan = timeSpan
        self.agents = agents
    }
}
