import Foundation
import TestSupport
import Testing

/// The tables that the engine is compared with are copies.
@Suite struct ReferenceTables {
    @Test(
        "The tables are those of the reference folder, byte for byte",
        .enabled(if: Project.hasShared, "the reference folder is not beside the project"))
    func copies() throws {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Tables")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count >= 9)
        for name in names {
            let original = Project.shared.appendingPathComponent("validation/\(name)")
            #expect(try Data(contentsOf: folder.appendingPathComponent(name)) == Data(contentsOf: original), "\(name)")
        }
    }

    @Test("As many misses are allowed as have a chance of one in ten thousand")
    func misses() {
        // Of 100 more than 6 have a chance of 7.1e-5, of 1000 more than 24 one of 4.2e-5 (exact binomial sums).
        #expect(Pairs.mostMisses(of: 100) == 6)
        #expect(Pairs.mostMisses(of: 1000) == 24)
        #expect(Pairs.mostMisses(of: 0) == 0)
    }
}
