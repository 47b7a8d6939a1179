import Probability

/// How the contacts of a type come about, given how many belong to each interval.
///
/// A value is the process of one type in one replication: it remembers how far it has come. Uniform numbers have the
/// arrivals' own addresses, one each, so that the n-th arrival of a type is the same whatever else is changed.
public protocol ArrivalProcess: Sendable {
    /// What `volumes` says in a file.
    static var keyword: String { get }
    /// What the numbers of contacts mean, in a line.
    static var summary: String { get }
    /// Whether exactly so many contacts arrive as are given, and not so many on average.
    static var isCounted: Bool { get }

    /// Before the first contact of a replication.
    init()

    /// Replaces the uniform numbers of a batch by the times of the next arrivals, ascending, and says how many there are:
    /// fewer than fit when they are the last.
    mutating func draw(_ batch: ArrivalBatch) -> Int
}

/// The next arrivals of a type, and what they are drawn from.
public struct ArrivalBatch {
    /// Uniform numbers in (0, 1), to become seconds of the horizon.
    public let times: UnsafeMutableBufferPointer<Double>
    /// What the handling of each is multiplied by.
    public let factors: UnsafeMutableBufferPointer<Double>
    /// Sorted, disjoint.
    public let portions: [ArrivalTimeSpan]
    private let days: [Int]
    private let dayFactors: UnsafePointer<Double>

    /// `days` by time span, and `dayFactors` by day.
    package init(
        times: UnsafeMutableBufferPointer<Double>, factors: UnsafeMutableBufferPointer<Double>,
        portions: [ArrivalTimeSpan],
        days: [Int], dayFactors: UnsafePointer<Double>
    ) {
        self.times = times
        self.factors = factors
        self.portions = portions
        self.days = days
        self.dayFactors = dayFactors
    }

    /// Contacts that belong to a time span in this replication, ≥ 0, by its index.
    public func contacts(_ portion: Int) -> Double { portions[portion].contacts * factor(portion) }

    /// How busy the time span's day is, 1 as usual.
    public func factor(_ portion: Int) -> Double { dayFactors[days[portion]] }
}

/// What the numbers of contacts in a scenario mean: a process by its keyword.
public struct Volumes: Sendable, Hashable {
    /// The process itself.
    public let process: any ArrivalProcess.Type

    /// Of a process, listed or your own.
    public init(_ process: any ArrivalProcess.Type) { self.process = process }

    /// Nil for a keyword that is not listed.
    public init?(keyword: String) {
        guard let known = Self.all.first(where: { $0.keyword == keyword }) else { return nil }
        self = known
    }

    /// What `volumes` says in a file.
    public var keyword: String { process.keyword }
    /// Whether exactly so many contacts arrive as are given.
    public var isCounted: Bool { process.isCounted }

    /// Every arrival process; each has its file beside this one, and its line here. The first is the standard.
    public static let all = [
        Volumes(PoissonArrivals.self),
        Volumes(CountedArrivals.self),
    ]

    public static func == (a: Volumes, b: Volumes) -> Bool { a.process == b.process }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(process)) }
}
