import Tabular

/// Which waiting contact a free agent takes, as a policy of ``RoutingPolicies`` with its parameters.
public struct PickContact: Sendable {
    package let policy: any ContactPolicy

    /// Any policy, of the list or one's own; files can name only those of the list.
    public init(_ policy: any ContactPolicy) { self.policy = policy }

    /// As written in scenario files.
    package var keyword: String { type(of: policy).keyword }

    /// Whether a more urgent contact goes before every other that the agent may take.
    public var asksPriorityFirst: Bool { policy.asksPriorityFirst }

    /// Whether those of a priority are taken by how long they have waited.
    package var goesByPriorityAndWait: Bool { policy.asksPriorityFirst && policy.order == .longestWait }
}

/// A rule by which a free agent takes one of the contacts that wait.
///
/// A policy changes nothing and knows nothing of the loop: it says how queues stand to each other. Whoever is on the
/// line goes before deferred work, and that before skills for idle moments, whatever the policy; promised calls that
/// are nearly due go first of their priority, and before all only where a scenario says so (priority 0). Within one queue, which holds contacts of one type, language and priority,
/// the longest wait goes first.
public protocol ContactPolicy: Sendable {
    /// As written in scenario files.
    static var keyword: String { get }
    /// One sentence.
    static var summary: String { get }
    /// What the policy may be told, all numbers, each with a standard.
    static var settings: [Setting] { get }

    /// With the standards.
    init()
    /// With what the file says, in base units (seconds, fractions), by name of the setting.
    init(_ values: [String: Double])

    /// Where a contact stands for an agent: contacts of lower levels go first, whatever their order below.
    func level(priority: Int, rank: Int) -> (Int, Int)
    /// Which contact of a level goes first.
    var order: ContactOrder { get }
    /// Where the order is by points: the most go first, of equal points the longest wait. It must not fall while a
    /// contact waits, so that the first of a queue has the most of it.
    func points(_ contact: WaitingContact) -> Double
}

/// Which contact of a level a policy takes.
public enum ContactOrder: Sendable {
    /// The contact that has waited longest.
    case longestWait
    /// The first of the queue with the most points.
    case points
    /// Any of them with equal chances.
    case lots
}

/// What a policy may know of the first contact of a queue, for the agent who asks.
public struct WaitingContact {
    /// Seconds, by the clock of its type's target.
    public var wait: Double
    /// Smaller is more urgent.
    public var priority: Int
    /// Of the type for the agent's group; 1 is the first choice.
    public var rank: Int
    /// Whether the acceptable wait of the type's target is over.
    public var isLate: Bool

    /// For tests of a policy by itself; the engine makes them in a simulation.
    public init(
        wait: Double, priority: Int, rank: Int, isLate: Bool
    ) {
        self.wait = wait
        self.priority = priority
        self.rank = rank
        self.isLate = isLate
    }
}

extension ContactPolicy {
    /// No settings, unless a policy has some.
    public static var settings: [Setting] { [] }
    /// The standards, for policies without settings.
    public init(_ values: [String: Double]) { self.init() }
    /// By priority alone.
    public func level(priority: Int, rank: Int) -> (Int, Int) { (priority, 0) }
    /// The longest wait first, unless a policy says otherwise.
    public var order: ContactOrder { .longestWait }
    /// Whether a more urgent contact goes before every other that the agent may take.
    public var asksPriorityFirst: Bool { level(priority: 1, rank: 9) < level(priority: 2, rank: 1) }
    /// No points, for policies whose order asks for none.
    public func points(_ contact: WaitingContact) -> Double { 0 }
}
