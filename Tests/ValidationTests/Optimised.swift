import Foundation
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
