import Probability
import Queueing
import Simulator

/// Counts of waits by groups of replications ("sections"), for wait percentiles with intervals in flat memory.
///
/// Sections hold equally many replications in a row, whole blocks of those that depend on each other (the last may hold
/// fewer). When there are `most` of them, each two
/// neighbours become one, so memory does not grow and what is merged depends on the order of replications alone.
///
/// A percentile's interval comes from the share of waits below it: that share is a ratio of means over sections, its
/// Student interval is p ± h, and the waits with shares p − h and p + h bound the percentile (inversion of the
/// indicator's interval over batches; Heidelberger, Lewis 1984). No density has to be guessed.
struct WaitSections: Sendable {
    static let most = 32
    static let bucketCount = WaitHistogram.bucketCount

    /// Histograms kept apart: one a contact class.
    let rowCount: Int
    /// `[section][row][bucket]`.
    private var counts: [UInt64] = []
    private(set) var sectionCount = 0
    /// Replications in a whole section, and in the last one.
    private(set) var sectionSize: Int
    private var inLast = 0

    private var stride: Int { rowCount * Self.bucketCount }

    init(rowCount: Int, block: Int = 1) {
        self.rowCount = rowCount
        sectionSize = block
    }

    /// The memory that a number of histograms may take, bytes.
    static func bytes(rowCount: Int) -> Int { most * rowCount * bucketCount * MemoryLayout<UInt64>.stride }

    /// Adds the next replication's counts, `[row][bucket]`.
    mutating func add(_ waits: UnsafePointer<UInt64>) {
        if sectionCount == 0 || inLast == sectionSize { openSection() }
        let stride = stride
        let first = (sectionCount - 1) * stride
        counts.withUnsafeMutableBufferPointer { counts in
            for i in 0..<stride { counts[first + i] += waits[i] }
        }
        inLast += 1
    }

    private mutating func openSection() {
        if sectionCount == Self.most { mergeNeighbours() }
        inLast = 0
        sectionCount += 1
        counts.append(contentsOf: repeatElement(0, count: stride))
    }

    private mutating func mergeNeighbours() {
        let half = sectionCount / 2
        for section in 0..<half {
            for i in 0..<stride {
                counts[section * stride + i] =
                    counts[2 * section * stride + i] + counts[(2 * section + 1) * stride + i]
            }
        }
        counts.removeLast((sectionCount - half) * stride)
        sectionCount = half
        sectionSize *= 2
    }

    /// The counts of some rows together, over all sections.
    func total(_ rows: some Sequence<Int>) -> [UInt64] {
        var sum = [UInt64](repeating: 0, count: Self.bucketCount)
        for row in rows {
            for section in 0..<sectionCount {
                let first = section * stride + row * Self.bucketCount
                for b in 0..<Self.bucketCount { sum[b] += counts[first + b] }
            }
        }
        return sum
    }

    /// The wait that a share of those in some rows stay within, seconds; nil when nobody waited there.
    func percentile(_ share: Double, rows: some Sequence<Int>) -> Double? {
        WaitHistogram.percentile(share, of: total(rows))
    }

    /// The same with its interval; unbounded as long as there is one section.
    func estimate(_ share: Double, rows: some Sequence<Int>, confidence: Double) -> Estimate? {
        let whole = total(rows)
        guard let value = WaitHistogram.percentile(share, of: whole) else { return nil }
        var below: [Double] = []
        var counted: [Double] = []
        for section in 0..<sectionCount {
            var part = [UInt64](repeating: 0, count: Self.bucketCount)
            for row in rows {
                let first = section * stride + row * Self.bucketCount
                for b in 0..<Self.bucketCount { part[b] += counts[first + b] }
            }
            let (within, all) = WaitHistogram.within(value, of: part)
            below.append(within)
            counted.append(all)
        }
        let sizes = (0..<sectionCount).map { Double($0 + 1 == sectionCount ? inLast : sectionSize) }
        let runs = sizes.reduce(0, +)
        let waited = counted.reduce(0, +)
        var sample = RatioSample(replications: sizes, kind: .callers)
        sample.add(below, over: counted, means: (below.reduce(0, +) / runs, waited / runs), fit: nil)
        guard let seen = sample.estimate(confidence: confidence), seen.halfWidth.isFinite else {
            return Estimate(value: value, low: -.infinity, high: .infinity, standardDeviation: 0)
        }
        // Where more waits lie below than was thought, the percentile is lower.
        let low = WaitHistogram.percentile(max(share - (seen.high - share), 0), of: whole) ?? value
        // Beyond the longest wait that was seen nothing is known.
        let upper = share + (share - seen.low)
        let high = upper * waited > waited - 0.5 ? .infinity : WaitHistogram.percentile(upper, of: whole) ?? value
        // The spread of one replication's percentile, as far as the interval tells it.
        let degrees = max(1, sectionCount - 1)
        let student = Student.quantile(confidence: confidence, degreesOfFreedom: degrees)
        let spread = student > 0 && high.isFinite ? (high - low) / 2 / student * runs.squareRoot() : 0
        return Estimate(
            value: value, low: min(low, value), high: max(high, value), standardDeviation: spread,
            restsOnOne: seen.restsOnOne)
    }
}

extension WaitHistogram {
    /// How many of the counted waited at most `wait` seconds, evenly spread inside its bucket as for percentiles; and how
    /// many were counted.
    static func within(_ wait: Double, of counts: [UInt64]) -> (within: Double, all: Double) {
        let last = bucket(wait)
        var within = 0.0
        var all = 0.0
        for (b, count) in counts.enumerated() {
            if b < last { within += Double(count) }
            all += Double(count)
        }
        guard last > 0 else { return (Double(counts[0]), all) }
        let low = lowerBound(last)
        let high = last + 1 < bucketCount ? lowerBound(last + 1) : low
        let part = high > low ? min(1, max(0, (wait - low) / (high - low))) : 1
        return (within + part * Double(counts[last]), all)
    }
}
