/// How what was seen in observations hangs on up to two controls, whose means are exactly 0, and what is left of it.
///
/// The mean of anything seen, had its controls come out at 0, by least squares on the same observations: a sum of what was
/// seen with weights 1/M − c̄ᵀ S⁻¹ (cᵢ − c̄), which are the same for everything (Lavenberg, Welch 1981). So parts still add
/// up to their whole. Observations may be sums over several replications.
public struct ControlFit: Sendable {
    /// Replications by observation, and their sum M.
    private let weights: [Double]
    private let total: Double
    /// `[control][observation]`: the control's mean over the observation's replications, less its mean over all.
    private let deviations: [[Double]]
    /// By observation: the weight in the estimate, and 1 less the leverage.
    private let shares: [Double]
    private let free: [Double]
    /// The part of what the controls explain that is taken off, 0…1: all of it, unless an observation would count for less
    /// than nothing, as one far out does where the controls' means are far from 0.
    public let strength: Double
    private let inverse: [Double]

    /// How many controls are used; those that others explain, or that are as good as constant, are not.
    public var count: Int { deviations.count }

    /// `controls` are sums by observation, `[control][observation]`, `replications` how many each is over.
    public init?(replications: [Double], controls: [[Double]]) {
        let total = replications.reduce(0, +)
        guard total > 0, replications.count > controls.count + 2 else { return nil }
        let sums = controls.map { $0.reduce(0, +) }
        let all = zip(controls, sums).map { control, sum in
            zip(control, replications).map { $1 > 0 ? $0 / $1 - sum / total : 0 }
        }
        func product(_ a: Int, _ b: Int) -> Double {
            replications.indices.reduce(0) { $0 + replications[$1] * all[a][$1] * all[b][$1] }
        }
        let pairs = (0..<controls.count).flatMap { a in (0...a).map { b in product(a, b) } }
        guard
            let usable = Self.usable(
                products: pairs, sums: sums, replications: total, observations: Double(replications.count))
        else { return nil }
        inverse = usable.inverse
        weights = replications
        self.total = total
        deviations = usable.controls.map { all[$0] }
        let pull = Self.times(inverse, usable.controls.map { sums[$0] / total })
        let rows = replications.indices.map { i in usable.controls.map { all[$0][i] } }
        let pulled = rows.map { Self.dot(pull, $0) }
        let most = total * (pulled.max() ?? 0)
        strength = most > 1 ? 1 / most : 1
        var shares: [Double] = []
        var free: [Double] = []
        for (i, row) in rows.enumerated() {
            let leverage = Self.dot(Self.times(usable.inverse, row), row)
            shares.append(1 / total - strength * pulled[i])
            free.append(max(1e-6, 1 - replications[i] / total - replications[i] * leverage))
        }
        self.shares = shares
        self.free = free
    }

    /// The largest leverage of an observation besides its own weight, 0…1: where one is large, slopes are its alone.
    public var largestLeverage: Double {
        zip(free, weights).map { 1 - $0 - $1 / total }.max() ?? 0
    }

    /// Which of up to two controls are used, and the inverse of their products: those that move, whose mean is not farther from
    /// 0 than chance takes it, and that no other explains. Nil without any.
    ///
    /// `products` are sums of products of the controls' deviations, first × first, second × first, second × second; `sums`
    /// the controls' own.
    public static func usable(
        products: [Double], sums: [Double], replications: Double, observations: Double
    ) -> (controls: [Int], inverse: [Double])? {
        // A mean more than seven standard errors from 0 is no chance: where replications are spread evenly a control can be
        // as good as constant, and what is left of it are last bits.
        let own = sums.indices.map { products[$0 * ($0 + 3) / 2] }
        let moving = sums.indices.filter {
            own[$0] > 0 && sums[$0] * sums[$0] / replications * observations < 49 * own[$0]
        }
        guard let first = moving.first else { return nil }
        if moving.count > 1 {
            let both = products[1]
            let determinant = own[0] * own[1] - both * both
            if determinant > 1e-9 * own[0] * own[1] {
                return ([0, 1], [own[1] / determinant, -both / determinant, own[0] / determinant])
            }
        }
        return ([first], [1 / own[first]])
    }

    /// The inverse, as `usable` has it, times a vector.
    public static func times(_ inverse: [Double], _ v: [Double]) -> [Double] {
        v.count == 1
            ? [inverse[0] * v[0]]
            : [inverse[0] * v[0] + inverse[1] * v[1], inverse[1] * v[0] + inverse[2] * v[1]]
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        a.count == 1 ? a[0] * b[0] : a[0] * b[0] + a[1] * b[1]
    }

    /// The mean a replication of what was seen, controls taken off. `seen` is by observation.
    public func mean(_ seen: [Double]) -> Double {
        var sum = 0.0
        for i in seen.indices { sum += shares[i] * seen[i] }
        return sum
    }

    /// What each observation adds to the error of `mean`: the change when it is left out, by the leverage of each.
    public func contributions(_ seen: [Double]) -> [Double] {
        let mean = seen.reduce(0, +) / total
        var slopes = [Double](repeating: 0, count: count)
        for k in 0..<count {
            for i in seen.indices { slopes[k] += deviations[k][i] * (seen[i] - weights[i] * mean) }
        }
        slopes = Self.times(inverse, slopes)
        var result = seen
        for i in seen.indices {
            var rest = seen[i] - weights[i] * mean
            for k in 0..<count { rest -= weights[i] * slopes[k] * deviations[k][i] }
            result[i] = shares[i] * rest / free[i]
        }
        return result
    }

    /// The same without controls.
    public static func contributions(_ seen: [Double], replications: [Double]) -> [Double] {
        let total = replications.reduce(0, +)
        let mean = total > 0 ? seen.reduce(0, +) / total : 0
        var result = seen
        for i in seen.indices {
            let left = total - replications[i]
            result[i] = left > 0 ? (seen[i] - replications[i] * mean) / left : 0
        }
        return result
    }
}
