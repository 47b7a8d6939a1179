import Probability

/// Contacts as a Poisson process whose rate follows the time spans.
///
/// The n-th arrival is where the expected number so far reaches the sum of n unit exponentials, so that changing a rate
/// moves arrivals but keeps their numbers, and each number keeps its draws.
public struct PoissonArrivals: ArrivalProcess {
    public static let keyword = "expected"
    public static let summary = "means: the contacts of a run are Poisson around them"
    public static let isCounted = false

    private var portion = 0
    /// The expected number before the time span.
    private var before = 0.0
    /// The sum of unit exponentials so far.
    private var goal = 0.0

    public init() {}

    public mutating func draw(_ batch: ArrivalBatch) -> Int {
        let (times, factors, size) = (batch.times.baseAddress!, batch.factors.baseAddress!, batch.times.count)
        PortableMath.unitExponentials(times, count: size)
        var i = 0
        var goal = goal
        defer { self.goal = goal }
        while portion < batch.portions.count {
            let part = batch.portions[portion]
            let expected = batch.contacts(portion)
            let (start, length) = (part.timeSpan.start, part.timeSpan.length)
            while i < size {
                let next = goal + times[i]
                guard next - before < expected else { break }
                goal = next
                times[i] = start + length * ((next - before) / expected)
                factors[i] = part.handlingFactor
                i &+= 1
            }
            if i == size { break }
            before += expected
            portion += 1
        }
        return i
    }
}

extension Volumes {
    /// Means: the contacts of a run are Poisson around them.
    public static let expected = Volumes(PoissonArrivals.self)
}
