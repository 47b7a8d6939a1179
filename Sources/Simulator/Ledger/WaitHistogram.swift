/// Counts of waiting times in buckets that grow with the wait, for percentiles: exact counts, any order of merging.
///
/// Sixteen buckets to a doubling (6 % wide, a percentile is interpolated inside its bucket), from 1/16 s to 2²⁰ s
/// (12 days); shorter waits count as "at once". The idea is HdrHistogram's (Tene 2012).
package struct WaitHistogram {
    package static let bucketCount = 24 * 16 + 1
    private static let shift: UInt64 = 52 - 4
    /// The bits of 1/16 s down to the bucket's resolution.
    private static let origin = (0.0625).bitPattern >> (52 - 4)

    /// The bucket of a wait, seconds ≥ 0.
    @inline(__always)
    package static func bucket(_ wait: Double) -> Int {
        guard wait >= 0.0625 else { return 0 }
        return min(Int(wait.bitPattern >> shift &- origin) &+ 1, bucketCount - 1)
    }

    /// The lower end of a bucket, seconds.
    package static func lowerBound(_ bucket: Int) -> Double {
        bucket == 0 ? 0 : Double(bitPattern: (origin + UInt64(bucket - 1)) << shift)
    }

    /// The wait that a share `p` of the counted stay within, seconds; nil when nothing was counted.
    package static func percentile<Counts: RandomAccessCollection>(_ p: Double, of counts: Counts) -> Double?
    where Counts.Element: BinaryInteger, Counts.Index == Int {
        var total = 0.0
        for count in counts { total += Double(count) }
        guard total > 0 else { return nil }
        let goal = p * total
        var before = 0.0
        for (bucket, count) in counts.enumerated() where count > 0 {
            let after = before + Double(count)
            if after >= goal {
                if bucket == 0 { return 0 }
                let low = lowerBound(bucket)
                let high = bucket + 1 < bucketCount ? lowerBound(bucket + 1) : low
                return low + (high - low) * (goal - before) / Double(count)
            }
            before = after
        }
        return nil
    }
}
