import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A measured survival curve of patience: steps down at the waits after which somebody gave up.
///
/// Most measured waits end with an answer, which tells only that patience was longer. Kaplan and Meier's (1958) estimate
/// uses both kinds. What lies beyond the last step no data tell; there the rest leaves exponentially with mean `tail`.
public struct PatienceCurve: Sendable, Hashable {
    /// Where the curve steps down, seconds, ascending, > 0.
    public let waits: [Double]
    /// P(patience > wait) from each step on, falling within 0…1; before the first it is `atFirst`.
    public let surviving: [Double]
    /// P(patience > 0); below 1 when some leave at once.
    public let atFirst: Double
    /// Mean further patience after the last step, seconds: 0 everybody leaves there (Efron 1967), ∞ nobody ever.
    public let tail: Double
    /// E[patience; patience ≤ wait] at each step.
    private let waitOfLeft: [Double]

    /// Steps in any order; waits that are negative or not a number count as 0, a survival that rises as level.
    public init(steps: [(wait: Double, surviving: Double)], tail: Double = .infinity) {
        var waits: [Double] = []
        var surviving: [Double] = []
        var sums: [Double] = []
        var first = 1.0
        var level = 1.0
        var sum = 0.0
        let ordered = steps.map { (wait: $0.wait > 0 ? min($0.wait, 1e18) : 0, surviving: $0.surviving) }
            .sorted { $0.wait < $1.wait }
        for step in ordered {
            let next = min(level, step.surviving > 0 ? step.surviving : 0)
            sum += step.wait * (level - next)
            level = next
            if step.wait == 0 {
                first = level
            } else if waits.last == step.wait {
                surviving[surviving.count - 1] = level
                sums[sums.count - 1] = sum
            } else {
                waits.append(step.wait)
                surviving.append(level)
                sums.append(sum)
            }
        }
        self.waits = waits
        self.surviving = surviving
        atFirst = first
        self.tail = tail > 0 ? (tail < .infinity ? min(tail, 1e18) : .infinity) : 0
        waitOfLeft = sums
    }

    /// Kaplan and Meier's estimate from observed waits: whoever did not give up was answered and might have waited on.
    ///
    /// Without a given tail, the rest leaves after the last step at the overall rate, hang-ups ÷ time waited. Where an
    /// answer and a hang-up share a wait, the hang-up is taken to come first.
    public init(observed: [(wait: Double, gaveUp: Bool)], tail: Double? = nil) {
        let ordered = observed.map { (wait: $0.wait > 0 ? min($0.wait, 1e18) : 0, gaveUp: $0.gaveUp) }
            .sorted { ($0.wait, $0.gaveUp ? 0 : 1) < ($1.wait, $1.gaveUp ? 0 : 1) }
        var steps: [(wait: Double, surviving: Double)] = []
        var atRisk = Double(ordered.count)
        var level = 1.0
        var time = 0.0
        var hangUps = 0.0
        for one in ordered {
            time += one.wait
            if one.gaveUp {
                hangUps += 1
                level *= (atRisk - 1) / atRisk
                steps.append((one.wait, level))
            }
            atRisk -= 1
        }
        self.init(steps: steps, tail: tail ?? (hangUps > 0 ? time / hangUps : .infinity))
    }

    private var end: (wait: Double, surviving: Double, waitOfLeft: Double) {
        (waits.last ?? 0, surviving.last ?? atFirst, waitOfLeft.last ?? 0)
    }

    /// The share that never gives up.
    var never: Double { tail == .infinity ? end.surviving : 0 }

    /// Seconds; ∞ where a share never gives up.
    var mean: Double { never > 0 ? .infinity : meanOfFinite }

    var meanOfFinite: Double {
        let end = end
        return end.waitOfLeft + (tail < .infinity ? end.surviving * (end.wait + tail) : 0)
    }

    /// After `x` ≥ 0 seconds; at a step those who leave there have left.
    func at(_ x: Double) -> DurationSplit {
        // The number of steps at or before x.
        var low = 0
        var high = waits.count
        while low < high {
            let middle = (low + high) / 2
            if waits[middle] <= x { low = middle + 1 } else { high = middle }
        }
        let stays = low > 0 ? surviving[low - 1] : atFirst
        let waited = low > 0 ? waitOfLeft[low - 1] : 0
        guard low == waits.count, tail < .infinity else {
            return DurationSplit(longer: stays, shorter: 1 - stays, meanOfShorter: waited)
        }
        let last = waits.last ?? 0
        guard tail > 0 else { return DurationSplit(longer: 0, shorter: 1, meanOfShorter: waited + stays * last) }
        let beyond = Exponential(mean: tail).split(at: x - last)
        return DurationSplit(
            longer: stays * beyond.longer, shorter: 1 - stays + stays * beyond.shorter,
            meanOfShorter: waited + stays * (last * beyond.shorter + beyond.meanOfShorter))
    }
}
