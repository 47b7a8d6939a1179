import Tabular

/// Somebody of a group who has a name and shifts of their own.
public struct Person: Sendable, Hashable {
    /// As the roster or the schedule has it; unique within the group.
    public var id: String
    /// Hours a week, if told.
    public var contractHours: Double?
    /// The place among the group's tiers, if told.
    public var tier: Int?

    public init(id: String, contractHours: Double? = nil, tier: Int? = nil) {
        self.id = id
        self.contractHours = contractHours
        self.tier = tier
    }
}

/// A stretch of a shift in which a person is planned to be away: lunch, a break, a meeting.
public struct Pause: Sendable, Hashable {
    /// Seconds since the horizon's start.
    public var span: Span
    public var isPaid: Bool

    public init(_ span: Span, isPaid: Bool) {
        self.span = span
        self.isPaid = isPaid
    }

    func moved(by seconds: Double) -> Pause { Pause(Span(span.start + seconds, span.end + seconds), isPaid: isPaid) }
}
