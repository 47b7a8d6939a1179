import Center
import Probability
import Queueing
import ScenarioText
import Tabular

/// A contact type as read, before times of day become seconds of the horizon.
///
/// What the file says outright is written into the scenario's value, which answers here under its own names; the rest
/// waits until hours, rules and other types are known.
@dynamicMemberLookup
struct ContactTypeDraft {
    /// Without its opening hours and arrivals yet, and without what other types say of it.
    var type: ContactType
    /// Where it is named.
    var key: Node
    var hours = WeeklyHours()
    var target: TargetDraft?
    /// By language, where languages have promises of their own.
    var languageTargets: [String: (share: Double, within: Double)] = [:]
    var callback: CallbackDraft?
    var whenClosed = ClosedDraft()
    var transfers: [(to: String, share: Double, handOver: HandOver?)] = []
    var consult: ConsultDraft?
    var misrouted: MisroutedDraft?
    var wrapUpLater: (whenWaiting: Int, due: Double?)?
    var chase: (share: Double, after: Double, type: String)?
    var replies: [(to: String, share: Double, delay: Distribution?)] = []
    var again: (share: Double, delay: Distribution)?
    var followUp: FollowUpDraft?
    /// Where what it brings about is given: the entries of `transfers`, `repeat` and the languages.
    var nodes: [String: Node] = [:]
    var shortAbandon: Double?
    var volume = Volume.none
    var shape = DayShape.flat
    /// The part of a day's number that comes while it is closed.
    var outsideHours = 0.0
    /// Whether a day's number is spread over all its hours, and comes on days on which it is closed, too.
    var comesAtAnyTime: Bool { type.channel.kind == .deferred && shape == .written }
    /// What of it is handed on to a live type in writing: from which type first.
    var written: WrittenDraft?

    struct WrittenDraft {
        var from: Int
        var channel: Channel
        var priority: Int
        var target: TargetDraft?
        var hours: WeeklyHours

        /// Where several kinds of messages are handed on to one type: the more urgent priority and the sooner promise.
        func stricter(_ other: WrittenDraft) -> WrittenDraft {
            var both = self
            both.priority = min(priority, other.priority)
            if let theirs = other.target, target.map({ theirs.within < $0.within }) ?? true { both.target = theirs }
            return both
        }
    }

    /// Where its arrivals are given.
    var arrivals: Node.Entry?

    init(id: String, key: Node) {
        // A type whose talk is not given is complained of, and never resolved.
        type = ContactType(id: id, open: [], arrivals: [], talk: .fixed(Fixed(0)))
        self.key = key
    }

    subscript<Value>(dynamicMember path: WritableKeyPath<ContactType, Value>) -> Value {
        get { type[keyPath: path] }
        set { type[keyPath: path] = newValue }
    }

    struct TargetDraft {
        var share: Double
        var within: Double
        var rule: ServiceLevelRule?
        var clock = ServiceTarget.Clock.allHours
    }

    struct CallbackDraft {
        var offerAfter: Double
        var accepted: Double
        /// The promise, seconds on every clock; nil promises nothing.
        var within: Double?
        var attempts: Int
        var noAnswer: Double
        var retryAfter: Double
        /// The share who call again when the promise is broken.
        var chase: Double
        /// What a try that nobody answers takes, seconds.
        var ringing: Double
        /// Whether a call goes before everything, whatever its priority, when two thirds of the promise are gone.
        var isBeforeEverything: Bool
        /// When people may be called while we are closed.
        var between: WeeklyHours.Range

        static let standardHours = WeeklyHours.Range(from: 8 * 3600, to: 21 * 3600)
    }

    struct ConsultDraft {
        var type: String
        var share: Double
        var takes: Distribution
        var waitsAtMost: Double
    }

    struct MisroutedDraft {
        var type: String
        var share: Double
        var takes: Distribution
    }

    /// What becomes of those who come while it is closed, and by when, seconds on the clock of what becomes of them.
    struct ClosedDraft {
        var word = WhenClosedWord.turnedAway
        var within = 0.0
    }

    struct FollowUpDraft {
        var share: Double
        var work: Distribution
        /// Seconds of opening time; nil promises nothing.
        var due: Double?
        /// ≥ 1, and what lies between them.
        var touches: Int
        var wait: Distribution?
        /// The share who ask when it is not begun in time.
        var chase: Double
    }

    /// What is told about the number of contacts.
    enum Volume {
        case none
        case table(IntervalTable, gapsAreZero: Bool)
        /// Contacts a day, by weekday.
        case daily([Double?])
        /// Contacts per second while open.
        case rate(Double)
    }
}
