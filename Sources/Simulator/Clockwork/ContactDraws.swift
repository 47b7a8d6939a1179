import Probability
import Queueing

/// What contacts bring with them: how long they talk, are held and leave work behind, what language they need, how
/// patient they are. Each draw belongs to the contact's number within its type, whatever happens to others.
///
/// Contacts that arrive for the first time are drawn a batch at a time; those who call again, one by one.
struct ContactDraws: ~Copyable {
    private static let size = Arrivals.batchSize
    private enum Column: Int, CaseIterable {
        case talk, hold, wrapUp, language, patience
    }

    private let plans: Dense<Blueprint.TypePlan>
    /// `[type][Column][batchSize]`, seconds (language: a uniform); zeros in the columns that a type has no use for.
    private let columns: Dense<Double>
    /// The number of the batch's first contact; and for which contacts patience has been drawn, one bit for each eight
    /// of them: it is drawn only when one of them has to wait.
    private let firsts: Dense<UInt64>
    private let patienceDrawn: Dense<UInt8>
    private let scratch: Dense<Double>

    init(_ plan: Blueprint, in memory: Memory) {
        plans = Dense(plan.types, in: memory)
        columns = Dense(repeating: 0, count: plan.types.count * Column.allCases.count * Self.size, in: memory)
        firsts = Dense(repeating: 0, count: plan.types.count, in: memory)
        patienceDrawn = Dense(repeating: 0, count: plan.types.count, in: memory)
        scratch = Dense(repeating: 0, count: Self.size, in: memory)
    }

    /// Draws for the `count` contacts from number `first` on, a multiple of the batch's size.
    mutating func draw(type t: Int, from first: UInt64, count: Int, _ address: RandomAddress) {
        firsts[t] = first
        patienceDrawn[t] = 0
        guard count > 0 else { return }
        fill(.talk, .talk, type: t, plans[t].given.talk, count, address)
        if let hold = plans[t].given.hold { fill(.hold, .hold, type: t, hold, count, address) }
        if let wrapUp = plans[t].given.wrapUp { fill(.wrapUp, .wrapUp, type: t, wrapUp, count, address) }
        if plans[t].classCount > 1 { fill(.language, .language, type: t, nil, count, address) }
    }

    private mutating func fill(
        _ column: Column, _ purpose: RandomAddress.Purpose, type t: Int, _ distribution: Distribution?, _ count: Int,
        _ address: RandomAddress, after skipped: Int = 0
    ) {
        let values = columns.base + start(column, t) + skipped
        address.fill(
            values, subject: plans[t].subject, purpose, from: firsts[t] + UInt64(skipped), blocks: (count + 3) / 4)
        distribution?.quantiles(values, count: count, scratch: scratch.base)
    }

    @inline(__always)
    private func start(_ column: Column, _ t: Int) -> Int {
        (t &* Column.allCases.count &+ column.rawValue) &* Self.size
    }

    // MARK: By place in the batch

    @inline(__always)
    func talk(type t: Int, at i: Int) -> Double { columns[start(.talk, t) &+ i] }
    @inline(__always)
    func hold(type t: Int, at i: Int) -> Double { columns[start(.hold, t) &+ i] }
    @inline(__always)
    func wrapUp(type t: Int, at i: Int) -> Double { columns[start(.wrapUp, t) &+ i] }
    @inline(__always)
    func language(type t: Int, at i: Int) -> Double { columns[start(.language, t) &+ i] }

    /// Seconds; the type's contacts must have patience.
    @inline(__always)
    mutating func patience(type t: Int, at i: Int, _ address: RandomAddress) -> Double {
        if patienceDrawn[t] >> UInt8(truncatingIfNeeded: i >> 3) & 1 == 0 { drawPatience(type: t, around: i, address) }
        return columns[start(.patience, t) &+ i]
    }

    @inline(never)
    private mutating func drawPatience(type t: Int, around i: Int, _ address: RandomAddress) {
        patienceDrawn[t] |= 1 << UInt8(i >> 3)
        fill(.patience, .patience, type: t, plans[t].given.patience, 8, address, after: i & ~7)
    }

    // MARK: By number

    /// The draws of a contact that does not arrive for the first time: of type `t`, addressed by another type's number
    /// where another contact brought it about; `index` holds the attempt, too.
    func drawn(
        type t: Int, subject: Int, index: UInt64, path: UInt64, _ address: RandomAddress
    ) -> (talk: Double, hold: Double, wrapUp: Double, patience: Double) {
        let draw = { (distribution: Distribution?, purpose: RandomAddress.Purpose) -> Double in
            guard let distribution else { return 0 }
            return distribution.quantile(address.uniform(subject: subject, purpose, index: index, path: path))
        }
        return (
            draw(plans[t].given.talk, .talk), draw(plans[t].given.hold, .hold), draw(plans[t].given.wrapUp, .wrapUp),
            draw(plans[t].given.patience, .patience)
        )
    }
}
