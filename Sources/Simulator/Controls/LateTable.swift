import Queueing

/// What a contact faces that finds k others where n people can serve them, and its mean when k is Poisson.
///
/// *Late* is the chance that it would wait longer than is acceptable: that at most k − n are through by then, when n
/// people get through a Poisson number. *Excess* is k − n or 0. Any function would do for a control: its mean is what
/// must be right. The means over k are tabulated over √M, M the mean of k, and read by cubic Hermite interpolation,
/// whose error stays below 1e-6 (late) because √M is what Poisson variables are evenly spread on.
struct LateTable: Sendable {
    /// Steps of √M a unit.
    private static let resolution = 20.0
    let most: Int
    /// `[n][excess]`; the last value holds for every larger excess.
    private let late: [Double]
    private let depth: Int
    /// `[n][√M][late, slope, excess, slope]`.
    private let means: [Double]
    private let points: Int

    /// For 0…`most` people, Poisson means up to `load`, contacts of mean `handlingTime` and an acceptable wait, seconds.
    init(most: Int, load: Double, handlingTime: Double, acceptableWait: Double) {
        self.most = most
        let wait = acceptableWait < .infinity ? acceptableWait : 0
        let pace = handlingTime > 0 ? wait / handlingTime : 0
        let through = Double(most) * pace
        depth = min(256, Int((through + 6 * through.squareRoot()).rounded(.up)) + 4)
        var late = [Double](repeating: 1, count: (most + 1) * depth)
        for n in 0...most {
            let mean = Double(n) * pace
            var term = PortableMath.exp(-mean)
            var sum = 0.0
            for e in 0..<depth {
                sum += term
                term *= mean / Double(e + 1)
                late[n * depth + e] = min(1, sum)
            }
        }
        self.late = late
        points = Int((max(load, 1).squareRoot() * Self.resolution).rounded(.up)) + 2
        var means = [Double](repeating: 0, count: (most + 1) * points * 4)
        for i in 0..<points {
            let root = Double(i) / Self.resolution
            let chances = Self.poisson(root * root)
            for n in 0...most {
                var value = 0.0
                var slope = 0.0
                var excess = 0.0
                var busy = 0.0
                for k in max(0, chances.first - 1)..<(chances.first + chances.values.count) {
                    let p = k >= chances.first ? chances.values[k - chances.first] : 0
                    let here = k >= n ? late[n * depth + min(k - n, depth - 1)] : 0
                    let next = k + 1 >= n ? late[n * depth + min(k + 1 - n, depth - 1)] : 0
                    value += p * here
                    slope += p * (next - here)
                    if k >= n {
                        excess += p * Double(k - n)
                        busy += p
                    }
                }
                let at = (n * points + i) * 4
                means[at] = value
                means[at + 1] = 2 * root * slope / Self.resolution
                means[at + 2] = excess
                means[at + 3] = 2 * root * busy / Self.resolution
            }
        }
        self.means = means
    }

    /// The chances of a Poisson variable from the first that matters on; those left out sum to less than 1e-15.
    private static func poisson(_ mean: Double) -> (first: Int, values: [Double]) {
        guard mean > 0 else { return (0, [1]) }
        let reach = 9 * mean.squareRoot() + 12
        let first = max(0, Int(mean - reach))
        let last = Int(mean + reach) + 12
        let mode = Int(mean)
        var values = [Double](repeating: 0, count: last - first + 1)
        values[mode - first] = PortableMath.exp(
            Double(mode) * PortableMath.log(mean) - mean - PortableMath.logGamma(Double(mode) + 1))
        for k in stride(from: mode, to: first, by: -1) {
            values[k - 1 - first] = values[k - first] * Double(k) / mean
        }
        for k in mode..<last { values[k + 1 - first] = values[k - first] * mean / Double(k + 1) }
        return (first, values)
    }

    /// For n people and k contacts already there.
    @inline(__always)
    func late(_ n: Int, _ k: Int) -> Double {
        k < n ? 0 : late[n &* depth &+ min(k &- n, depth &- 1)]
    }

    /// The means of late and excess when k is Poisson with mean `load`; beyond the table its last values.
    @inline(__always)
    func means(_ n: Int, load: Double) -> (late: Double, excess: Double) {
        let place = min(load.squareRoot() * Self.resolution, Double(points) - 1.000001)
        let i = Int(place)
        let t = place - Double(i)
        let at = (n &* points &+ i) &* 4
        let u = 1 - t
        // Hermite's four cubics.
        let a = (1 + 2 * t) * u * u
        let b = t * u * u
        let c = t * t * (3 - 2 * t)
        let d = -t * t * u
        return means.withUnsafeBufferPointer { m in
            (
                a * m[at] + b * m[at + 1] + c * m[at + 4] + d * m[at + 5],
                a * m[at + 2] + b * m[at + 3] + c * m[at + 6] + d * m[at + 7]
            )
        }
    }
}
