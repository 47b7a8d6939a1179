import Queueing

/// How many people one contact type needs in one reporting period, and why.
public struct Requirement: Sendable {
    /// What decides the number.
    public enum Binding: String, Sendable, CaseIterable, Hashable {
        /// The share to be answered in time.
        case serviceLevel = "service_level"
        /// The limit of hang-ups.
        case abandonment
        /// The limit of how busy people may be.
        case occupancy
        /// Nothing is promised that this model knows of: enough to keep up with the work.
        case work
        /// Open, but nobody is expected.
        case noContacts = "no contacts"
        /// Contacts come, but are not taken.
        case closed
        /// No number of agents that a center could have is enough.
        case outOfReach = "out of reach"
    }

    /// The method of deferred work.
    static let untilDueMethod = "spread until due"

    /// Index of the horizon's period.
    public var period: Int
    /// Index of the scenario's contact type.
    public var contactType: Int
    /// Expected to arrive in the period, or to be brought about by others; redials are not among them.
    public var contacts: Double
    /// Mean talk + hold + after-contact work, seconds; nil without contacts.
    public var handlingTime: Double?
    /// Erlangs that the requirement is worked out for: the period's own, or those in hand over it.
    public var load: Double
    /// The formula, and what was added to it, such as `erlang-a lagged`; nil where none was needed.
    public var method: String?
    /// Whether the load is the work in hand rather than the period's own.
    public var isLagged = false
    /// Agents on the phones where part-time counts: meets every goal, `Requirements.tolerance` fewer do not.
    public var needExact: Double?
    /// Whole agents on the phones; nil where no number is enough.
    public var need: Int?
    /// Whole scheduled people: need ÷ (1 − shrinkage), rounded up in exact decimal arithmetic.
    public var needWithShrinkage: Int?
    /// What `need` agents give; nil where there is nothing to measure.
    public var measures: QueueMeasures?
    /// The service level of `measures`, by the type's own rule; nil without a target.
    public var serviceLevel: Double?
    /// What decides `need`.
    public var binding: Binding
}
