import Foundation
import Probability
import Queueing

/// A test of uniform words (only the upper 52 bits are used) that gives a two-sided p-value: small when something is
/// either too uneven or too even. Knuth 1997, 3.3.2; Marsaglia 1985; L'Ecuyer and Simard 2007 describe them.
struct StatisticalTest: Sendable {
    let name: String
    let pValue: @Sendable ([UInt64]) -> Double

    static let all: [StatisticalTest] = [
        StatisticalTest(name: "each of 52 bits") { words in
            var ones = [Double](repeating: 0, count: 52)
            for word in words { for bit in 0..<52 { ones[bit] += Double(word >> UInt64(63 - bit) & 1) } }
            let n = Double(words.count)
            return chiSquare(ones.reduce(0) { $0 + ($1 - n / 2) * ($1 - n / 2) / (n / 4) }, 52)
        },
        StatisticalTest(name: "pairs of high bytes") { words in
            cells(
                65536,
                stride(from: 0, to: words.count - 1, by: 2).map { Int((words[$0] >> 56) << 8 | words[$0 + 1] >> 56) })
        },
        StatisticalTest(name: "pairs of low bytes") { words in
            let low = { (i: Int) in Int(words[i] >> 12 & 255) }
            return cells(65536, stride(from: 0, to: words.count - 1, by: 2).map { low($0) << 8 | low($0 + 1) })
        },
        StatisticalTest(name: "triples of 5 bits, overlapping") { words in
            // Differences of overlapping chi-squares have 32³ − 32² degrees of freedom (Good 1953).
            let code = words.map { Int($0 >> 59) }
            let n = code.count
            let triple = statistic(32768, (0..<n).map { code[$0] << 10 | code[($0 + 1) % n] << 5 | code[($0 + 2) % n] })
            let pair = statistic(1024, (0..<n).map { code[$0] << 5 | code[($0 + 1) % n] })
            return chiSquare(triple - pair, 32768 - 1024)
        },
        StatisticalTest(name: "orders of five") { words in
            cells(
                120,
                stride(from: 0, to: words.count - 4, by: 5).map { start in
                    var code = 0
                    for i in 0..<5 {
                        let smaller = (0..<i).filter { words[start + $0] < words[start + i] }.count
                        code = code * (i + 1) + smaller
                    }
                    return code
                })
        },
        StatisticalTest(name: "greatest of eight") { words in
            cells(
                64,
                stride(from: 0, to: words.count - 7, by: 8).map { start in
                    let greatest = words[start..<(start + 8)].max() ?? 0
                    return min(63, Int(pow(Double(greatest) * 0x1p-64, 8) * 64))
                })
        },
        StatisticalTest(name: "gaps below 1/16") { words in
            var counts = [Double](repeating: 0, count: 64)
            var gap = 0
            for word in words {
                if word >> 60 == 0 {
                    counts[min(gap, 63)] += 1
                    gap = 0
                } else {
                    gap += 1
                }
            }
            let n = counts.reduce(0, +)
            var sum = 0.0
            for g in 0..<64 {
                let expected = n * (g < 63 ? pow(15.0 / 16, Double(g)) / 16 : pow(15.0 / 16, 63))
                sum += (counts[g] - expected) * (counts[g] - expected) / expected
            }
            return chiSquare(sum, 63)
        },
        StatisticalTest(name: "weights of successive words") { words in
            // The correlation of the numbers of ones, times √n, is standard normal.
            let weights = words.map { Double($0.nonzeroBitCount) - 26 }
            let sum = zip(weights, weights.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
            return normal(sum / (13 * Double(words.count - 1).squareRoot()))
        },
        StatisticalTest(name: "correlation at lags 1 to 16") { words in
            let u = words.map { Double($0) * 0x1p-64 - 0.5 }
            let n = Double(u.count)
            let squares = (1...16).map { lag -> Double in
                let sum = zip(u, u.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
                return pow(sum * 12, 2) / (n - Double(lag))
            }
            return chiSquare(squares.reduce(0, +), 16)
        },
        StatisticalTest(name: "birthday spacings") { words in
            // 4,096 birthdays in 2³² days: equal spacings are Poisson with mean n³ / 4d = 4.
            birthdays(words.map { $0 >> 32 })
        },
        StatisticalTest(name: "birthday spacings, low bits") { words in birthdays(words.map { $0 >> 12 & 0xFFFF_FFFF })
        },
        StatisticalTest(name: "collisions") { words in
            // Balls thrown into 2²⁴ urns, 2¹⁷ at a time; expected n²/2d of them fall into a taken urn.
            var collisions = 0.0
            var expected = 0.0
            let size = 1 << 17
            for start in stride(from: 0, to: words.count - size + 1, by: size) {
                var taken = Set<UInt64>(minimumCapacity: size)
                for word in words[start..<(start + size)] where !taken.insert(word >> 40).inserted { collisions += 1 }
                let d = 0x1p24
                expected += Double(size) - d * (1 - pow(1 - 1 / d, Double(size)))
            }
            return normal((collisions - expected) / expected.squareRoot())
        },
        StatisticalTest(name: "ranks of 32 × 32 bits") { words in
            // Chances of rank 32, 31, 30 and less (Marsaglia 1985).
            let chance = [0.288_788_095_3, 0.577_576_190_2, 0.128_350_264_5, 0.005_285_45]
            var counts = [Double](repeating: 0, count: 4)
            for start in stride(from: 0, to: min(words.count, 1 << 21) - 31, by: 32) {
                counts[min(32 - rank(words[start..<(start + 32)].map { UInt32($0 >> 32) }), 3)] += 1
            }
            let n = counts.reduce(0, +)
            return chiSquare(zip(counts, chance).reduce(0) { $0 + pow($1.0 - n * $1.1, 2) / (n * $1.1) }, 3)
        },
    ]

    // MARK: Distributions of the statistics

    static func twoSided(_ lower: Double, _ upper: Double) -> Double { min(1, 2 * min(lower, upper)) }

    static func chiSquare(_ x: Double, _ degrees: Double) -> Double {
        // Far outside, Wilson and Hilferty's cube root is as good and always finite.
        if degrees > 5000 {
            let z = (pow(x / degrees, 1.0 / 3) - (1 - 2 / (9 * degrees))) / (2 / (9 * degrees)).squareRoot()
            return normal(z)
        }
        let (lower, upper) = PortableMath.incompleteGamma(shape: degrees / 2, x / 2)
        return twoSided(lower, upper)
    }

    static func normal(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    static func statistic(_ cells: Int, _ codes: [Int]) -> Double {
        var counts = [Double](repeating: 0, count: cells)
        for code in codes { counts[code] += 1 }
        let expected = Double(codes.count) / Double(cells)
        return counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) } / expected
    }

    static func cells(_ cells: Int, _ codes: [Int]) -> Double { chiSquare(statistic(cells, codes), Double(cells - 1)) }

    static func birthdays(_ days: [UInt64]) -> Double {
        let size = 4096
        var equal = 0.0
        var rounds = 0.0
        for start in stride(from: 0, to: days.count - size + 1, by: size) {
            let sorted = days[start..<(start + size)].sorted()
            let spacings = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.sorted()
            equal += Double(zip(spacings.dropFirst(), spacings).filter { $0 == $1 }.count)
            rounds += 1
        }
        let (lower, upper) = PortableMath.incompleteGamma(shape: equal + 1, 4 * rounds)
        return twoSided(lower, upper)
    }

    static func rank(_ original: [UInt32]) -> Int {
        var rows = original
        var rank = 0
        for bit in 0..<32 {
            guard let pivot = (rank..<32).first(where: { rows[$0] >> UInt32(bit) & 1 == 1 }) else { continue }
            rows.swapAt(rank, pivot)
            for i in (rank + 1)..<33 where i < 32 && rows[i] >> UInt32(bit) & 1 == 1 { rows[i] ^= rows[rank] }
            rank += 1
            if rank == 32 { break }
        }
        return rank
    }
}
