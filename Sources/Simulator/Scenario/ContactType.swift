import Queueing

/// A reason to contact us, with everything that is particular to it.
public struct ContactType: Sendable {
    public var id: String
    public var label: String
    /// The channel's name; only live one-at-a-time channels are simulated.
    public var channel: String
    /// Lower is served first; 1…9, usual is 5.
    public var priority: Int
    /// Languages and their shares (sum 1); empty when language plays no part.
    public var languages: [LanguageShare]
    /// When contacts are taken, sorted, disjoint; a contact that arrives outside is turned away.
    public var open: [Span]
    /// Expected contacts by time, sorted, disjoint; none arrive outside these pieces.
    public var arrivals: [ArrivalPiece]
    /// Whether `arrivals` are what to expect or what happened.
    public var volumes: Volumes
    /// Coefficient of variation of the gamma factor by which a whole day's volume strays; 0 is none.
    public var dayToDay: Double
    public var talk: Distribution
    public var hold: Distribution?
    public var wrapUp: Distribution?
    /// How long a caller is willing to wait; nil is for ever.
    public var patience: Distribution?
    public var redial: Redial?
    public var target: ServiceTarget?
    /// The largest share of offered contacts that may hang up, a fraction.
    public var maxAbandonment: Double?
    /// Hang-ups at or before this many seconds count as short.
    public var shortAbandon: Double

    public init(
        id: String, label: String? = nil, channel: String = "phone", priority: Int = 5,
        languages: [LanguageShare] = [], open: [Span], arrivals: [ArrivalPiece], volumes: Volumes = .expected,
        dayToDay: Double = 0,
        talk: Distribution, hold: Distribution? = nil, wrapUp: Distribution? = nil, patience: Distribution? = nil,
        redial: Redial? = nil, target: ServiceTarget? = nil, maxAbandonment: Double? = nil,
        shortAbandon: Double = 5
    ) {
        self.id = id
        self.label = label ?? id
        self.channel = channel
        self.priority = priority
        self.languages = languages
        self.open = open
        self.arrivals = arrivals
        self.volumes = volumes
        self.dayToDay = dayToDay
        self.talk = talk
        self.hold = hold
        self.wrapUp = wrapUp
        self.patience = patience
        self.redial = redial
        self.target = target
        self.maxAbandonment = maxAbandonment
        self.shortAbandon = shortAbandon
    }

    /// Mean talk + hold + after-contact work, seconds.
    public var handlingTimeMean: Double { talk.mean + (hold?.mean ?? 0) + (wrapUp?.mean ?? 0) }
}

/// A language that some of a type's contacts need.
public struct LanguageShare: Sendable, Hashable {
    /// Such as `en`, `es`.
    public var code: String
    public var share: Double

    public init(_ code: String, _ share: Double) {
        self.code = code
        self.share = share
    }
}

/// What the numbers of contacts in a scenario mean.
public enum Volumes: String, Sendable, CaseIterable {
    /// Means: the contacts of a run are Poisson around them.
    case expected
    /// Counts of a day that was: exactly so many arrive in each interval, at moments drawn uniformly within it.
    case actual
}

/// A stretch of time with a constant arrival rate.
public struct ArrivalPiece: Sendable, Hashable {
    public var span: Span
    /// Expected contacts in the span on a usual day, ≥ 0.
    public var contacts: Double
    /// What talk, hold and after-contact work of contacts arriving here are multiplied by, > 0.
    public var handlingFactor: Double

    public init(_ span: Span, contacts: Double, handlingFactor: Double = 1) {
        self.span = span
        self.contacts = contacts
        self.handlingFactor = handlingFactor
    }
}

/// What callers who hang up do next.
public struct Redial: Sendable {
    /// The chance that one who hung up (or was blocked) calls again.
    public var share: Double
    public var delay: Distribution
    /// The most redials of one caller.
    public var atMost: Int

    public init(share: Double, delay: Distribution, atMost: Int = 3) {
        self.share = share
        self.delay = delay
        self.atMost = atMost
    }
}

/// A promise such as 80 % in 30 s, with the rule that counts it.
public struct ServiceTarget: Sendable, Hashable {
    /// The share promised, a fraction.
    public var share: Double
    /// The acceptable wait, seconds.
    public var acceptableWait: Double
    public var rule: ServiceLevelRule

    public init(share: Double, within acceptableWait: Double, rule: ServiceLevelRule = .ofAllOffered) {
        self.share = share
        self.acceptableWait = acceptableWait
        self.rule = rule
    }
}

/// How a service level is counted; the list stands with the formulas.
public typealias ServiceLevelRule = Queueing.ServiceLevelRule
