import Probability
import Queueing

/// A contact that another one brings about: handed on, come again, or left to be done.
public struct FollowOn: Sendable {
    /// Why there is another contact.
    public enum Cause: Int, Sendable, CaseIterable {
        /// The caller is handed on when talk and hold are over.
        case transfer = 1
        /// The matter was not resolved and the caller comes again.
        case again
        /// Work that is left to be done.
        case followUp
        /// A call that we promised to make.
        case callback
        /// A message left while we were closed.
        case message
        /// A colleague is asked while the caller waits.
        case consult
        /// Somebody asks about deferred work that still waits.
        case chaser
        /// Somebody whom we reached answers later, in a contact of another type.
        case reply
        /// After-contact work that was put off.
        case documentation

        /// A digit of the path that addresses a contact's random numbers. Two causes that one contact cannot both have
        /// share a digit.
        package var digit: UInt64 {
            switch self {
            case .reply: Cause.again.digit
            case .documentation: Cause.message.digit
            default: UInt64(rawValue)
            }
        }
    }

    /// Why it comes about. Names and random numbers of contacts follow from it.
    public var cause: Cause
    /// The share of answered contacts that bring it about, 0…1. A contact is handed on to one type at most. If it is
    /// handed on, whether it comes again is decided by the type to which it goes.
    public var share: Double
    /// Index into the scenario's contact types.
    public var contactType: Int
    /// From the end of the handling; nil is at once. Not for transfers.
    public var delay: Distribution?
    /// Of a transfer or a consult: how the agent waits for the colleague; nil hands on without waiting.
    public var handOver: HandOver?

    /// `contactType` is an index into the scenario's contact types; `delay` runs from the end of the handling.
    public init(
        _ cause: Cause, share: Double, contactType: Int, delay: Distribution? = nil, handOver: HandOver? = nil
    ) {
        self.handOver = handOver
        self.cause = cause
        self.share = share
        self.contactType = contactType
        self.delay = delay
    }
}

/// An offer to call back those who wait.
public struct Callback: Sendable {
    /// The wait after which it is offered, seconds; 0 is as soon as a contact has to wait.
    public var offerAfter: Double
    /// The share that accepts, 0…1.
    public var accepted: Double
    /// Index of the contact type whose contacts are the calls to be made; its target is the promise.
    public var contactType: Int
    /// How often is tried, ≥ 1.
    public var attempts: Int
    /// The chance that nobody answers a try, 0…<1.
    public var noAnswer: Double
    /// Seconds from a try that nobody answered to the next one.
    public var retryAfter: Double
    /// What a try that nobody answers takes, seconds.
    public var ringing: Double

    /// One try that is always answered, unless told otherwise; times in seconds.
    public init(
        offerAfter: Double, accepted: Double, contactType: Int, attempts: Int = 1, noAnswer: Double = 0,
        retryAfter: Double = 600, ringing: Double = 30
    ) {
        self.offerAfter = offerAfter
        self.accepted = accepted
        self.contactType = contactType
        self.attempts = attempts
        self.noAnswer = noAnswer
        self.retryAfter = retryAfter
        self.ringing = ringing
    }
}

/// What becomes of a live contact that arrives outside opening hours.
public enum WhenClosed: Sendable, Hashable {
    /// They are sent away.
    case turnedAway
    /// They leave a message, which is a contact of this type, at once.
    case message(contactType: Int)
    /// They are called back: a contact of this type, from the next opening on.
    case callbackNextOpen(contactType: Int)
}

/// What changes for a contact that has waited long.
public struct Escalation: Sendable, Hashable {
    /// Seconds since the contact was offered.
    public var after: Double
    /// The priority from then on, before all deferred work if it is urgent; nil leaves it.
    public var priority: Int?
    /// Agent groups, by index, that may serve it from then on, after those who always may.
    public var groups: [Int]
    /// When so many contacts of the type wait, whatever the wait of each: then all of them change.
    public var whenWaiting: Int?
    /// Of deferred work: from then on it goes first among contacts of its priority, also before those on the line, but
    /// never before a more urgent one.
    public var isFirst = false
    /// Seconds of wait from which on some contacts change already: each changes at its own moment between this and
    /// `after`, so that those who came together do not all change at once; nil is `after`.
    public var from: Double?

    /// After so many seconds of wait, a new priority, further groups by index, or both.
    public init(after: Double, priority: Int? = nil, groups: [Int] = []) {
        self.after = after
        self.priority = priority
        self.groups = groups
    }

    /// A promise that is nearly due goes first among contacts of its priority, each at a moment of its own.
    public init(firstFrom from: Double, to after: Double) {
        self.init(after: after)
        self.from = from
        isFirst = true
    }

    /// Further groups come to help when so many of the type wait.
    public init(whenWaiting count: Int, groups: [Int]) {
        self.init(after: .infinity, groups: groups)
        whenWaiting = count
    }
}
