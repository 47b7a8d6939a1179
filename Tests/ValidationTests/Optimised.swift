import Foundation
import Queueing
import Testing

/// Simulation-heavy tests run only where the optimiser does: a debug build recounts the floor after every event.
enum Optimised {
    #if DEBUG
        static let isOn = false
    #else
        static let isOn = true
    #endif
    static let reason: Comment = "simulation-heavy: runs in release, swift test -c release --filter ValidationTests"

    /// A reference table among the tests' resources.
    static func table(_ name: String) throws -> URL {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Tables/\(name)")
    }
}

/// Exact values against simulated intervals: about 1 of 100 may lie outside its 99 % interval.
struct Pairs {
    private(set) var count = 0
    private(set) var outside: [String] = []

    mutating func compare(_ name: String, _ exact: Double, _ estimate: Estimate) {
        count += 1
        if exact < estimate.low || exact > estimate.high {
            outside.append("\(name): exact \(exact), simulated \(estimate.value), \(estimate.low) to \(estimate.high)")
        }
    }

    /// Whether so many outside has a chance of at least 1 in 1000 when each interval covers 99 times in 100
    /// (metrics of one case are correlated, hence the factor 2 on the variance).
    var areCredible: Bool {
        let mean = 0.01 * Double(count)
        return Double(outside.count) <= mean + 3.1 * (2 * mean).squareRoot() + 0.5
    }

    var report: String { "\(count - outside.count) of \(count) inside\n" + outside.joined(separator: "\n") }
}
