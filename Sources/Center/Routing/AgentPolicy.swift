/// Which free agent takes a contact, as a policy of ``RoutingPolicies``.
public struct PickAgent: Sendable {
    package let policy: any AgentPolicy

    /// Any policy, of the list or one's own; files can name only those of the list.
    public init(_ policy: any AgentPolicy) { self.policy = policy }

    /// What sets the agent who is picked apart from the others: `idle longest`.
    package var reason: String { type(of: policy).reason }

    /// Whether the others are those of the same rank.
    package var asksByRank: Bool { policy.asksByRank }
}

/// A rule by which one of the idle agents takes a contact.
///
/// A policy changes nothing and knows nothing of the loop: it says how idle agents stand to each other. Groups may serve the
/// contact by rank, in the order of the file; ties are broken by a rule.
public protocol AgentPolicy: Sendable {
    /// As written in scenario files.
    static var keyword: String { get }
    /// One sentence.
    static var summary: String { get }
    /// What sets the agent who is picked apart from the others who are free, in a few words.
    static var reason: String { get }

    /// With the standards; policies for agents take no settings.
    init()

    /// Whether groups are asked by rank, so that an idle agent of a lower rank always goes first.
    var asksByRank: Bool { get }
    /// Which idle agent goes first.
    var order: AgentOrder { get }
    /// Where the order is by a value: the least goes first, of equal values the lower rank, then the longest idle.
    func value(_ agent: IdleAgent) -> Double
}

/// Which idle agent a policy takes.
public enum AgentOrder: Sendable {
    /// The longest idle of the lowest rank, in whichever group; of all groups where ranks are not asked.
    case longestIdle
    /// The longest idle of the first group in the file that has somebody idle.
    case firstGroup
    /// Any of the lowest rank that has somebody idle, with equal chances.
    case lots
    /// The least value, which is the same for all agents of a group.
    case leastOfGroups
    /// The least value, by what each agent has done so far that day.
    case leastOfAgents
}

/// What a policy may know of an idle agent, for the contact that looks for one.
public struct IdleAgent {
    /// What the agent's handling of this contact is multiplied by.
    public var handlingFactor: Double
    /// How many contact types, counted by language, the agent serves.
    public var served: Int
    /// Handling ÷ (handling + available) so far that day, 0…1; 0 for whoever has just come, and where the order does not ask.
    public var occupancy: Double

    /// For tests of a policy by itself; the engine makes them in a simulation.
    public init(
        handlingFactor: Double, served: Int, occupancy: Double
    ) {
        self.handlingFactor = handlingFactor
        self.served = served
        self.occupancy = occupancy
    }
}

extension AgentPolicy {
    /// Groups are asked by rank unless a policy says otherwise.
    public var asksByRank: Bool { true }
    /// No value, for policies whose order asks for none.
    public func value(_ agent: IdleAgent) -> Double { 0 }
}
