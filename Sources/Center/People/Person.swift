import Tabular

/// Somebody of a group who has a name and shifts of their own.
public struct Person: Sendable, Hashable {
    /// As the roster or the schedule has it; unique within the group.
    public var id: String
    /// Hours a week, if told.
    public var contractHours: Double?
    /// The place among the group's tiers, if told.
    public var tier: Int?

    /// Only the name is needed; `contractHours` are hours a week.
    public init(id: String, contractHours: Double? = nil, tier: Int? = nil) {
        self.id = id
        self.contractHours = contractHours
        self.tier = tier
    }
}

/// A time span of a shift in which a person is planned to be away: lunch, a break, a meeting.
public struct Pause: Sendable, Hashable {
    /// Seconds since the horizon's start.
    public var timeSpan: TimeSpan
    /// Whether the time is paid although no contact is served.
    public var isPaid: Bool

    /// `timeSpan` in seconds since the horizon's start.
    public init(_ timeSpan: TimeSpan, isPaid: Bool) {
        self.timeSpan = timeSpan
        self.isPaid = isPaid
    }

    package func moved(by seconds: Double) -> Pause {
        Pause(TimeSpan(timeSpan.start + seconds, timeSpan.end + seconds), isPaid: isPaid)
    }
}

extension Pause {
    /// Sorted; where two overlap the later one has what is left of it.
    package static func disjoint(_ pauses: [Pause]) -> [Pause] {
        var result: [Pause] = []
        for var pause in pauses.sorted(by: {
            ($0.timeSpan.start, $0.timeSpan.end) < ($1.timeSpan.start, $1.timeSpan.end)
        }) {
            pause.timeSpan.start = max(pause.timeSpan.start, result.last?.timeSpan.end ?? -.infinity)
            if pause.timeSpan.end > pause.timeSpan.start { result.append(pause) }
        }
        return result
    }
}
