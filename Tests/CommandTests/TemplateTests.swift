import Foundation
import Queueing
import Testing

@testable import Commands

@Suite("Templates")
struct TemplateTests {
    @Test("every template can be simulated without a warning", arguments: Template.Name.allCases)
    func simulates(_ name: Template.Name) throws {
        let stage = Stage()
        let made = try stage.run("switchboard init a.yaml --template \(name.rawValue)")
        #expect(made.status == 0)
        let result = try stage.run("switchboard simulate a.yaml --runs 2 --no-save")
        #expect(result.status == 0)
        #expect(result.err.isEmpty)
    }

    @Test("the textbook template comes out as theory says")
    func oneQueue() throws {
        let stage = Stage()
        _ = try stage.run("switchboard init a.yaml --template one-queue")
        let result = try stage.run("switchboard simulate a.yaml --runs 20 --json --no-save")
        #expect(result.status == 0)
        struct Answer: Decodable {
            struct Row: Decodable {
                var scope: String
                var metric: String
                var value: Double
                var sd: Double
                var runs: Int
            }
            var summary: [Row]
        }
        let rows = try JSONDecoder().decode(Answer.self, from: Data(result.out.utf8)).summary
        // The template's own figures: 44 calls an hour, 6m, patience 3m, 7 agents, 30s.
        let exact = SingleQueue(arrivalRate: 44.0 / 3600, handlingTime: 360, patience: 180).measures(
            agents: 7, within: 30)
        for (metric, theory) in [
            ("service_level", exact.serviceLevels.ofAllOffered.map { $0 * 100 }),
            ("abandonment", exact.abandonment.map { $0 * 100 }), ("asa", exact.meanSpeedOfAnswer),
        ] {
            let row = try #require(rows.first { $0.scope == "all" && $0.metric == metric })
            let error = row.sd / Double(row.runs).squareRoot()
            // Student's 99.9% quantile with 19 degrees of freedom.
            #expect(abs(row.value - (try #require(theory))) < 3.88 * error, "\(metric)")
        }
    }
}
