import Queueing

/// When the next contact of each type arrives: a Poisson process whose rate follows the scenario's pieces.
///
/// The n-th arrival is where the expected number so far reaches the sum of n unit exponentials, so changing a rate
/// moves arrivals but keeps their numbers, and each number keeps its draws. A day's pieces are multiplied by that
/// day's gamma factor.
struct Arrivals: ~Copyable {
    private struct Stream {
        /// Where in the type's pieces we are, and the expected number before that piece.
        var piece = 0
        var before = 0.0
        /// The sum of unit exponentials so far.
        var goal = 0.0
        /// Of counted volumes: how many are still to come in the piece, and when the latest came.
        var left = -1
        var latest = 0.0
        /// Arrivals so far.
        var number: UInt64 = 0
        /// Uniforms of the current block of four.
        var u = (0.0, 0.0, 0.0, 0.0)
        /// The handling factor of the latest arrival's piece.
        var upcomingFactor = 1.0
    }

    private let streams: Dense<Stream>
    private let plans: Dense<Blueprint.TypePlan>
    private let dayFactors: Dense<Double>
    private let dayCount: Int

    init(_ plan: Blueprint) {
        streams = Dense(repeating: Stream(), count: plan.types.count)
        plans = Dense(plan.types)
        dayCount = plan.dayCount
        dayFactors = Dense(repeating: 1, count: plan.types.count * plan.dayCount)
    }

    deinit {
        streams.free()
        plans.free()
        dayFactors.free()
    }

    func begin(_ address: RandomAddress) {
        streams.fill(Stream())
        for t in 0..<plans.count where plans[t].dayToDay > 0 {
            let gamma = Gamma(mean: 1, spread: plans[t].dayToDay)
            for d in 0..<dayCount {
                let u = address.uniforms(subject: plans[t].subject, .dayFactor, index: UInt64(d))
                dayFactors[t * dayCount + d] = gamma.quantile(u.0)
            }
        }
    }

    /// The number of the arrival that `next` gave last.
    func number(type t: Int) -> UInt64 { streams[t].number &- 1 }

    /// What its handle time is multiplied by.
    func handlingFactor(type t: Int) -> Double { streams[t].upcomingFactor }

    /// The time of the next arrival, seconds; infinite when there are no more.
    mutating func next(type t: Int, _ address: RandomAddress) -> Double {
        let stream = streams.base + t
        let n = stream.pointee.number
        if n & 3 == 0 {
            stream.pointee.u = address.uniforms(subject: plans[t].subject, .arrival, index: n >> 2)
        }
        let u: Double
        switch n & 3 {
        case 0: u = stream.pointee.u.0
        case 1: u = stream.pointee.u.1
        case 2: u = stream.pointee.u.2
        default: u = stream.pointee.u.3
        }
        stream.pointee.number &+= 1
        if plans[t].volumes == .actual { return nextCounted(type: t, u) }
        stream.pointee.goal += -PortableMath.log(1 - u)
        let pieceCount = plans[t].pieces.count
        var i = stream.pointee.piece
        while i < pieceCount {
            let expected = plans[t].pieces[i].contacts * dayFactors[t &* dayCount &+ plans[t].pieceDays[i]]
            let within = stream.pointee.goal - stream.pointee.before
            if within < expected {
                let span = plans[t].pieces[i].span
                stream.pointee.piece = i
                stream.pointee.upcomingFactor = plans[t].pieces[i].handlingFactor
                return span.start + span.length * (within / expected)
            }
            stream.pointee.before += expected
            i &+= 1
        }
        stream.pointee.piece = i
        return .infinity
    }

    /// The next of the contacts that are counted, not expected: of k that are still to come in what is left of the
    /// piece, each equally likely anywhere, the first comes after a share 1 − (1 − u)^(1/k) of it.
    private func nextCounted(type t: Int, _ u: Double) -> Double {
        let stream = streams.base + t
        let pieceCount = plans[t].pieces.count
        while stream.pointee.piece < pieceCount {
            let piece = plans[t].pieces[stream.pointee.piece]
            if stream.pointee.left < 0 {
                let factor = dayFactors[t &* dayCount &+ plans[t].pieceDays[stream.pointee.piece]]
                stream.pointee.left = Int((piece.contacts * factor).rounded())
                stream.pointee.latest = piece.span.start
            }
            if stream.pointee.left > 0 {
                let share = 1 - PortableMath.exp(PortableMath.log(1 - u) / Double(stream.pointee.left))
                stream.pointee.left -= 1
                stream.pointee.latest += (piece.span.end - stream.pointee.latest) * share
                stream.pointee.upcomingFactor = piece.handlingFactor
                return stream.pointee.latest
            }
            stream.pointee.left = -1
            stream.pointee.piece += 1
        }
        return .infinity
    }
}
