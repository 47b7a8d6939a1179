import Probability
import Queueing

/// What a contact faces that finds k others where n people can serve them, and its mean when k is Poisson.
///
/// *Late* is the chance that it would wait longer than is acceptable: that at most k − n are through by then, when n
/// people get through a Poisson number. Any function would do for a control: its mean is what must be right. The mean over
/// k is tabulated over √M, M the mean of k, and read by cubic Hermite interpolation, whose error stays below 1e-6 because
/// √M is what Poisson variables are evenly spread on.
///
/// The table is worked out where it is read, a few points at a time: of thousands of people and of loads up to thousands
/// a center meets few pairs. What stands there does not depend on who asked first, so copies may each fill their own.
struct LateTable: Sendable {
    /// Steps of √M a unit.
    private static let resolution = 20.0
    /// Steps between the points that are worked out together.
    static let stepsTogether = 8
    let most: Int
    /// How many get through within the acceptable wait for each who serves.
    private let pace: Double
    /// Of a row of `late`; the last value holds for every larger excess.
    private let depth: Int
    private let points: Int
    private let stepGroupCount: Int
    /// By n, the place of its rows in `late` and in `stepGroups`; −1 where nobody has asked.
    private var rows: [Int32]
    /// `[row][excess]`.
    private var late: [Double] = []
    /// `[row][stepGroup]`, the place in `means`; −1 where nobody has asked.
    private var stepGroups: [Int32] = []
    /// `[place][point][late, slope]`, the last point being the next step group's first.
    private var means: [Double] = []
    /// By step group, the chances of k at its points; empty where nobody has asked.
    private var chances: [[Chances]]

    /// The chances of a Poisson variable from the first that matters on; those left out sum to less than 1e-15.
    private struct Chances: Sendable {
        var first: Int
        var values: [Double]
    }

    /// For 0…`most` people, Poisson means up to `load`, contacts of mean `handlingTime` and an acceptable wait, seconds.
    init(most: Int, load: Double, handlingTime: Double, acceptableWait: Double) {
        self.most = most
        let wait = acceptableWait < .infinity ? acceptableWait : 0
        pace = handlingTime > 0 ? wait / handlingTime : 0
        let through = Double(most) * pace
        depth = min(256, Int((through + 6 * through.squareRoot()).rounded(.up)) + 4)
        points = Int((max(load, 1).squareRoot() * Self.resolution).rounded(.up)) + 2
        stepGroupCount = (points + Self.stepsTogether - 2) / Self.stepsTogether
        rows = [Int32](repeating: -1, count: most + 1)
        chances = [[Chances]](repeating: [], count: stepGroupCount)
    }

    /// How many values of `late`, and how many points of the means, have been worked out.
    var worked: (late: Int, points: Int) { (late.count, means.count / 2) }

    /// For n people and k contacts already there.
    @inline(__always)
    mutating func late(_ n: Int, _ k: Int) -> Double {
        k < n ? 0 : late[row(n) &* depth &+ min(k &- n, depth &- 1)]
    }

    /// The mean of late when k is Poisson with mean `load`; beyond the table its last values.
    @inline(__always)
    mutating func mean(_ n: Int, load: Double) -> Double {
        let place = min(load.squareRoot() * Self.resolution, Double(points) - 1.000001)
        let i = Int(place)
        let t = place - Double(i)
        let at = self.place(n, i / Self.stepsTogether) &+ i % Self.stepsTogether &* 2
        let u = 1 - t
        // Hermite's four cubics.
        let a = (1 + 2 * t) * u * u
        let b = t * u * u
        let c = t * t * (3 - 2 * t)
        let d = -t * t * u
        return means.withUnsafeBufferPointer { m in
            a * m[at] + b * m[at + 1] + c * m[at + 2] + d * m[at + 3]
        }
    }

    // MARK: Filling

    @inline(__always)
    private mutating func row(_ n: Int) -> Int {
        let row = Int(rows[n])
        return row >= 0 ? row : open(n)
    }

    /// Where the means of a time span begin for n people.
    @inline(__always)
    private mutating func place(_ n: Int, _ stepGroup: Int) -> Int {
        let row = row(n)
        let place = Int(stepGroups[row &* stepGroupCount &+ stepGroup])
        return (place >= 0 ? place : work(n, row, stepGroup)) &* (Self.stepsTogether &+ 1) &* 2
    }

    @inline(never)
    private mutating func open(_ n: Int) -> Int {
        let row = late.count / depth
        rows[n] = Int32(row)
        let mean = Double(n) * pace
        var term = PortableMath.exp(-mean)
        var sum = 0.0
        for e in 0..<depth {
            sum += term
            term *= mean / Double(e + 1)
            late.append(min(1, sum))
        }
        stepGroups.append(contentsOf: repeatElement(-1, count: stepGroupCount))
        return row
    }

    @inline(never)
    private mutating func work(_ n: Int, _ row: Int, _ stepGroup: Int) -> Int {
        let first = stepGroup * Self.stepsTogether
        if chances[stepGroup].isEmpty {
            chances[stepGroup] = (first...(first + Self.stepsTogether)).map { point in
                let root = Double(point) / Self.resolution
                return Self.poisson(root * root)
            }
        }
        let place = means.count / 2 / (Self.stepsTogether + 1)
        let start = row * depth
        for (step, chances) in chances[stepGroup].enumerated() {
            let root = Double(first + step) / Self.resolution
            var value = 0.0
            var slope = 0.0
            // Of fewer than n − 1 nothing comes.
            for k in max(0, chances.first - 1, n - 1)..<max(n, chances.first + chances.values.count) {
                let at = k - chances.first
                let p = chances.values.indices.contains(at) ? chances.values[at] : 0
                let here = k >= n ? late[start + min(k - n, depth - 1)] : 0
                let next = late[start + min(k + 1 - n, depth - 1)]
                value += p * here
                slope += p * (next - here)
            }
            means.append(value)
            means.append(2 * root * slope / Self.resolution)
        }
        stepGroups[row * stepGroupCount + stepGroup] = Int32(place)
        return place
    }

    private static func poisson(_ mean: Double) -> Chances {
        guard mean > 0 else { return Chances(first: 0, values: [1]) }
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
        return Chances(first: first, values: values)
    }
}
