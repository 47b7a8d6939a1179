/// A way in which contacts come, and how agents work on such contacts.
public struct Channel: Sendable, Hashable {
    /// Whether the other side waits for an answer.
    public enum Kind: String, Sendable, CaseIterable {
        /// Somebody is on the line: has patience, and is served before deferred work.
        case live
        /// Work that waits until somebody is free: taken at any hour, never hangs up.
        case deferred = "later"
    }

    /// Which agent with room gets the next contact of a channel that is handled several at once.
    public enum Loading: String, Sendable, CaseIterable {
        /// The agent with the fewest in hand, an idle one first.
        case leastLoaded = "least_loaded"
        /// The agent with the most in hand, an idle one last.
        case mostLoaded = "most_loaded"
        /// The most loaded where one of the groups also serves live contacts one at a time, for whom the others then stay
        /// free; else the least loaded.
        case automatic
    }

    /// The name in files, such as `phone`.
    public var id: String
    /// Whether somebody waits on the line or the work waits by itself.
    public var kind: Kind
    /// What a contact's handling is multiplied by while its agent has 1, 2, … in hand, each > 0, the first 1; as many
    /// as one agent handles at the same time.
    public var paces: [Double]
    /// Who gets the next contact; of no effect where agents handle one at a time.
    public var loading: Loading
    /// The most contacts of the channel at once, waiting or served; nil is no limit.
    public var lines: Int?
    /// Whether a live contact that finds nobody idle takes an agent away from such a contact; the agent goes on with it
    /// later.
    public var isInterruptible: Bool

    /// `paces` has one factor for each number of contacts in hand; one contact at a time unless told otherwise.
    public init(
        _ id: String, kind: Kind = .live, paces: [Double] = [1], loading: Loading = .automatic, lines: Int? = nil,
        isInterruptible: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.paces = paces
        self.loading = loading
        self.lines = lines
        self.isInterruptible = isInterruptible
    }

    /// `count` at once, each taking `slowdown` longer with all of them in hand and evenly less with fewer.
    public init(_ id: String, kind: Kind = .live, atOnce count: Int, slowdown: Double, lines: Int? = nil) {
        let paces = (0..<count).map { count > 1 ? 1 + slowdown * Double($0) / Double(count - 1) : 1 }
        self.init(id, kind: kind, paces: paces, lines: lines)
    }

    /// Whether its contacts are written, and wait until somebody works on them: not calls that we make.
    public var isWritten: Bool { kind == .deferred && !isCall && id != Channel.desk.id }

    /// Whether its contacts are calls that we make.
    public var isCall: Bool { [Channel.callback.id, Channel.voicemail.id, Channel.outbound.id].contains(id) }

    /// Paces for up to `count` ≥ 1 at once where nothing else is known: a second contact makes each take a quarter longer,
    /// and every further one adds more than the one before (25 %, 60 %, 105 %, 160 %), so that more than four at once
    /// get no more done.
    public static func usualPaces(_ count: Int) -> [Double] {
        (0..<max(1, count)).map { more -> Double in
            // Whole percents, so that they are read back to the last digit.
            let percent: Int = 25 * more + 5 * more * (more - 1)
            return 1 + Double(percent) / 100
        }
    }

    /// How many one agent handles at the same time.
    public var atOnce: Int { paces.count }

    /// Calls that people make to us.
    public static let phone = Channel("phone")
    /// Two at once, each taking 25 % longer when both are in hand.
    public static let chat = Channel("chat", atOnce: 2, slowdown: 0.25)
    /// Three at once, each taking 40 % longer when all are in hand.
    public static let sms = Channel("sms", atOnce: 3, slowdown: 0.4)
    /// Deferred, and put aside when a live contact finds nobody idle.
    public static let email = Channel("email", kind: .deferred, isInterruptible: true)
    /// Messages on a web site where people are known by name.
    public static let portal = Channel("portal", kind: .deferred, isInterruptible: true)
    /// Calls that we promised to make.
    public static let callback = Channel("callback", kind: .deferred)
    /// Messages that people leave on the phone, answered by a call.
    public static let voicemail = Channel("voicemail", kind: .deferred)
    /// Work without anybody at the other end, such as what is left to do after a call.
    public static let desk = Channel("desk", kind: .deferred, isInterruptible: true)

    /// People at the counter, who compete with those on the line.
    public static let inPerson = Channel("in_person")
    /// Video calls, one at a time.
    public static let video = Channel("video")
    /// Calls that we make from a list, between other work.
    public static let outbound = Channel("outbound", kind: .deferred)

    /// Colleagues who are asked while a caller waits.
    public static let consult = Channel("consult")

    /// Channels that a scenario need not define.
    public static let presets: [Channel] = [
        .phone, .chat, .sms, .email, .portal, .callback, .voicemail, .desk, .inPerson, .video, .outbound,
        .consult,
    ]
}
