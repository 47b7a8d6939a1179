import Queueing

/// How a day's contacts are spread over its opening hours when only their number is told.
package enum DayShape: String, Sendable, CaseIterable {
    case flat
    case healthcare
    /// People who write: at any hour, seldom at night.
    case written

    /// The arrival rate at `time` relative to the quietest, for a day open from `from` to `to` (seconds of the
    /// wall clock).
    ///
    /// `healthcare` has peaks soon after opening, at lunch (12:30) and in the late afternoon. They are times of day: where
    /// it opens at another time than a morning's (06:00 to 10:00), or closes at another than an afternoon's (15:00 to
    /// 20:00), as a line that is open at night does, they lie as from 08:00 to 17:00, and nights are quiet. The heights are
    /// a plausible outline, not measured: give `arrivals` by interval where they are known.
    func weight(at time: Double, from: Double, to: Double) -> Double {
        switch self {
        case .flat: return 1
        case .written: return Self.level(at: time)
        case .healthcare:
            func peak(_ height: Double, at middle: Double, width: Double) -> Double {
                let z = (time - middle) / width
                return height * PortableMath.exp(-z * z / 2)
            }
            let hour = 3600.0
            let opening = (6 * hour...10 * hour).contains(from) ? from : 8 * hour
            let closing = (15 * hour...20 * hour).contains(to) ? to : 17 * hour
            return Self.level(at: time) + peak(0.9, at: opening + 1.25 * hour, width: 0.9 * hour)
                + peak(0.3, at: 12.5 * hour, width: 0.6 * hour)
                + peak(0.4, at: closing - 1.75 * hour, width: 0.8 * hour)
        }
    }

    /// From a fifth at night up to a day's level of 1 from 05:00 to 07:00, and down again from 20:00 to 23:00.
    private static func level(at time: Double) -> Double {
        let hour = 3600.0
        let clock = time.truncatingRemainder(dividingBy: 24 * hour)
        return 0.2 + 0.8 * min(1, max(0, min((clock - 5 * hour) / (2 * hour), (23 * hour - clock) / (3 * hour))))
    }
}
