import Probability
import Queueing

/// When the next contact of each type arrives: a Poisson process whose rate changes over time as the scenario says.
///
/// The n-th contact arrives when the expected number so far reaches the sum of n exponential draws with mean 1. So a
/// changed rate moves arrivals in time but keeps their numbers, and each number keeps its draws. The rates of a day are
/// multiplied by that day's gamma factor. Arrivals are drawn a batch at a time, which changes nothing but the speed.
struct Arrivals: ~Copyable {
    /// A multiple of four, so that a batch is made of whole random blocks.
    static let batchSize = 64

    private struct Stream {
        /// The current time span of the type's rates, and the number expected before it (with counted volumes: up to
        /// its end).
        var piece = 0
        var before = 0.0
        /// The sum of unit exponentials so far.
        var goal = 0.0
        /// Of counted volumes: how many are still to come in the piece, and when the latest came.
        var left = -1
        var latest = 0.0
        /// The number of the batch's first arrival, and of arrivals in the batch that have come.
        var first: UInt64
        var passed = 0
    }

    private let streams: Dense<Stream>
    private let plans: Dense<Blueprint.TypePlan>
    /// `[type][day]`.
    let dayFactors: Dense<Double>
    private let dayCount: Int
    private let firstNumber: UInt64
    /// `[type][batchSize]`, seconds, infinite after the last arrival; and the factor on the handling time then.
    private let times: Dense<Double>
    private let factors: Dense<Double>
    /// The next arrival of each type; of several at the same instant, the type that the file lists first goes first.
    private var upcoming: Tournament

    init(_ plan: Blueprint, in memory: Memory) {
        firstNumber = plan.firstNumber
        streams = Dense(repeating: Stream(first: plan.firstNumber), count: plan.types.count, in: memory)
        plans = Dense(plan.types, in: memory)
        dayCount = plan.dayCount
        dayFactors = Dense(repeating: 1, count: plan.types.count * plan.dayCount, in: memory)
        times = Dense(repeating: .infinity, count: plan.types.count * Self.batchSize, in: memory)
        factors = Dense(repeating: 1, count: plan.types.count * Self.batchSize, in: memory)
        upcoming = Tournament(places: plan.types.count)
    }

    /// Back to the beginning; `draw` must follow for each type.
    mutating func begin(_ address: RandomAddress, _ draws: DayDraws) {
        streams.fill(Stream(first: firstNumber))
        upcoming.clear()
        for t in 0..<plans.count where plans[t].dayToDay > 0 {
            let gamma = Gamma(mean: 1, spread: plans[t].dayToDay)
            let other = plans[t].variesWith
            for d in 0..<dayCount {
                let u = draws.factor(address, type: other, subject: plans[other].subject, day: d)
                dayFactors[t * dayCount + d] = gamma.quantile(u)
            }
        }
    }

    /// When the next contact arrives, and of which type; infinite when nobody comes any more.
    @inline(__always)
    var time: Double { upcoming.time }
    @inline(__always)
    var type: Int { upcoming.holder }

    /// When the type's arrival at a place of its batch comes.
    @inline(__always)
    func time(type t: Int, at i: Int) -> Double { times[t &* Self.batchSize &+ i] }

    /// Where in its batch the type's next arrival stands.
    @inline(__always)
    func position(type t: Int) -> Int { streams[t].passed }

    /// The number of the type's next arrival.
    @inline(__always)
    func number(type t: Int) -> UInt64 { streams[t].first &+ UInt64(truncatingIfNeeded: streams[t].passed) }

    /// What the next arrival's handle time is multiplied by.
    @inline(__always)
    func handlingFactor(type t: Int) -> Double { factors[t &* Self.batchSize &+ streams[t].passed] }

    /// The same for the arrival at a place of the batch.
    @inline(__always)
    func handlingFactor(type t: Int, at i: Int) -> Double { factors[t &* Self.batchSize &+ i] }

    /// The factor on the handling time of a contact that is offered at `time` without having arrived.
    func handlingFactor(type t: Int, at time: Double) -> Double {
        var low = 0
        var high = plans[t].pieces.count
        while low < high {
            let middle = (low + high) / 2
            if plans[t].pieces[middle].span.start <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 && time < plans[t].pieces[low - 1].span.end ? plans[t].pieces[low - 1].handlingFactor : 1
    }

    /// The type's next arrival has come: goes on to the following one. After the last of a batch `draw` must be called.
    @inline(__always)
    mutating func advance(type t: Int) {
        let stream = streams.place(t)
        stream.pointee.passed &+= 1
        upcoming.plan(t, at: times[t &* Self.batchSize &+ stream.pointee.passed], holder: t, rank: 0)
    }

    /// Draws the type's next batch of arrivals and says how many there are: fewer than fit when they are the last.
    mutating func draw(type t: Int, _ address: RandomAddress) -> Int {
        let stream = streams.place(t)
        if stream.pointee.passed > 0 {
            stream.pointee.first &+= UInt64(Self.batchSize)
            stream.pointee.passed = 0
        }
        let times = times.base + t * Self.batchSize
        let factors = factors.base + t * Self.batchSize
        address.fill(
            times, subject: plans[t].subject, .arrival, from: stream.pointee.first, blocks: Self.batchSize / 4)
        let count: Int
        switch plans[t].volumes {
        case .expected: count = Self.expected(times, factors, plans[t], dayFactors.base + t * dayCount, stream)
        case .actual: count = Self.counted(times, factors, plans[t], dayFactors.base + t * dayCount, stream)
        }
        for i in count..<Self.batchSize { times[i] = .infinity }
        upcoming.plan(t, at: times[0], holder: t, rank: 0)
        return count
    }

    /// Replaces uniforms by times.
    private static func expected(
        _ times: UnsafeMutablePointer<Double>, _ factors: UnsafeMutablePointer<Double>, _ plan: Blueprint.TypePlan,
        _ dayFactors: UnsafeMutablePointer<Double>, _ stream: UnsafeMutablePointer<Stream>
    ) -> Int {
        PortableMath.unitExponentials(times, count: batchSize)
        var i = 0
        var goal = stream.pointee.goal
        defer { stream.pointee.goal = goal }
        while stream.pointee.piece < plan.pieces.count {
            let piece = plan.pieces[stream.pointee.piece]
            let expected = piece.contacts * dayFactors[plan.pieceDays[stream.pointee.piece]]
            let before = stream.pointee.before
            let start = piece.span.start
            let length = piece.span.length
            while i < batchSize {
                let next = goal + times[i]
                guard next - before < expected else { break }
                goal = next
                times[i] = start + length * ((next - before) / expected)
                factors[i] = piece.handlingFactor
                i &+= 1
            }
            if i == batchSize { break }
            stream.pointee.before += expected
            stream.pointee.piece += 1
        }
        return i
    }

    /// Replaces uniforms by times where contacts are counted, not expected: of k that are still to come in what is left
    /// of the piece, each equally likely anywhere, the first comes after a share 1 − (1 − u)^(1/k) of it.
    private static func counted(
        _ times: UnsafeMutablePointer<Double>, _ factors: UnsafeMutablePointer<Double>, _ plan: Blueprint.TypePlan,
        _ dayFactors: UnsafeMutablePointer<Double>, _ stream: UnsafeMutablePointer<Stream>
    ) -> Int {
        var i = 0
        while stream.pointee.piece < plan.pieces.count {
            let piece = plan.pieces[stream.pointee.piece]
            if stream.pointee.left < 0 {
                let factor = dayFactors[plan.pieceDays[stream.pointee.piece]]
                // Rounding the running total keeps the day's sum where an interval's count is no whole number.
                let total = stream.pointee.before + piece.contacts * factor
                stream.pointee.left = Int(total.rounded() - stream.pointee.before.rounded())
                stream.pointee.before = total
                stream.pointee.latest = piece.span.start
            }
            while stream.pointee.left > 0 {
                if i == batchSize { return i }
                let share = 1 - PortableMath.exp(PortableMath.log(1 - times[i]) / Double(stream.pointee.left))
                stream.pointee.left -= 1
                stream.pointee.latest += (piece.span.end - stream.pointee.latest) * share
                times[i] = stream.pointee.latest
                factors[i] = piece.handlingFactor
                i += 1
            }
            stream.pointee.left = -1
            stream.pointee.piece += 1
        }
        return i
    }
}
