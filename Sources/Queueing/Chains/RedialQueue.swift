/// Erlang X as a model to staff by: one queue whose callers call again.
///
/// Measures are those of attempts, which is what a phone system counts; `callers` tells what becomes of people.
public struct RedialQueue: StaffingModel {
    /// First attempts, handling time, patience and room.
    public let contacts: SingleQueue
    public let redials: Redials

    public init(_ contacts: SingleQueue, redials: Redials) {
        self.contacts = contacts
        self.redials = redials
    }

    /// Erlangs of first attempts; redials add to them the more the fewer agents there are.
    public var offeredLoad: Double { contacts.offeredLoad }

    public func measures(agents: Double, within acceptableWait: Double) -> QueueMeasures {
        callers(agents: agents, within: acceptableWait).attempts
    }

    /// Attempts and callers, by the fixed point (see `Redials.erlangX`).
    public func callers(agents: Double, within acceptableWait: Double = 0) -> RedialMeasures {
        redials.erlangX(contacts, agents: agents, within: acceptableWait)
    }
}
