import Center
import Simulator
import Tabular

/// The work of a type whose contacts lie in a list, spread evenly over the open time until it is due.
///
/// What comes in a period is worked on from then until the acceptable wait is over by the type's clock, in opening hours;
/// work that falls due while closed is done in the first period after it that is open. What is due after the horizon's end
/// is spread over its beginning too, as what was left from the time before would be: the horizon is one of many like it.
/// So nothing is late as long as the
/// people are there, chance aside (the deterministic check of deferred work: capacity by t + d covers what came by t).
struct DueWork {
    /// `[period]`: seconds of work to be done.
    let seconds: [Double]

    init(_ type: ContactType, _ demand: [IntervalDemand], in horizon: Horizon) {
        var seconds = [Double](repeating: 0, count: demand.count)
        let within = type.target?.acceptableWait ?? 0
        let isOpenClock = type.target?.clock == .openHours
        let handling = type.handlingTimeMean
        let whole = handling > 0 ? type.workMean / handling : 1
        for (p, own) in demand.enumerated() where own.contacts > 0 {
            let work = own.contacts * (own.handlingTime(usual: handling) ?? handling) * whole
            // From the period's middle on: that is when its contacts come on average.
            let start = (horizon.periods[p].start + horizon.periods[p].end) / 2
            var left = within
            var parts: [(period: Int, open: Double)] = []
            var next = p
            while next < p + demand.count {
                let place = next % demand.count
                let around = next < demand.count ? 0 : horizon.length
                let period = TimeSpan(horizon.periods[place].start + around, horizon.periods[place].end + around)
                let from = max(start, period.start)
                let until = isOpenClock ? period.end : min(period.end, start + within)
                guard until > from || next == p else { break }
                var open = demand[place].open * max(0, until - from) / period.length
                if isOpenClock {
                    open = min(open, left)
                    left -= open
                }
                if open > 0 { parts.append((place, open)) }
                next += 1
                if isOpenClock, left <= 0 { break }
            }
            let room = parts.reduce(0) { $0 + $1.open }
            if room > 0 {
                for part in parts { seconds[part.period] += work * part.open / room }
            } else if let first = (p..<(p + demand.count)).first(where: { demand[$0 % demand.count].open > 0 }) {
                seconds[first % demand.count] += work
            }
        }
        self.seconds = seconds
    }
}
