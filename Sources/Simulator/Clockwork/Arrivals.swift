import Center
import Probability
import Queueing

/// When the next contact of each type arrives, by its arrival process.
///
/// A day's time spans are multiplied by that day's gamma factor. Arrivals are drawn a batch at a time, which changes nothing
/// but the speed.
struct Arrivals: ~Copyable {
    /// A multiple of four, so that a batch is made of whole random blocks.
    static let batchSize = 64

    private struct Stream {
        /// The number of the batch's first arrival, and of arrivals in the batch that have come.
        var first: UInt64
        var passed = 0
    }

    private let streams: Dense<Stream>
    private var processes: [any ArrivalProcess]
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
        processes = plan.types.map { $0.given.volumes.process.init() }
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
        for t in 0..<plans.count { processes[t] = plans[t].given.volumes.process.init() }
        for t in 0..<plans.count where plans[t].given.dayToDay > 0 {
            let gamma = Gamma(mean: 1, spread: plans[t].given.dayToDay)
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
        var high = plans[t].given.arrivals.count
        while low < high {
            let middle = (low + high) / 2
            if plans[t].given.arrivals[middle].timeSpan.start <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 && time < plans[t].given.arrivals[low - 1].timeSpan.end
            ? plans[t].given.arrivals[low - 1].handlingFactor : 1
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
        let batch = ArrivalBatch(
            times: UnsafeMutableBufferPointer(start: times, count: Self.batchSize),
            factors: UnsafeMutableBufferPointer(start: factors, count: Self.batchSize),
            portions: plans[t].given.arrivals, days: plans[t].portionDays, dayFactors: dayFactors.base + t * dayCount)
        let count = processes[t].draw(batch)
        for i in count..<Self.batchSize { times[i] = .infinity }
        upcoming.plan(t, at: times[0], holder: t, rank: 0)
        return count
    }
}
