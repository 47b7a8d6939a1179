import Queueing

/// How an agent stays with a contact until a colleague has come, to hand it over in person or to ask.
public struct HandOver: Sendable, Hashable {
    /// Seconds that both are with the contact when it is handed over, ≥ 0; a consult lasts as long as the colleague's
    /// own contact, of which this is the mean.
    public var together: Double
    /// Seconds after which the agent stops waiting for a colleague: the caller then waits alone, a question is given up.
    public var waitsAtMost: Double

    /// Times in seconds; without `together` the colleague takes over at once.
    public init(together: Double = 0, waitsAtMost: Double) {
        self.together = together
        self.waitsAtMost = waitsAtMost
    }
}

/// A third party on the line, so that agents can serve contacts in languages that they do not speak.
public struct Interpreter: Sendable, Hashable {
    /// The languages that are interpreted.
    public var languages: [String]
    /// The wait after which agents who do not speak the language may take the contact, seconds; 0 is at once.
    public var after: Double
    /// Seconds until the interpreter is on the line, the caller being on hold.
    public var connect: Double
    /// What talk, hold and after-contact work are multiplied by, > 0.
    public var handlingFactor: Double

    /// Times in seconds; unless told otherwise, at once and in the usual handling time.
    public init(languages: [String], after: Double = 0, connect: Double = 0, handlingFactor: Double = 1) {
        self.languages = languages
        self.after = after
        self.connect = connect
        self.handlingFactor = handlingFactor
    }
}

/// Callers who leave at once when they are told how long the wait is.
public struct Balking: Sendable, Hashable {
    /// The share of those who would have to wait so long, 0…1.
    public var share: Double
    /// The announced wait from which on they leave, seconds: the wait so far of the contact of the class that came
    /// first (Ibrahim and Whitt, 2009), 0 where nobody waits.
    public var over: Double

    /// `share` of those who hear of a wait of `over` seconds or more.
    public init(share: Double, over: Double = 0) {
        self.share = share
        self.over = over
    }
}

/// How often somebody is called who may not answer.
public struct Tries: Sendable, Hashable {
    /// How often is tried, ≥ 1.
    public var attempts: Int
    /// The chance that a try reaches nobody, 0…<1.
    public var noAnswer: Double
    /// Seconds from a try that reached nobody to the next one.
    public var retryAfter: Double
    /// What a try that reaches nobody takes, seconds.
    public var ringing: Double

    /// Times in seconds; a try that reaches nobody rings half a minute unless told otherwise.
    public init(attempts: Int, noAnswer: Double, retryAfter: Double = 600, ringing: Double = 30) {
        self.attempts = attempts
        self.noAnswer = noAnswer
        self.retryAfter = retryAfter
        self.ringing = ringing
    }

    /// The share of those to be called who are reached by some try.
    package var reached: Double {
        var missed = 1.0
        for _ in 0..<attempts { missed *= noAnswer }
        return 1 - missed
    }
}

/// Somebody asks about deferred work that still waits.
public struct Chase: Sendable, Hashable {
    /// The share of those still waiting then, 0…1.
    public var share: Double
    /// Seconds since the contact was offered, on the clock of its target.
    public var after: Double
    /// Index of the contact type as which they come.
    public var contactType: Int

    /// `after` in seconds on the clock of the target; `contactType` is the index of the type of those who ask.
    public init(share: Double, after: Double, contactType: Int) {
        self.share = share
        self.after = after
        self.contactType = contactType
    }
}

/// After-contact work that is put off while many wait.
public struct DeferredWrapUp: Sendable, Hashable {
    /// How many contacts of the type must wait when the talk ends.
    public var whenWaiting: Int
    /// Index of the contact type as which the work waits to be done.
    public var contactType: Int

    /// `contactType` is the index of the type as which the work is done later.
    public init(whenWaiting: Int, contactType: Int) {
        self.whenWaiting = whenWaiting
        self.contactType = contactType
    }
}

/// How handling changes with the wait before it, and with how many wait: step functions.
public struct HandlingPace: Sendable, Hashable {
    /// By seconds waited, ascending: what handling is multiplied by from there on, > 0.
    public var byWait: [Step]
    /// By contacts of the type that wait when it begins, ascending.
    public var byWaiting: [Step]

    /// From a bound on.
    public struct Step: Sendable, Hashable {
        /// Seconds or contacts, from which on the factor holds.
        public var from: Double
        /// What handling is multiplied by, > 0.
        public var factor: Double

        /// The factor holds from the bound, inclusive, to the next step's.
        public init(from: Double, factor: Double) {
            self.from = from
            self.factor = factor
        }
    }

    /// Empty steps change nothing.
    public init(byWait: [Step] = [], byWaiting: [Step] = []) {
        self.byWait = byWait
        self.byWaiting = byWaiting
    }

    /// What handling is multiplied by.
    package func factor(wait: Double, waiting: Int) -> Double {
        (byWait.last { $0.from <= wait }?.factor ?? 1) * (byWaiting.last { $0.from <= Double(waiting) }?.factor ?? 1)
    }
}
