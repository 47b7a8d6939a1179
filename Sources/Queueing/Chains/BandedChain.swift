/// The stationary law of a Markov chain in continuous time whose moves reach at most `band` states up or down.
///
/// States are numbered 0, 1, …; eliminated from the last to the first by subtraction-free elimination (Grassmann,
/// Taksar, Heyman 1985), so that even a probability of 1e-200 keeps its digits. Memory states × band, time states × band².
struct BandedChain: ~Copyable {
    let count: Int
    let band: Int
    /// Row-wise; column `band + to − from`.
    private let rates: UnsafeMutablePointer<Double>
    private let width: Int

    init(count: Int, band: Int) {
        self.count = count
        self.band = min(band, max(1, count - 1))
        width = 2 * self.band + 1
        rates = .allocate(capacity: count * width)
        rates.initialize(repeating: 0, count: count * width)
    }

    deinit { rates.deallocate() }

    /// Adds moves from one state to another at `rate` per second; moves to the same state do nothing.
    func add(_ from: Int, _ to: Int, _ rate: Double) {
        guard from != to, rate > 0 else { return }
        rates[from * width + band + to - from] += rate
    }

    /// Probabilities that add up to 1; every state must be able to reach state 0. Uses the chain up.
    consuming func stationary() -> [Double] {
        var out = [Double](repeating: 0, count: count)
        for state in stride(from: count - 1, to: 0, by: -1) {
            let first = max(0, state - band)
            let row = rates + state * width + band - state
            var sum = 0.0
            for to in first..<state { sum += row[to] }
            out[state] = sum
            guard sum > 0 else { continue }
            let inverse = 1 / sum
            for from in first..<state {
                let origin = rates + from * width + band - from
                let rate = origin[state]
                guard rate > 0 else { continue }
                let share = rate * inverse
                for to in first..<state { origin[to] += share * row[to] }
            }
        }
        var law = [Double](repeating: 0, count: count)
        law[0] = 1
        var total = 1.0
        for state in 1..<max(1, count) {
            guard out[state] > 0 else { continue }
            var flow = 0.0
            for from in max(0, state - band)..<state {
                flow += law[from] * rates[from * width + band + state - from]
            }
            law[state] = flow / out[state]
            total += law[state]
            if total > 1e200 {
                for i in 0...state { law[i] *= 1e-200 }
                total *= 1e-200
            }
        }
        for i in 0..<count { law[i] /= total }
        return law
    }
}
