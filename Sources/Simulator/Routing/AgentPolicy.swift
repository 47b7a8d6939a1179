/// Which free agent takes a contact, as a policy of ``RoutingPolicies``.
public struct PickAgent: Sendable {
    let policy: any AgentPolicy

    init(_ policy: any AgentPolicy) { self.policy = policy }

    /// What sets the agent who is picked apart from the others: `idle longest`.
    package var reason: String { type(of: policy).reason }

    /// Whether the others are those of the same rank.
    package var asksByRank: Bool { policy.asksByRank }
}

/// A rule by which one of the idle agents takes a contact. It changes nothing; ties are broken by a rule.
protocol AgentPolicy: Sendable {
    /// As written in scenario files.
    static var keyword: String { get }
    /// One sentence.
    static var summary: String { get }
    /// What sets the agent who is picked apart from the others who are free, in a few words.
    static var reason: String { get }

    init()

    /// Whether groups are asked by rank, so that an idle agent of a lower rank always goes first.
    var asksByRank: Bool { get }
    /// Whether the policy asks for a random number; else the contact's `lot` is 0.
    var drawsLots: Bool { get }
    /// Whether the policy asks how busy agents have been.
    var asksOccupancy: Bool { get }
    /// The idle agent for a contact; −1 when all who may serve it are taken.
    func agent(for contact: OfferedContact, on floor: borrowing Floor) -> Int
}

/// What a policy may know of a contact that looks for an agent.
struct OfferedContact {
    /// The groups that may serve it, by rank, in the order of the file.
    var groups: GroupLists
    /// The contact's own uniform for this choice.
    var lot: Double
    /// By group: what its handling is multiplied by, and how many contact types, counted by language, it serves.
    var handlingFactors: Dense<Double>
    var served: Dense<Int>
    /// By agent, where the policy asks: seconds on contacts and on duty today, up to the latest end of each.
    var worked: Dense<Double>
    var stayed: Dense<Double>
    /// When today began, seconds.
    var today: Double
    /// Where among the factors those of the contact stand, and how far apart those of two groups are.
    var queue: Int
    var queueCount: Int
    /// Seconds.
    var now: Double

    /// What the group's handling of this contact is multiplied by.
    func handlingFactor(group g: Int) -> Double { handlingFactors[g * queueCount + queue] }

    /// An idle agent's occupancy today, handling ÷ (handling + available): 0…1, and 0 for whoever has just come.
    func occupancy(of a: Int, on floor: borrowing Floor) -> Double {
        let onDuty = stayed[a] + now - max(today, floor.agents[a].presentSince)
        return onDuty > 0 ? worked[a] / onDuty : 0
    }
}

extension AgentPolicy {
    var asksByRank: Bool { true }
    var drawsLots: Bool { false }
    var asksOccupancy: Bool { false }
}

extension OfferedContact {
    /// The idle agent for whom `value` is least, of all groups or of those of the lowest rank that have one; of equals
    /// the lower rank, then the longest idle. Where the value is a group's, its longest idle is asked alone.
    func least<Value: Comparable>(
        on floor: borrowing Floor, byRank: Bool = false, isGroups: Bool = false,
        _ value: (_ group: Int, _ agent: Int) -> Value
    ) -> Int {
        var best = -1
        var bestValue: Value?
        for level in 0..<groups.levelCount where !byRank || best < 0 {
            let earlier = best
            for g in groups.level(level) {
                var a = floor.groups[Int(g)].idleFirst
                while a >= 0 {
                    let own = value(Int(g), Int(a))
                    var isBetter = true
                    if let least = bestValue {
                        // Of equals, one of an earlier rank stays.
                        isBetter =
                            own < least
                            || own == least && best != earlier
                                && floor.agents[Int(a)].idleOrder < floor.agents[best].idleOrder
                    }
                    if isBetter {
                        best = Int(a)
                        bestValue = own
                    }
                    a = isGroups ? -1 : floor.agents[Int(a)].next
                }
            }
        }
        return best
    }
}
