import Experiments
import Simulator

/// The two hours of one day in which a group is busiest: a mean over day and night hides a night without a pause.
struct BusiestTimeSpan {
    var group: Int
    /// Indices of the horizon's periods, which follow each other on one day.
    var periods: ClosedRange<Int>
    /// Handling ÷ (handling + available), 0…1.
    var occupancy: Double

    /// Shorter stretches are busy by chance.
    private static let length = 7200.0

    /// Of all groups, the first of equals; nil where nobody is scheduled for so long. Only times at which people of the
    /// group are planned count: after the last shift only those are there who still have a contact.
    static func find(in results: Results) -> BusiestTimeSpan? {
        let periods = results.scenario.horizon.periods
        let groupCount = results.groups.count
        var best: BusiestTimeSpan?
        for g in 0..<groupCount {
            var (first, busy, present) = (0, 0.0, 0.0)
            let figures = periods.indices.map { results.groupTime(period: $0, group: g) }
            for p in periods.indices {
                let follows = p > 0 && periods[p - 1].day == periods[p].day
                if results.scheduledSeconds[p * groupCount + g] <= 0 || !follows {
                    (first, busy, present) = (p, 0, 0)
                    if results.scheduledSeconds[p * groupCount + g] <= 0 {
                        first = p + 1
                        continue
                    }
                }
                busy += figures[p].busy
                present += figures[p].present
                while periods[p].end - periods[first].start - (periods[first].end - periods[first].start) >= length - 1
                {
                    busy -= figures[first].busy
                    present -= figures[first].present
                    first += 1
                }
                guard periods[p].end - periods[first].start >= length - 1, present > 0 else { continue }
                let share = busy / present
                // Sums that should be equal differ in their last digits.
                if share > (best?.occupancy ?? -1) + 1e-9 {
                    best = BusiestTimeSpan(group: g, periods: first...p, occupancy: min(1, share))
                }
            }
        }
        return best
    }
}
