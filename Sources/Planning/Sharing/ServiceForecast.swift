import Center
import Dispatch
import Queueing
import Simulator
import Synchronization

/// What callers are to expect of the people who are planned, when each person serves one contact at a time whatever their
/// skills: by formula, for each period and each kind of callers.
///
/// Every set of groups that some callers depend on is one queue: contacts that only it can serve, and of those whom others
/// serve too its part. The queues are followed through the whole horizon (birth-and-death chains in small steps), over a few
/// equally likely variants of each day; deferred work fills what calls leave of people's time.
struct ServiceForecast: Sendable {
    let callers: [Callers]
    /// `[period][callers]`.
    let counts: [ForecastCounts]
    /// `[variant][period][callers]`.
    private let moments: [[ForecastMoment?]]
    /// `[period][group]`: seconds of contacts on the line and of lists, on average.
    let taken: [Double]
    let inLists: [Double]

    init(_ scenario: Scenario, patient: Set<Int> = []) {
        let grid = ForecastGrid(scenario, patient: patient)
        callers = grid.callers
        let runs = Mutex([ForecastRun?](repeating: nil, count: grid.variants.count))
        DispatchQueue.concurrentPerform(iterations: grid.variants.count) { variant in
            let run = ForecastRun(grid, variant: variant)
            runs.withLock { $0[variant] = run }
        }
        let all = runs.withLock { $0.compactMap { $0 } }
        var counts = all[0].counts
        var taken = all[0].taken
        var inLists = all[0].inLists
        for run in all.dropFirst() {
            for i in counts.indices { counts[i] += run.counts[i] }
            for i in taken.indices {
                taken[i] += run.taken[i]
                inLists[i] += run.inLists[i]
            }
        }
        let share = 1 / Double(all.count)
        for i in taken.indices {
            taken[i] *= share
            inLists[i] *= share
        }
        self.counts = counts
        self.taken = taken
        self.inLists = inLists
        moments = all.map(\.moments)
    }

    /// What callers would meet in a period with so many more people who serve them; nil where nobody comes.
    func counts(period p: Int, callers c: Int, more: Int) -> ForecastCounts? {
        var sum = ForecastCounts()
        for variant in moments {
            guard let moment = variant[p * callers.count + c] else { continue }
            var rates = moment.rates
            rates.people += Double(more)
            let outcome = moment.view.outcome(.settled(rates), rates)
            sum.offered += moment.weight
            sum.answered += moment.weight * outcome.answered
            sum.answeredInTime += moment.weight * outcome.inTime
            sum.abandonedInTime += moment.weight * outcome.goneInTime
            sum.shortAbandoned += moment.weight * outcome.goneShort
            sum.abandoned += moment.weight * (1 - outcome.answered)
        }
        return sum.offered > 0 ? sum : nil
    }
}
