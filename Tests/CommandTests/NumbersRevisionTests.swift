import Foundation
import Reports
import Testing

@testable import Commands
@testable import Documents
@testable import Studies

/// Results of before must not pass for answers of now: whoever moves numbers raises `RunManifest.Program.currentNumbers`.
@Suite("Numbers revision")
struct NumbersRevisionTests {
    /// The digest of the results below, by revision; a revision never gets another digest.
    private static let digests: [Int: String] = [
        1: "e25b65c2d8c938892d0df1eac098df360153c9a516eeda60ddcf3179a841c4dc",
        2: "4179d76dacea41287af2200ba2598946f753ba03ac071485dd1bdb66b90ef3d0",
        3: "9c09c6874c6219d68a18d5176554ae4cc7f522d15a4d25a8558067287f7eaefa",
        4: "ad24c0fcf1ab651084214bf6180f33cfeadd680ed716a16eb59ebed9564dcaf7",
    ]

    @Test("the same revision, the same numbers to the last digit")
    func digest() throws {
        let stage = Stage()
        var bytes: [UInt8] = []
        for (scenario, runs) in [("01-one-queue", "--runs 1"), ("02-clinic", "--runs 3"), ("03-riverbend", "--runs 1")]
        {
            try stage.copy("scenarios/\(scenario)", as: scenario)
            let result = try stage.run("switchboard simulate \(scenario) \(runs) -o out-\(scenario) -q > /dev/null")
            #expect(result.status == 0, "\(result.err)")
            for table in ["replications", "intervals", "group_intervals"] {
                bytes += Array(try Data(contentsOf: URL(fileURLWithPath: "\(stage.path)/out-\(scenario)/\(table).csv")))
            }
        }
        let digest = SHA256.hex(bytes)
        #expect(
            Self.digests[RunManifest.Program.currentNumbers] == digest,
            """
            the numbers of \(RunManifest.Program.currentNumbers == 1 ? "the first revision" : "revision \(RunManifest.Program.currentNumbers)") moved, or their \
            tables did. Raise RunManifest.Program.currentNumbers to \(RunManifest.Program.currentNumbers + 1), add \
            \(RunManifest.Program.currentNumbers + 1): "\(digest)" here, and say in Changes what moved and why.
            """)
        #expect(Self.digests.keys.max() == RunManifest.Program.currentNumbers)
    }
}
