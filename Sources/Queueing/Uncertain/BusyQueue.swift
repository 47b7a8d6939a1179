import Probability

/// One queue whose volume strays from day to day, as a model to staff by: long-run measures over good and bad days.
public struct BusyQueue: StaffingModel {
    /// The queue on the usual day.
    public let contacts: SingleQueue
    /// What a day's arrival rate is multiplied by.
    public let busyness: BusynessFactor

    /// `contacts` is the queue on the usual day.
    public init(_ contacts: SingleQueue, busyness: BusynessFactor) {
        self.contacts = contacts
        self.busyness = busyness
    }

    public var offeredLoad: Double { contacts.offeredLoad }

    /// See `BusynessFactor.measures`: every contact counts alike, so busy days count for more.
    public func measures(agents: Double, within acceptableWait: Double, shortAbandon: Double?) -> QueueMeasures {
        busyness.measures(contacts, agents: agents, within: acceptableWait)
    }

    /// From the answer for the usual day, which is close, since every evaluation is an integral over days.
    public func agentsNeeded(for goals: [StaffingGoal], most: Int) -> Int? {
        var needed = 0
        for goal in goals {
            let usual = contacts.agentsNeeded(for: [goal], most: most) ?? needed
            let found = WholeSearch.smallest(atLeast: needed, atMost: most, guess: Double(usual)) {
                goal.isMet(by: measures(agents: Double($0), for: goal))
            }
            guard let found else { return nil }
            needed = found
        }
        return needed
    }
}
