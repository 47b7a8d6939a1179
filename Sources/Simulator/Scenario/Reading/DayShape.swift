import Queueing

/// How a day's contacts are spread over its opening hours when only their number is told.
package enum DayShape: String, Sendable, CaseIterable {
    case flat
    case healthcare

    /// The arrival rate at `time` relative to the quietest, for a day open from `from` to `to` (seconds of the
    /// wall clock).
    ///
    /// `healthcare` has peaks soon after opening, at lunch (12:30) and in the late afternoon. The heights are a
    /// plausible outline, not measured: give `arrivals` by interval where they are known.
    func weight(at time: Double, from: Double, to: Double) -> Double {
        switch self {
        case .flat: return 1
        case .healthcare:
            func peak(_ height: Double, at middle: Double, width: Double) -> Double {
                let z = (time - middle) / width
                return height * PortableMath.exp(-z * z / 2)
            }
            let hour = 3600.0
            return 1 + peak(0.9, at: from + 1.25 * hour, width: 0.9 * hour)
                + peak(0.3, at: 12.5 * hour, width: 0.6 * hour)
                + peak(0.4, at: to - 1.75 * hour, width: 0.8 * hour)
        }
    }
}
