import Probability
import Queueing
import Simulator

/// What runs saw, kept as sums over equally many runs in a row ("batches"), for every figure that is reported of them.
///
/// Runs that depend on each other make a block, and batches are of whole blocks (the last may hold fewer). When there
/// is no room for more batches, each two neighbours become one, so memory does not grow with runs, and what is merged
/// depends on their order alone. The effect of controls is still known exactly: products with controls are summed block
/// by block.
struct RunLedger: Sendable {
    /// Columns of a class: those of `ReplicationSums.Contact`, the cost, and whether the class was judged and met its target.
    enum ClassColumn {
        static let cost = ReplicationSums.Contact.count
        static let judged = cost + 1
        static let met = cost + 2
        static let count = cost + 3
        /// Those that controls may be taken off.
        static let controlled = cost + 1
    }

    /// Columns of a type besides the sums of its classes'.
    enum TypeColumn {
        static let promisesDue = 0
        static let judged = 1
        static let met = 2
        /// Runs at whose end some contacts still waited.
        static let left = 3
        /// The controls of its classes together.
        static let controls = 4
        static let count = controls + LoadControls.Control.count
    }

    enum GroupColumn: Int {
        case busy, present, answered, overtime
        static let count = 4
    }

    /// The memory that batches may take, bytes, and the fewest for which there is room.
    private static let room = 8 << 20
    private static let fewestBatches = 64
    private static let mostBatches = 512

    let classCount: Int
    let typeCount: Int
    let groupCount: Int
    let typeOfClass: [Int]
    private let hasControls: Bool
    /// Runs of a block, and batches there is room for: an even number.
    private let block: Int
    private let capacity: Int
    private let width: Int

    /// `[batch][column]`, and runs by batch.
    private var rows: [Double] = []
    private(set) var replications: [Double] = []
    /// Blocks of a whole batch, and of the last one.
    private var blocksPerBatch = 1
    private var blocksInLast = 0
    /// The block that is not complete yet, and its runs.
    private var unfinished: [Double]
    private var runsUnfinished = 0
    /// Sums over all whole blocks, and their runs.
    private(set) var sums: [Double]
    private(set) var runs = 0.0
    /// `[control][column]`: sums over blocks of what was seen × the control's mean over the block's runs.
    private var products: [[Double]]
    /// `[type]`: sums of products of controls, each over the runs of its block: first × first, first × second, second ×
    /// second.
    private var controlProducts: [[Double]]

    private var allColumn: Int { classCount * ClassColumn.count + typeCount * TypeColumn.count }
    private func typeBase(_ t: Int) -> Int { classCount * ClassColumn.count + t * TypeColumn.count }
    private func groupBase(_ g: Int) -> Int { allColumn + 3 + g * GroupColumn.count }

    init(typeOfClass: [Int], typeCount: Int, groupCount: Int, hasControls: Bool, block: Int) {
        classCount = typeOfClass.count
        self.typeOfClass = typeOfClass
        self.typeCount = typeCount
        self.groupCount = groupCount
        self.hasControls = hasControls
        self.block = max(1, block)
        width = Self.width(classes: typeOfClass.count, types: typeCount, groups: groupCount)
        capacity = Self.capacity(width: width)
        unfinished = [Double](repeating: 0, count: width)
        sums = unfinished
        products = hasControls ? [unfinished, unfinished] : []
        controlProducts = hasControls ? [[Double]](repeating: [0, 0, 0], count: typeCount) : []
    }

    private static func width(classes: Int, types: Int, groups: Int) -> Int {
        classes * ClassColumn.count + types * TypeColumn.count + 3 + groups * GroupColumn.count
    }

    private static func capacity(width: Int) -> Int {
        min(mostBatches, max(fewestBatches, room / (width * MemoryLayout<Double>.stride) / 2 * 2))
    }

    /// The memory that it takes at most, bytes.
    static func bytes(classes: Double, types: Double, groups: Double) -> Double {
        let width =
            classes * Double(ClassColumn.count) + types * Double(TypeColumn.count) + groups * Double(GroupColumn.count)
        let all = Double(MemoryLayout<Double>.stride) * width
        return all * (min(Double(mostBatches), max(Double(fewestBatches), Double(room) / max(all, 1))) + 4)
    }

    // MARK: Adding

    /// Adds the next run; `judge` says of a type, or of a class, whether it could be judged by its target and met it.
    mutating func add(_ run: Results.Run, judgements: Judgements) {
        for c in 0..<classCount {
            let base = c * ClassColumn.count
            let counts = run.classes[c]
            for k in counts.columns.indices { unfinished[base + k] += counts.columns[k] }
            unfinished[base + ClassColumn.cost] += counts.cost
            if let isMet = judgements.classes[c] {
                unfinished[base + ClassColumn.judged] += 1
                if isMet { unfinished[base + ClassColumn.met] += 1 }
            }
            guard hasControls, !run.controls.isEmpty else { continue }
            let own = typeBase(typeOfClass[c]) + TypeColumn.controls
            for (k, control) in run.controls[c].enumerated() { unfinished[own + k] += control }
        }
        for t in 0..<typeCount {
            unfinished[typeBase(t) + TypeColumn.promisesDue] += run.types[t].promisesDue
            if run.types[t].backlog > 0 { unfinished[typeBase(t) + TypeColumn.left] += 1 }
            guard let isMet = judgements.types[t] else { continue }
            unfinished[typeBase(t) + TypeColumn.judged] += 1
            if isMet { unfinished[typeBase(t) + TypeColumn.met] += 1 }
        }
        unfinished[allColumn] += run.all.oldest
        if let isMet = judgements.all {
            unfinished[allColumn + 1] += 1
            if isMet { unfinished[allColumn + 2] += 1 }
        }
        for g in 0..<groupCount {
            let figures = run.groups[g]
            unfinished[groupBase(g)] += figures.busy
            unfinished[groupBase(g) + 1] += figures.present
            unfinished[groupBase(g) + 2] += figures.answered
            unfinished[groupBase(g) + 3] += figures.overtime
        }
        runsUnfinished += 1
        if runsUnfinished == block { close() }
    }

    /// Whether each type and class could be judged in one run, and then whether it met its target.
    struct Judgements {
        /// Every promise together.
        var all: Bool?
        var types: [Bool?]
        var classes: [Bool?]
    }

    /// Takes the last block in even if it is not whole; and for a long run, which says itself what a batch is.
    mutating func close() {
        guard runsUnfinished > 0 else { return }
        let m = Double(runsUnfinished)
        if replications.isEmpty || blocksInLast == blocksPerBatch { openBatch() }
        let last = (replications.count - 1) * width
        for k in 0..<width {
            rows[last + k] += unfinished[k]
            sums[k] += unfinished[k]
        }
        if hasControls {
            for t in 0..<typeCount {
                let at = typeBase(t) + TypeColumn.controls
                let (first, second) = (unfinished[at], unfinished[at + 1])
                controlProducts[t][0] += first * first / m
                controlProducts[t][1] += first * second / m
                controlProducts[t][2] += second * second / m
            }
            for c in 0..<classCount {
                let base = c * ClassColumn.count
                let at = typeBase(typeOfClass[c]) + TypeColumn.controls
                for control in 0..<2 {
                    let mean = unfinished[at + control] / m
                    guard mean != 0 else { continue }
                    for k in base..<(base + ClassColumn.controlled) { products[control][k] += mean * unfinished[k] }
                }
            }
            for t in 0..<typeCount {
                let at = typeBase(t) + TypeColumn.controls
                let due = typeBase(t) + TypeColumn.promisesDue
                for control in 0..<2 { products[control][due] += unfinished[at + control] / m * unfinished[due] }
            }
        }
        replications[replications.count - 1] += m
        runs += m
        blocksInLast += 1
        runsUnfinished = 0
        for k in 0..<width { unfinished[k] = 0 }
    }

    private mutating func openBatch() {
        if replications.count == capacity { mergeNeighbours() }
        blocksInLast = 0
        replications.append(0)
        rows.append(contentsOf: repeatElement(0, count: width))
    }

    private mutating func mergeNeighbours() {
        let half = replications.count / 2
        for batch in 0..<half {
            for k in 0..<width {
                rows[batch * width + k] = rows[2 * batch * width + k] + rows[(2 * batch + 1) * width + k]
            }
            replications[batch] = replications[2 * batch] + replications[2 * batch + 1]
        }
        replications.removeLast(replications.count - half)
        rows.removeLast(rows.count - half * width)
        blocksPerBatch *= 2
    }

    // MARK: Reading

    var batchCount: Int { replications.count }

    private func column(_ k: Int) -> [Double] { (0..<batchCount).map { rows[$0 * width + k] } }

    func controls(type t: Int) -> [[Double]] {
        hasControls ? (0..<2).map { column(typeBase(t) + TypeColumn.controls + $0) } : []
    }

    func groupColumn(_ g: Int, _ k: GroupColumn) -> [Double] { column(groupBase(g) + k.rawValue) }
    func groupSum(_ g: Int, _ k: GroupColumn) -> Double { sums[groupBase(g) + k.rawValue] }
    func runsThatLeft(type t: Int) -> Double { sums[typeBase(t) + TypeColumn.left] }
    var oldestOfAll: [Double] { column(allColumn) }

    /// Judged and met runs, of all promises together, of a type or of a class, by batch.
    var judgedTogether: (judged: [Double], met: [Double]) { (column(allColumn + 1), column(allColumn + 2)) }
    func judged(type t: Int) -> (judged: [Double], met: [Double]) {
        (column(typeBase(t) + TypeColumn.judged), column(typeBase(t) + TypeColumn.met))
    }
    func judged(class c: Int) -> (judged: [Double], met: [Double]) {
        (
            column(c * ClassColumn.count + ClassColumn.judged), column(c * ClassColumn.count + ClassColumn.met)
        )
    }

    /// Sums of some classes of a type by batch, and with them, if `whole`, what is known of the type alone.
    func counts(type t: Int, classes: some Collection<Int>, whole: Bool, batch: Int) -> Counts {
        counts(type: t, classes: classes, whole: whole) { rows[batch * width + $0] }
    }

    /// The same over all runs, with the part taken off that controls explain; `pull` is what `ControlFit` says of the type.
    func counts(type t: Int, classes: some Collection<Int>, whole: Bool, pull: Pull?) -> Counts {
        guard let pull else { return counts(type: t, classes: classes, whole: whole) { sums[$0] } }
        return counts(type: t, classes: classes, whole: whole) { pulled($0, pull) }
    }

    private func counts(
        type t: Int, classes: some Collection<Int>, whole: Bool, _ value: (Int) -> Double
    ) -> Counts {
        var counts = Counts()
        for c in classes {
            let base = c * ClassColumn.count
            for k in counts.columns.indices { counts.columns[k] += value(base + k) }
            counts.cost += value(base + ClassColumn.cost)
        }
        if whole { counts.promisesDue = value(typeBase(t) + TypeColumn.promisesDue) }
        return counts
    }

    private func pulled(_ k: Int, _ pull: Pull) -> Double { pull.total(sums[k], products[0][k], products[1][k]) }

    // MARK: Controls

    /// How strongly the controls of a type act on what was seen: a total's value is its sum less the part that follows
    /// from how far the controls came out from 0.
    struct Pull: Sendable, Hashable {
        /// Which controls are used, how strongly each pulls, their sums over all runs, and the runs.
        var used: [Int]
        var strengths: [Double]
        var sums: [Double]
        var runs: Double

        /// A sum over all runs with the controls taken off, from it and its products with both controls.
        func total(_ sum: Double, _ first: Double, _ second: Double) -> Double {
            var total = sum
            for (k, control) in used.enumerated() {
                total -= strengths[k] * ((control == 0 ? first : second) - sum * sums[control] / runs)
            }
            return total
        }
    }

    /// Nil where no control of the type varies.
    func pull(type t: Int) -> Pull? {
        guard hasControls, runs > 0 else { return nil }
        let at = typeBase(t) + TypeColumn.controls
        let totals = [sums[at], sums[at + 1]]
        let p = controlProducts[t]
        let products = [
            p[0] - totals[0] * totals[0] / runs, p[1] - totals[0] * totals[1] / runs,
            p[2] - totals[1] * totals[1] / runs,
        ]
        return ControlFit.usable(
            products: products, sums: totals, replications: runs, observations: runs / Double(block)
        ).map { usable in
            Pull(
                used: usable.controls,
                strengths: ControlFit.times(usable.inverse, usable.controls.map { totals[$0] }), sums: totals,
                runs: runs)
        }
    }
}
