import Tabular

/// People of a group who have the same experience.
public struct Tier: Sendable, Hashable {
    /// The name in files, such as `new`; unique within the group.
    public var id: String
    /// Their part of the group's people, 0…1.
    public var share: Double
    /// What handling times are multiplied by when the horizon begins, > 0.
    public var handling: Double
    /// What the chance that a contact comes again is multiplied by when the horizon begins, > 0.
    public var repeats: Double
    /// What the chance that a contact is handed on is multiplied by when the horizon begins, > 0.
    public var transfers: Double
    /// Seconds from the horizon's start until they do everything as others do, the factors falling evenly; nil where they
    /// stay as they are.
    public var ramp: Double?
    /// The share of time that the group's others lose while somebody of the tier is on shift and not through the ramp.
    public var mentoring: Double

    /// As others in everything unless told otherwise; `ramp` in seconds.
    public init(
        id: String, share: Double, handling: Double = 1, repeats: Double = 1, transfers: Double = 1,
        ramp: Double? = nil, mentoring: Double = 0
    ) {
        self.id = id
        self.share = share
        self.handling = handling
        self.repeats = repeats
        self.transfers = transfers
        self.ramp = ramp
        self.mentoring = mentoring
    }

    /// How much of what sets the tier apart is left at a time: 1 at the horizon's start, 0 after the ramp.
    package func distance(at time: Double) -> Double { ramp.map { max(0, 1 - time / $0) } ?? 1 }

    /// A factor at a time.
    package func factor(_ factor: KeyPath<Tier, Double>, at time: Double) -> Double {
        1 + (self[keyPath: factor] - 1) * distance(at: time)
    }

    /// The same from a time on.
    func rest(from time: Double) -> Tier {
        var rest = self
        rest.handling = factor(\.handling, at: time)
        rest.repeats = factor(\.repeats, at: time)
        rest.transfers = factor(\.transfers, at: time)
        rest.ramp = ramp.map { max(1, $0 - time) }
        if distance(at: time) == 0 { rest.mentoring = 0 }
        return rest
    }

    /// The tiers of people 0, 1, 2 …: among the first n each tier has its share of n, to the nearest person.
    package static func sequence(_ tiers: [Tier], count: Int) -> [Int] {
        guard !tiers.isEmpty else { return [] }
        var given = [Double](repeating: 0, count: tiers.count)
        return (0..<count).map { number in
            var best = 0
            for t in tiers.indices {
                let lack = tiers[t].share * Double(number + 1) - given[t]
                if lack > tiers[best].share * Double(number + 1) - given[best] + 1e-9 { best = t }
            }
            given[best] += 1
            return best
        }
    }
}

/// A group's pace at a time of day.
public struct DayPace: Sendable, Hashable {
    /// When it holds.
    public var timeSpan: TimeSpan
    /// What is done of what is usually done in the time, > 0: handling takes 1 ÷ pace as long.
    public var pace: Double

    /// `timeSpan` in seconds since the horizon's start; `pace` > 0, 1 is the usual one.
    public init(_ timeSpan: TimeSpan, pace: Double) {
        self.timeSpan = timeSpan
        self.pace = pace
    }
}
