/// The Markov chain of one interval, uniformised: all its states change at one rate, some of them into themselves
/// (Jensen 1953; Grassmann 1977).
///
/// States stand in one row. First the x = 0…s + Q contacts in the center while no more agents are busy than on duty;
/// then, for each surplus d = 1…S of agents who finish their last contact, q = 0…Q waiting. So the states in which an
/// arrival waits are the contiguous ones from s on, (Q + 1) for every surplus d = 0…S: `ahead` rows below.
struct IntervalChain {
    /// s: agents on duty.
    let agents: Int
    /// Q: the most that wait; chosen so that more have no probability.
    let room: Int
    /// S: agents who may be busy beyond those on duty.
    let surplus: Int
    /// Per second: arrivals, service per agent, giving up per contact.
    let arrival: Double
    let service: Double
    let leaving: Double
    /// Changes per second, real ones and those into the same state.
    let rate: Double
    /// Chances per change: of staying, of coming to i by an arrival, of going from i to i − 1, of a surplus agent's end.
    private let stay: [Double]
    private let up: [Double]
    private let down: [Double]
    private let drop: [Double]
    /// The same as seen by a contact that waits behind those ahead; its own end is what is left to 1.
    private let stayAhead: [Double]
    private let downAhead: [Double]

    /// States with less probability than this are left out while it moves.
    private static let negligible = 1e-30

    var width: Int { room + 1 }
    var count: Int { agents + width * (surplus + 1) }
    /// States in which an arrival waits.
    var aheadCount: Int { width * (surplus + 1) }

    init(agents: Int, room: Int, surplus: Int, arrival: Double, service: Double, leaving: Double) {
        self.agents = agents
        self.room = room
        self.surplus = surplus
        self.arrival = arrival
        self.service = service
        self.leaving = leaving
        let fastest = arrival + Double(agents + surplus) * service + Double(room + 1) * leaving
        rate = max(fastest, 1e-12)
        let perChange = 1 / rate
        let width = room + 1
        let count = agents + width * (surplus + 1)
        var stay = [Double](repeating: 1, count: count)
        var up = [Double](repeating: 0, count: count + 1)
        var down = [Double](repeating: 0, count: count + 1)
        var drop = [Double](repeating: 0, count: count)
        var stayAhead = [Double](repeating: 1, count: width * (surplus + 1))
        var downAhead = [Double](repeating: 0, count: width * (surplus + 1))
        for i in 0..<count {
            let beyond = max(0, i - agents)
            let d = beyond / width
            let q = beyond % width
            let busy = i < agents ? i : agents + d
            let serving = Double(busy) * service
            let quitting = Double(q) * leaving
            let isFull = i >= agents && q == room
            stay[i] = max(0, 1 - ((isFull ? 0 : arrival) + serving + quitting) * perChange)
            if !isFull, i + 1 < count { up[i + 1] = arrival * perChange }
            down[i] = (d == 0 ? serving + quitting : quitting) * perChange
            if d > 0 { drop[i] = serving * perChange }
            guard i >= agents else { continue }
            stayAhead[i - agents] = max(0, 1 - (serving + quitting + leaving) * perChange)
            downAhead[i - agents] = q == 0 ? 0 : down[i]
        }
        self.stay = stay
        self.up = up
        self.down = down
        self.drop = drop
        self.stayAhead = stayAhead
        self.downAhead = downAhead
    }

    // MARK: Forward

    /// Moves the probabilities of the states on by `time` and adds their integral over it.
    ///
    /// Returns the least state that had probability, or nil when more wanted to wait than there is room for.
    func advance(_ p: inout [Double], by time: Double, integral: inout [Double]) -> Int? {
        var all: [[Double]] = []
        return advance(&p, by: [time], each: &all, integral: &integral)
    }

    /// The probabilities after each of `times`, ascending; `p` ends as the last of them.
    func distributions(_ p: inout [Double], after times: [Double]) -> [[Double]] {
        var all: [[Double]] = []
        var integral: [Double] = []
        _ = advance(&p, by: times, each: &all, integral: &integral)
        return all
    }

    private func advance(
        _ p: inout [Double], by times: [Double], each: inout [[Double]], integral: inout [Double]
    ) -> Int? {
        let count = count
        let width = width
        let levelEnd = agents + width
        let weights = times.map { PoissonWeights(mean: rate * $0) }
        let last = weights[times.count - 1]
        let final = last.first + last.weights.count - 1
        var sums = [[Double]](repeating: [Double](repeating: 0, count: count), count: times.count)
        // One cell more on each side, always 0, spares the ends a case of their own.
        var now = [0] + p + [0]
        var next = [Double](repeating: 0, count: count + 2)
        // Only the first row is cut to where probability is, and only while no surplus agents drop into it.
        let isCut = surplus == 0
        var low = isCut ? p.firstIndex { $0 > Self.negligible } ?? 0 : 0
        var high = isCut ? p.lastIndex { $0 > Self.negligible } ?? 0 : levelEnd - 1
        var least = low
        var fits = true
        for k in 0...final {
            now.withUnsafeMutableBufferPointer { buffer in
                let u = buffer.baseAddress! + 1
                for (index, weights) in weights.enumerated() {
                    let i = k - weights.first
                    guard i >= 0, i < weights.weights.count else { continue }
                    let weight = weights.weights[i]
                    sums[index].withUnsafeMutableBufferPointer { sum in
                        for j in low...high { sum[j] += weight * u[j] }
                        for j in levelEnd..<max(levelEnd, count) { sum[j] += weight * u[j] }
                    }
                }
                if !integral.isEmpty {
                    let tail = (k < last.first ? 1 : last.tails[k - last.first]) / rate
                    integral.withUnsafeMutableBufferPointer { sum in
                        for j in low...high { sum[j] += tail * u[j] }
                        for j in levelEnd..<max(levelEnd, count) { sum[j] += tail * u[j] }
                    }
                }
                guard k < final else { return }
                next.withUnsafeMutableBufferPointer { buffer in
                    let v = buffer.baseAddress! + 1
                    // What was left of the state before last lies beyond these ends.
                    if low > 0 { low -= 1 }
                    if high < levelEnd - 1 { high += 1 }
                    if low > 0 { v[low - 1] = 0 }
                    v[high + 1] = 0
                    step(u, v, low, high)
                    while isCut, low < high, v[low] < Self.negligible {
                        v[low] = 0
                        low += 1
                    }
                    while isCut, high > low, v[high] < Self.negligible {
                        v[high] = 0
                        high -= 1
                    }
                    for d in 0...surplus where v[levelEnd - 1 + d * width] > 1e-16 { fits = false }
                }
            }
            least = min(least, low)
            swap(&now, &next)
            if !fits { return nil }
        }
        p = sums[times.count - 1]
        each = sums
        return least
    }

    /// One change of state: v = u P, on low…high of the first row and on all the others.
    @inline(__always)
    private func step(_ u: UnsafePointer<Double>, _ v: UnsafeMutablePointer<Double>, _ low: Int, _ high: Int) {
        let width = width
        let levelEnd = agents + width
        let count = count
        stay.withUnsafeBufferPointer { stay in
            up.withUnsafeBufferPointer { up in
                down.withUnsafeBufferPointer { down in
                    for i in low...high { v[i] = stay[i] * u[i] + up[i] * u[i - 1] + down[i + 1] * u[i + 1] }
                    guard surplus > 0 else { return }
                    for i in levelEnd..<count { v[i] = stay[i] * u[i] + up[i] * u[i - 1] + down[i + 1] * u[i + 1] }
                }
            }
        }
        guard surplus > 0 else { return }
        drop.withUnsafeBufferPointer { drop in
            for i in levelEnd..<count { v[i - width] += drop[i] * u[i] }
        }
    }

    // MARK: Backward

    /// What a waiting contact expects, for every state ahead of it: `value` is what it expects `time` later if it still
    /// waits, `reward` what it earns a second until then; answered, it expects nothing more.
    func expectations(_ value: [Double], time: Double, reward: Double) -> [Double] {
        var value = value
        var left = time
        while left > 0 {
            // Long times end early, when nothing moves any more.
            let part = min(left, 2000 / rate)
            let before = value
            value = backward(value, time: part, reward: reward, least: 0, integrates: false).0
            left -= part
            var moved = 0.0
            for i in value.indices { moved = max(moved, abs(value[i] - before[i])) }
            if moved < 1e-17 { break }
        }
        return value
    }

    /// As `expectations`, and for every state ≥ `least` at the start the integral over the interval of what those
    /// who arrive then expect.
    func expectationsAndIntegral(
        _ value: [Double], time: Double, reward: Double, least: Int
    ) -> (value: [Double], integral: [Double]) {
        backward(value, time: time, reward: reward, least: least, integrates: true)
    }

    private func backward(
        _ value: [Double], time: Double, reward: Double, least: Int, integrates: Bool
    ) -> ([Double], [Double]) {
        let weights = PoissonWeights(mean: rate * time)
        let final = weights.first + weights.weights.count - 1
        let count = count
        let ahead = aheadCount
        let gain = reward / rate
        var value = [0] + value
        var nextValue = value
        var total = [Double](repeating: 0, count: integrates ? count + 2 : 0)
        var nextTotal = total
        var valueSum = [Double](repeating: 0, count: ahead)
        var totalSum = [Double](repeating: 0, count: integrates ? count : 0)
        for k in 0...final {
            value.withUnsafeMutableBufferPointer { value in
                let h = value.baseAddress! + 1
                if k >= weights.first {
                    let weight = weights.weights[k - weights.first]
                    valueSum.withUnsafeMutableBufferPointer { sum in
                        for j in 0..<ahead { sum[j] += weight * h[j] }
                    }
                    if integrates {
                        total.withUnsafeBufferPointer { total in
                            let g = total.baseAddress! + 1
                            totalSum.withUnsafeMutableBufferPointer { sum in
                                for j in least..<count { sum[j] += weight * g[j] }
                            }
                        }
                    }
                }
                guard k < final else { return }
                if integrates {
                    total.withUnsafeMutableBufferPointer { total in
                        let g = total.baseAddress! + 1
                        // Below `least` there is no probability; the chain turns back there.
                        if least > 0 { g[least - 1] = g[least] }
                        nextTotal.withUnsafeMutableBufferPointer { next in
                            stepTotal(g, h, next.baseAddress! + 1, least)
                        }
                    }
                }
                nextValue.withUnsafeMutableBufferPointer { next in
                    stepValue(h, next.baseAddress! + 1, gain: gain)
                }
            }
            swap(&value, &nextValue)
            swap(&total, &nextTotal)
        }
        return (valueSum, totalSum)
    }

    /// One change back for the sum earned by those who arrive: f = P g + what an arrival expects ÷ rate.
    @inline(__always)
    private func stepTotal(
        _ g: UnsafePointer<Double>, _ h: UnsafePointer<Double>, _ f: UnsafeMutablePointer<Double>, _ least: Int
    ) {
        let perChange = 1 / rate
        let width = width
        let count = count
        stay.withUnsafeBufferPointer { stay in
            up.withUnsafeBufferPointer { up in
                down.withUnsafeBufferPointer { down in
                    for i in least..<count { f[i] = stay[i] * g[i] + up[i + 1] * g[i + 1] + down[i] * g[i - 1] }
                }
            }
        }
        if surplus > 0 {
            drop.withUnsafeBufferPointer { drop in
                for i in (agents + width)..<count { f[i] += drop[i] * g[i - width] }
            }
        }
        let waiting = f + agents
        for j in max(0, least - agents)..<aheadCount { waiting[j] += perChange * h[j] }
    }

    /// One change back for a waiting contact.
    @inline(__always)
    private func stepValue(_ h: UnsafePointer<Double>, _ f: UnsafeMutablePointer<Double>, gain: Double) {
        let ahead = aheadCount
        let width = width
        stayAhead.withUnsafeBufferPointer { stay in
            downAhead.withUnsafeBufferPointer { down in
                for j in 0..<ahead { f[j] = stay[j] * h[j] + down[j] * h[j - 1] + gain }
            }
        }
        guard surplus > 0 else { return }
        drop.withUnsafeBufferPointer { drop in
            for j in width..<ahead { f[j] += drop[agents + j] * h[j - width] }
        }
    }

    /// What a waiting contact expects when these agents stay for ever; ∞ where nobody ever comes to serve.
    func finalExpectations(reward: Double) -> [Double] {
        var value = [Double](repeating: 0, count: aheadCount)
        for d in 0...surplus {
            for q in 0...room {
                let serving = Double(agents + d) * service
                let quitting = Double(q) * leaving
                let out = serving + quitting + leaving
                let less = q > 0 ? value[d * width + q - 1] : 0
                let sum = d == 0 ? (serving + quitting) * less : quitting * less + serving * value[(d - 1) * width + q]
                value[d * width + q] = out > 0 ? (sum + reward) / out : .infinity
            }
        }
        return value
    }
}
