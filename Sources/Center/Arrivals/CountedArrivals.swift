import Probability

/// Exactly so many contacts as each time span has, at moments drawn uniformly within it.
///
/// Of k that are still to come in what is left of a time span, each equally likely anywhere, the first comes after a share
/// 1 − (1 − u)^(1/k) of it.
public struct CountedArrivals: ArrivalProcess {
    public static let keyword = "actual"
    public static let summary = "counts of a day that was: exactly so many arrive in each interval"
    public static let isCounted = true

    private var portion = 0
    /// Contacts up to the end of the time span.
    private var total = 0.0
    /// How many are still to come in the time span, −1 before it; and when the latest came.
    private var left = -1
    private var latest = 0.0

    public init() {}

    public mutating func draw(_ batch: ArrivalBatch) -> Int {
        var i = 0
        while portion < batch.portions.count {
            let part = batch.portions[portion]
            if left < 0 {
                // Rounding the running total keeps the day's sum where an interval's count is no whole number.
                let reached = total + batch.contacts(portion)
                left = Int(reached.rounded() - total.rounded())
                total = reached
                latest = part.timeSpan.start
            }
            while left > 0 {
                if i == batch.times.count { return i }
                let share = 1 - PortableMath.exp(PortableMath.log(1 - batch.times[i]) / Double(left))
                left -= 1
                latest += (part.timeSpan.end - latest) * share
                batch.times[i] = latest
                batch.factors[i] = part.handlingFactor
                i += 1
            }
            left = -1
            portion += 1
        }
        return i
    }
}

extension Volumes {
    /// Counts of a day that was: exactly so many arrive in each interval.
    public static let actual = Volumes(CountedArrivals.self)
}
