import Testing

@testable import Experiments
@testable import Reports
@testable import Simulator

@Suite("Stories name the reason by which the engine decided")
struct ContactStoryTests {
    @Test("the story of a day by hand", arguments: ContactStoryDay.all)
    func story(_ day: ContactStoryDay) throws {
        let replay = Replay(day.scenario, replication: 0)
        let names = replay.entries.map(replay.names.contact)
        let place = try #require(names.firstIndex(of: day.contact), "\(names)")
        let text = ContactStoryText(replay, place: place, run: 1).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.dropFirst(2).joined(separator: "\n") == day.story)
        #expect(lines.allSatisfy { $0.count <= GlossaryPage.width })
        #expect(!text.contains("as long as it takes") || !text.contains("patience has ended"))
    }
}
