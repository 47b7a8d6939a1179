import Probability
import Queueing

/// How a day's contacts are spread over its opening hours when only their number is given.
package enum DayShape: String, Sendable, CaseIterable {
    case flat
    case healthcare
    /// People who write: at any hour, seldom at night.
    case written

    /// The arrival rate at `time` relative to the quietest, for a day open from `from` to `to` (seconds of the
    /// wall clock).
    ///
    /// `healthcare` has peaks soon after opening, at lunch (12:30) and in the late afternoon, and little in the last hour.
    /// Two-hour shares from 08:00 to 18:00 (29.9, 22.3, 19.1, 16.4, 12.3 %) follow calls to general practices (NHS England,
    /// 2025–2026: 30.6, 22.9, 17.6, 18.5, 10.6); the second and third peak are what centers tell of, and their heights are
    /// not measured. Peaks are times of day: where it opens at another time than a morning's (06:00 to 10:00), or closes
    /// at another than an afternoon's (15:00 to 20:00), as a line that is open at night does, they lie as from 08:00 to
    /// 17:00, and nights are quiet.
    package func weight(at time: Double, from: Double, to: Double) -> Double {
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
            let closesThen = (15 * hour...20 * hour).contains(to)
            let closing = closesThen ? to : 17 * hour
            return Self.level(at: time) + peak(1.05, at: opening + 1.25 * hour, width: 1.2 * hour)
                + peak(0.4, at: 12.5 * hour, width: 0.5 * hour)
                + peak(0.4, at: closing - 1.75 * hour, width: 0.6 * hour)
                - (closesThen ? peak(0.6, at: closing, width: 1.2 * hour) : 0)
        }
    }

    /// From a fifth at night up to a day's level of 1 from 05:00 to 07:00, and down again from 20:00 to 23:00.
    private static func level(at time: Double) -> Double {
        let hour = 3600.0
        let clock = time.truncatingRemainder(dividingBy: 24 * hour)
        return 0.2 + 0.8 * min(1, max(0, min((clock - 5 * hour) / (2 * hour), (23 * hour - clock) / (3 * hour))))
    }
}
