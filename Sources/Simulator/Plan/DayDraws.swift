import Center
import Probability
import Queueing

/// The uniforms behind days' factors and absences: each at its address, or spread evenly over a block of replications.
///
/// Whatever the spread, in any one replication they are independent and uniform; only replications of one block know
/// of each other.
struct DayDraws: Sendable {
    private let method: VarianceReduction.Method?
    private let block: Int
    private let dayCount: Int
    /// The number of the first day, where it is one in the middle of others.
    private let firstDay: Int
    private let typeCount: Int
    /// `[point][dimension]`, multiples of 2⁻⁵³; and the dimension of each draw, −1 where points have no more.
    private let points: [[UInt64]]
    private let dimension: [Int]

    /// GSL's Sobol points have at most 40 dimensions (Antonov, Saleev 1979; Bratley, Fox 1988).
    private static let mostDimensions = 40

    init(
        _ method: VarianceReduction.Method?, types: [Blueprint.TypePlan], groupCount: Int, dayCount: Int,
        firstDay: Int = 0
    ) {
        self.method = method
        self.dayCount = dayCount
        self.firstDay = firstDay
        typeCount = types.count
        block = method?.block ?? 1
        var dimension = [Int](repeating: -1, count: (types.count + groupCount) * dayCount)
        var used = 0
        // Days' factors first: they move more than the rounding of absences does.
        for draw in dimension.indices
        where used < Self.mostDimensions
            && (draw >= types.count * dayCount || types[draw / dayCount].given.dayToDay > 0)
        {
            dimension[draw] = used
            used += 1
        }
        self.dimension = dimension
        points = method == .quasiRandom && used > 0 ? SobolPoints.first(block, dimensions: used) : []
    }

    /// The draw behind a day's factor of a type.
    func factor(_ address: RandomAddress, type t: Int, subject: Int, day d: Int) -> Double {
        evenedOut(address.uniform(subject: subject, .dayFactor, index: UInt64(firstDay + d)), t * dayCount + d, address)
    }

    /// The draw behind who of a group is away on a day.
    func absence(_ address: RandomAddress, group g: Int, day d: Int) -> Double {
        evenedOut(address.uniform(subject: g, .absence, index: UInt64(d)), (typeCount + g) * dayCount + d, address)
    }

    private func evenedOut(_ u: Double, _ draw: Int, _ own: RandomAddress) -> Double {
        guard let method, method == .stratified || method == .quasiRandom else { return u }
        let number = Int(own.replication)
        let address = RandomAddress(seed: own.seed, replication: number / block)
        let place = number % block
        if method == .quasiRandom, dimension[draw] >= 0 {
            // A digital shift keeps the points' evenness in every box whose sides are powers of two.
            let shift = UInt64(address.uniform(subject: draw, .shift, index: 0) * 0x1p53)
            return Double(points[place][dimension[draw]] ^ shift) * 0x1p-53
        }
        return (Double(stratum(place, draw, address)) + u) / Double(block)
    }

    /// Which stratum the block's replication at `place` has: a random order of all (Fisher, Yates).
    private func stratum(_ place: Int, _ draw: Int, _ address: RandomAddress) -> Int {
        var order = Array(0..<block)
        for i in stride(from: block - 1, to: 0, by: -1) {
            let u = address.uniform(subject: draw, .stratum, index: UInt64(i))
            order.swapAt(i, Int(u * Double(i + 1)))
        }
        return order[place]
    }
}
