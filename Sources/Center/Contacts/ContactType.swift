import Probability
import Queueing
import Tabular

/// A reason to contact us, with everything that is particular to it.
public struct ContactType: Sendable {
    /// The name in files and tables, unique in the scenario.
    public var id: String
    /// The name that people read; the `id` where none is given.
    public var label: String
    /// How its contacts come, and how agents work on them.
    public var channel: Channel
    /// Lower is served first; 1…9, usual is 5.
    public var priority: Int
    /// Languages and their shares (sum 1); empty when language plays no part.
    public var languages: [LanguageShare]
    /// When live contacts are taken, sorted, disjoint; `whenClosed` says what becomes of the others. Deferred work is
    /// taken at any time, and its clock may run in these hours only.
    public var open: [TimeSpan]
    /// Expected contacts by time, sorted, disjoint; none arrive at other times.
    public var arrivals: [ArrivalTimeSpan]
    /// Whether `arrivals` are what to expect or what happened.
    public var volumes: Volumes
    /// Coefficient of variation of the gamma factor by which a whole day's volume strays; 0 is none.
    public var dayToDay: Double
    /// The contact type whose share this one's contacts are: its days are as busy as that one's; nil for a type whose
    /// days vary by themselves.
    public var variesWith: Int?
    /// Seconds of talk, or of work on what is written.
    public var talk: Distribution
    /// Seconds on hold, when the agent is taken and the caller still there; nil is none.
    public var hold: Distribution?
    /// Seconds of after-contact work, when the caller has gone and the agent is still taken; nil is none.
    public var wrapUp: Distribution?
    /// How long a caller is willing to wait; nil is for ever.
    public var patience: Distribution?
    /// Callers who hang up or are blocked and call again; nil: nobody does.
    public var redial: Redial?
    /// An offer to call back those who wait; nil is none.
    public var callback: Callback?
    /// What becomes of live contacts that arrive outside `open`.
    public var whenClosed: WhenClosed
    /// What answered contacts bring about.
    public var followOns: [FollowOn]
    /// By time waited, ascending.
    public var escalations: [Escalation]
    /// The most contacts of the type that may wait; a contact that finds that many is blocked. Nil is no limit.
    public var blockedAt: Int?
    /// How many agents of those who may serve it must be left idle when somebody takes one.
    public var idleReserve: Int
    /// How contacts of the type come about if they do not arrive by themselves; with the index of the type that brings
    /// them about.
    public var origin: Origin?
    /// The share that callers are promised to be answered in time. Where languages have promises of their own, it
    /// stands for the mix of them: the mean share, within the wait that most are promised.
    public var target: ServiceTarget?
    /// The largest share of offered contacts that may hang up, a fraction; the mean of the languages' own limits.
    public var maxAbandonment: Double?
    /// By language, every one of them, where languages have promises of their own; else empty.
    public var languageTargets: [String: ServiceTarget] = [:]
    /// By language, the largest share that may hang up, a fraction; empty where no language has a limit of its own.
    public var languageLimits: [String: Double] = [:]
    /// Hang-ups at or before this many seconds count as short.
    public var shortAbandon: Double
    /// What an agent must be licensed for to serve it; no rule allows anybody else.
    public var licence: String?
    /// Callers who leave at once when they hear how long the wait is; nil: nobody does.
    public var balking: Balking?
    /// Who helps agents out with languages that they do not speak; nil: nobody does.
    public var interpreter: Interpreter?
    /// Of calls that we make: how often we try.
    public var tries: Tries?
    /// Of calls that we make: when we make them, sorted, disjoint; nil is at any time.
    public var callable: [TimeSpan]?
    /// Who asks after deferred work that still waits; nil: nobody does.
    public var chase: Chase?
    /// After-contact work that is put off while many wait; nil: it is always done at once.
    public var deferredWrapUp: DeferredWrapUp?
    /// How handling changes with the wait and with how many wait; nil: it does not.
    public var handlingPace: HandlingPace?
    /// Seconds from finding an agent to the first word: the caller still waits, the agent is taken.
    public var setUp = 0.0
    /// Seconds before opening from which callers may wait already.
    public var queueOpens = 0.0

    /// One priority, one at a time, no language, no patience and no target unless told otherwise; everything else that
    /// a type may have is set afterwards.
    public init(
        id: String, label: String? = nil, channel: Channel = .phone, priority: Int = 5,
        languages: [LanguageShare] = [], open: [TimeSpan], arrivals: [ArrivalTimeSpan], volumes: Volumes = .expected,
        dayToDay: Double = 0,
        talk: Distribution, hold: Distribution? = nil, wrapUp: Distribution? = nil, patience: Distribution? = nil,
        redial: Redial? = nil, callback: Callback? = nil, whenClosed: WhenClosed = .turnedAway,
        followOns: [FollowOn] = [], escalations: [Escalation] = [], blockedAt: Int? = nil, idleReserve: Int = 0,
        origin: Origin? = nil, target: ServiceTarget? = nil, maxAbandonment: Double? = nil, shortAbandon: Double = 5
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
        self.callback = callback
        self.whenClosed = whenClosed
        self.followOns = followOns
        self.escalations = escalations
        self.blockedAt = blockedAt
        self.idleReserve = idleReserve
        self.origin = origin
        self.target = target
        self.maxAbandonment = maxAbandonment
        self.shortAbandon = shortAbandon
    }

    /// What callers who speak `language` are promised: the language's own promise, or else that of all. Nil is all
    /// languages together.
    public func target(in language: String?) -> ServiceTarget? {
        language.flatMap { languageTargets[$0] } ?? target
    }

    /// The same of the share that may hang up.
    public func maxAbandonment(in language: String?) -> Double? {
        language.flatMap { languageLimits[$0] } ?? maxAbandonment
    }

    /// How contacts of a type come about that do not arrive by themselves.
    public struct Origin: Sendable, Hashable {
        /// How the other type brings it about.
        public var cause: FollowOn.Cause
        /// Index into the scenario's contact types.
        public var contactType: Int

        /// `contactType` is the index of the type that brings it about.
        public init(_ cause: FollowOn.Cause, of contactType: Int) {
            self.cause = cause
            self.contactType = contactType
        }
    }

    /// The agent's time that a contact takes on average, seconds: talk, hold and after-contact work, set-up, and the
    /// time with colleagues, but not the time waiting for them.
    public var handlingTimeMean: Double {
        talk.mean + (hold?.mean ?? 0) + (wrapUp?.mean ?? 0) + setUp
            + followOns.reduce(0) { $0 + $1.share * ($1.handOver?.together ?? 0) }
    }

    /// The agents' time that a call from a list takes in all, seconds: tries that reach nobody count too, and somebody
    /// whom no try reaches takes nothing else.
    public var workMean: Double {
        guard let tries, tries.noAnswer > 0, tries.noAnswer < 1 else { return handlingTimeMean }
        var missed = 1.0
        var failures = 0.0
        for _ in 0..<tries.attempts {
            missed *= tries.noAnswer
            failures += missed
        }
        return failures * tries.ringing + (1 - missed) * handlingTimeMean
    }

    /// When callers may wait: the opening hours, each from `queueOpens` seconds before.
    package var waitingHours: [TimeSpan] {
        var last = 0.0
        return open.map { timeSpan in
            let start = queueOpens > 0 ? max(last, timeSpan.start - queueOpens) : timeSpan.start
            last = timeSpan.end
            return TimeSpan(start, timeSpan.end)
        }
    }

    /// Whether an agent decides only when the talk ends how to go on.
    package var decidesAfterTalk: Bool { deferredWrapUp != nil || followOns.contains { $0.handOver != nil } }
}

/// A language that some of a type's contacts need.
public struct LanguageShare: Sendable, Hashable {
    /// Such as `en`, `es`.
    public var code: String
    /// The share of the type's contacts, 0…1.
    public var share: Double

    /// `code` is as agent groups have it; `share` is of the type's contacts, 0…1.
    public init(_ code: String, _ share: Double) {
        self.code = code
        self.share = share
    }
}

/// A time span with a constant arrival rate.
public struct ArrivalTimeSpan: Sendable, Hashable {
    /// When the rate holds, seconds since the horizon's start.
    public var timeSpan: TimeSpan
    /// Expected contacts in the span on a usual day, ≥ 0.
    public var contacts: Double
    /// What talk, hold and after-contact work of contacts arriving here are multiplied by, > 0.
    public var handlingFactor: Double

    /// `contacts` are expected in the whole of the time span, evenly.
    public init(_ timeSpan: TimeSpan, contacts: Double, handlingFactor: Double = 1) {
        self.timeSpan = timeSpan
        self.contacts = contacts
        self.handlingFactor = handlingFactor
    }
}

/// What callers who hang up do next.
public struct Redial: Sendable {
    /// The chance that one who hung up calls again, 0…1.
    public var share: Double
    /// The chance that one who was blocked calls again, 0…1; nil is the same as after hanging up.
    public var shareWhenBlocked: Double?
    /// The same chance after the second time, the third time and so on; the last one holds from then on. Empty for
    /// `share` each time.
    public var laterShares: [Double] = []
    /// Seconds from hanging up to the next call.
    public var delay: Distribution
    /// Seconds until one who was blocked calls again; nil is the same as after hanging up.
    public var delayWhenBlocked: Distribution?
    /// The most redials of one caller.
    public var atMost: Int
    /// Whether who calls again is as patient and takes as long as before; else both are drawn anew.
    public var keepsCaller = false

    /// The same chance each time, up to `atMost` redials of one caller; `delay` in seconds.
    public init(share: Double, whenBlocked: Double? = nil, delay: Distribution, atMost: Int = 3) {
        self.share = share
        shareWhenBlocked = whenBlocked
        self.delay = delay
        self.atMost = atMost
    }

    /// The chance that one who has called again `attempt` times already does so once more.
    package func chance(attempt: Int, wasBlocked: Bool) -> Double {
        if wasBlocked, let shareWhenBlocked { return shareWhenBlocked }
        guard attempt > 0, !laterShares.isEmpty else { return share }
        return laterShares[min(attempt, laterShares.count) - 1]
    }
}

/// A promise such as 80 % in 30 s, with the rule that counts it.
public struct ServiceTarget: Sendable, Hashable {
    /// Whether waiting goes on while the type is closed.
    public enum Clock: String, Sendable, CaseIterable {
        /// Waiting always counts.
        case allHours = "all_hours"
        /// Waiting counts only in the type's opening hours.
        case openHours = "open_hours"
    }

    /// The share promised, a fraction.
    public var share: Double
    /// The acceptable wait, seconds.
    public var acceptableWait: Double
    /// Which contacts count as met, and which are left out.
    public var rule: ServiceLevelRule
    /// Waits of the type are told by this clock.
    public var clock: Clock

    /// `share` is a fraction, `acceptableWait` in seconds.
    public init(
        share: Double, within acceptableWait: Double, rule: ServiceLevelRule = .ofAllOffered, clock: Clock = .allHours
    ) {
        self.share = share
        self.acceptableWait = acceptableWait
        self.rule = rule
        self.clock = clock
    }

    /// Whether `share` of the contacts in time, 0…1, is as many as promised.
    public func isReached(by share: Double) -> Bool { PromisedShare(self.share).isReached(by: share, of: 1.0) }
}

/// How a service level is counted; the list stands with the formulas.
public typealias ServiceLevelRule = Queueing.ServiceLevelRule
