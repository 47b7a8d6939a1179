/// Something that happens at an instant.
struct Event {
    /// What happens; simultaneous events follow the order of these cases, then the order in which they were planned.
    enum Kind: UInt8, CaseIterable {
        /// A reporting period begins: first, so that everything else at this instant is counted in the new period.
        case period
        /// Opening hours end: before anybody is answered or arrives at this instant, who then finds us closed.
        case close
        /// The hours begin in which calls are made: before anybody looks for a contact.
        case open
        /// An agent's shift ends or staffing falls: before `finish`, so that a contact that ends at the end of a
        /// shift is the agent's last.
        case leave
        /// A break or lunch begins: before `finish`, for the same reason.
        case pause
        /// A shift begins, a break is over or staffing rises: before contacts look for an agent.
        case beginDuty
        /// An agent is through with a contact: before `abandon`, so that patience that ends as an agent gets free is
        /// answered (a contact abandons only if its patience is shorter than its wait).
        case finish
        /// A waiting caller's patience ends.
        case abandon
        /// A waiting contact's time has come to be more urgent, or to be served by others, too.
        case escalate
        /// A waiting caller is offered a callback.
        case offerCallback
        /// An agent stops waiting for a colleague.
        case stopAsking
        /// Somebody asks about deferred work that still waits.
        case chase
        /// A caller hangs up while the agent goes on with the after-contact work: the line is free.
        case freeLine
        /// A caller calls again or is handed on, or work that we must do is due: before new callers, because it was
        /// planned earlier.
        case comeBack
        /// A new contact arrives.
        case arrive
    }

    /// Seconds since the start of the horizon.
    var time: Double
    /// The kind in the high byte, the order of planning below: smaller is first.
    var order: UInt64
    /// An agent, a contact's slot, a contact type or an agent group, by kind.
    var subject: Int32
    /// The contact's generation, to recognise an event that no longer applies.
    var generation: UInt32

    var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: order >> 56)).unsafelyUnwrapped }

    @inline(__always)
    init(_ kind: Kind, at time: Double, sequence: UInt64, subject: Int, generation: UInt32 = 0) {
        self.time = time
        order = UInt64(kind.rawValue) << 56 | sequence
        self.subject = Int32(truncatingIfNeeded: subject)
        self.generation = generation
    }

    @inline(__always)
    static func precedes(_ a: Event, _ b: Event) -> Bool {
        a.time < b.time || (a.time == b.time && a.order < b.order)
    }
}
