import Foundation
import Testing

@testable import Center
@testable import Simulator

/// A center drawn from a seed, played once for all laws.
struct PlayedCenter: Sendable {
    let seed: UInt64
    let scenario: Scenario
    let plan: Blueprint
    let day: PlayedDay

    init(_ scenario: Scenario, seed: UInt64) {
        self.seed = seed
        self.scenario = scenario
        plan = Blueprint(scenario)
        day = PlayedDay(plan, seed: seed)
    }
}

/// What must hold of every random center.
struct Law: Sendable {
    /// One word, by which it is asked for alone.
    let name: String
    /// The law as a sentence.
    let sentence: String
    /// Of the seeds played the last so many, for laws that play more days of their own: as many as a debug build has time
    /// for, and as many in an optimised one.
    let seeds: Int
    /// How much it must see in a center on average, all centers together; more than nothing in any case.
    let least: Double
    /// Looks at a center; how much it saw that could have broken the law. The comment tells the law and the seed, and the
    /// line that replays both.
    let look: @Sendable (PlayedCenter, Comment) throws -> Double

    init(
        _ name: String, _ sentence: String, debug: Int = .max, release: Int = .max, least: Double = 0,
        look: @escaping @Sendable (PlayedCenter, Comment) throws -> Double
    ) {
        self.name = name
        self.sentence = sentence
        #if DEBUG
            seeds = debug
        #else
            seeds = release
        #endif
        self.least = least
        self.look = look
    }
}

/// The seeds whose centers are played, and the laws that look at them.
enum Lawful {
    /// Hundreds in a debug build, thousands in release.
    #if DEBUG
        static let count: UInt64 = 200
    #else
        static let count: UInt64 = 4000
    #endif

    private static let environment = ProcessInfo.processInfo.environment

    /// The seeds to play; `SWITCHBOARD_SEED=17` plays one of them alone, `SWITCHBOARD_SEEDS=40` the first so many, which
    /// a build under a sanitizer has time for.
    static let seeds: [UInt64] = {
        if let one = environment["SWITCHBOARD_SEED"].flatMap({ UInt64($0) }) { return [one] }
        return Array(1...max(1, environment["SWITCHBOARD_SEEDS"].flatMap { UInt64($0) } ?? count))
    }()

    /// For laws that take longer: as many as a debug build has time for, all in release.
    static func seeds(atMost most: Int) -> ArraySlice<UInt64> {
        #if DEBUG
            seeds.suffix(most)
        #else
            seeds[...]
        #endif
    }

    /// Plays the center of each seed once, on all cores, and shows it to every law; `SWITCHBOARD_LAW=renaming` to one.
    static func check(
        _ laws: [Law], suite: String, make: @escaping @Sendable (UInt64) -> Scenario
    ) async throws {
        let asked = environment["SWITCHBOARD_LAW"].map { name in laws.filter { $0.name == name } } ?? laws
        try #require(!asked.isEmpty, "no law of that name; there are \(laws.map(\.name).joined(separator: ", "))")
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let seen = try await withThrowingTaskGroup(of: [Double].self) { group in
            for core in 0..<cores {
                group.addTask {
                    var seen = [Double](repeating: 0, count: asked.count)
                    for place in stride(from: core, to: seeds.count, by: cores) {
                        let center = PlayedCenter(make(seeds[place]), seed: seeds[place])
                        for (i, law) in asked.enumerated() where seeds.count - place <= law.seeds {
                            seen[i] += try law.look(center, replay(law, center.seed, suite))
                        }
                    }
                    return seen
                }
            }
            return try await group.reduce([Double](repeating: 0, count: asked.count)) { zip($0, $1).map(+) }
        }
        guard seeds.count > 1 else { return }
        for (law, seen) in zip(asked, seen) {
            let count = min(seeds.count, law.seeds)
            #expect(
                seen > law.least * Double(count), "\(law.name) saw \(seen) in \(count) centers, too little to be tested"
            )
        }
    }

    private static func replay(_ law: Law, _ seed: UInt64, _ suite: String) -> Comment {
        """
        seed \(seed) breaks the law "\(law.sentence)"; replay: \
        SWITCHBOARD_SEED=\(seed) SWITCHBOARD_LAW=\(law.name) swift test --filter \(suite)
        """
    }

    /// Times and sums may differ by the rounding of their sums.
    static func isNear(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)) }
}
