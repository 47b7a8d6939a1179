/// The probabilities of one interval's last moment, as the next interval with its own staffing finds them.
struct Entering {
    /// S: the most agents who are busy beyond those on duty.
    private(set) var surplus = 0
    /// The most that wait.
    private var waiting = 0
    /// Mean number in the center.
    private var mean = 0.0
    private let agents: Int
    /// Probability by surplus, then by x in the center (surplus 0) or q waiting.
    private var rows: [[Double]] = [[0]]

    /// Less probability than this is nothing.
    private static let negligible = 1e-30

    /// `last` is nil before the day's first interval, when nobody is there.
    init(_ p: [Double], _ last: IntervalChain?, agents: Int, _ shiftEnd: VaryingDay.ShiftEnd) {
        self.agents = agents
        guard let last else {
            rows = [[1]]
            return
        }
        for (i, probability) in p.enumerated() where probability > Self.negligible {
            let beyond = i - last.agents
            let busy = i < last.agents ? i : last.agents + beyond / last.width
            let queue = i < last.agents ? 0 : beyond % last.width
            mean += probability * Double(busy + queue)
            if busy > agents, shiftEnd == .finishesContact {
                add(probability, surplus: busy - agents, queue)
            } else {
                // New agents take waiting contacts at once; handed-back contacts wait in front.
                add(probability, surplus: 0, busy + queue)
            }
        }
        // Surplus agents leave one by one; the last rows hold nothing soon.
        while rows.count > 1, rows[rows.count - 1].reduce(0, +) < 1e-18 { rows.removeLast() }
        waiting = max(0, rows[0].count - 1 - agents)
        for row in rows.dropFirst() { waiting = max(waiting, row.count - 1) }
        surplus = rows.count - 1
    }

    private mutating func add(_ probability: Double, surplus: Int, _ place: Int) {
        while rows.count <= surplus { rows.append([]) }
        while rows[surplus].count <= place { rows[surplus].append(0) }
        rows[surplus][place] += probability
    }

    /// Room for all that may wait during the interval: where the fluid goes, and nine standard deviations.
    func roomGuess(_ interval: VaryingDay.Interval, service: Double, leaving: Double) -> Int {
        let path = FluidPath(
            arrival: interval.arrivalRate, agents: Double(interval.agents), service: service, leaving: leaving)
        let peak = max(mean, path.inSystem(after: interval.duration, from: mean))
        var variance = peak
        if peak > Double(interval.agents) {
            let time = min(interval.duration, leaving > 0 ? 0.5 / leaving : .infinity)
            variance += (interval.arrivalRate + Double(interval.agents) * service) * time
        }
        let most = peak + 9 * (variance + 1).squareRoot() + 10
        return max(waiting + 5, Int(most) - interval.agents, 10)
    }

    /// The probabilities in the order of `chain`, which has room for them.
    func probabilities(in chain: IntervalChain) -> [Double] {
        var p = [Double](repeating: 0, count: chain.count)
        for (x, probability) in rows[0].enumerated() { p[x] = probability }
        for (d, row) in rows.enumerated().dropFirst() {
            for (q, probability) in row.enumerated() { p[chain.agents + d * chain.width + q] = probability }
        }
        return p
    }
}

extension ExactDay {
    /// What a waiting contact expects right before staffing changes from that of `earlier` to that of `later`.
    ///
    /// `value` is what it expects right after; whom a new agent takes at once expects nothing more.
    static func before(
        _ later: IntervalChain, _ value: [Double], _ earlier: IntervalChain, _ shiftEnd: VaryingDay.ShiftEnd
    ) -> [Double] {
        var result = [Double](repeating: 0, count: earlier.aheadCount)
        for d in 0...earlier.surplus {
            for q in 0...earlier.room {
                let busy = earlier.agents + d
                let row: Int
                let ahead: Int
                if busy > later.agents, shiftEnd == .finishesContact {
                    (row, ahead) = (busy - later.agents, q)
                } else {
                    (row, ahead) = (0, busy + q - later.agents)
                }
                guard ahead >= 0 else { continue }
                // Beyond the room of the later interval there is no probability.
                let place = min(row, later.surplus) * later.width + min(ahead, later.room)
                result[d * earlier.width + q] = value[place]
            }
        }
        return result
    }
}
