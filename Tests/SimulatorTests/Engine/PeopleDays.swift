import Queueing
import Testing

@testable import Simulator

/// Days of people with shifts of their own: every event worked out by hand.
@Suite("Days of people, by hand")
struct PeopleDays {
    private static func group(_ blocks: [ShiftBlock], members: [String] = []) -> AgentGroup {
        AgentGroup(
            id: "agents", skills: [Skill(0)], staffing: .shifts(blocks), members: members.map { Person(id: $0) })
    }

    @Test("two people with names and breaks of their own")
    func named() throws {
        // ana works from 0 to 1000 with a break from 300 to 400, bo from 500 to 1500 without.
        let ana = ShiftBlock(
            shift: "", day: 0, span: Span(0, 1000), people: 1, members: [0],
            pauses: [Pause(Span(300, 400), isPaid: false)])
        let bo = ShiftBlock(shift: "", day: 0, span: Span(500, 1500), people: 1, members: [1], pauses: [])
        let calls = SmallDay.type(at: [250, 310, 450, 990, 1100, 1600], talk: 100)
        let day = SmallDay([calls], [Self.group([ana, bo], members: ["ana", "bo"])])
        let played = PlayedDay(Blueprint(day.scenario), seed: 1)
        // The first call, from 250, makes ana's break late: 350 to 450. The second waits from 310 to 450, so the third,
        // at 450, waits until bo comes at 500. The fourth finds ana idle since 550 and bo since 600: ana takes it and
        // goes home at 1090; bo takes the fifth; at 1600 nobody comes any more.
        #expect(played.entries.map(\.outcome) == [.answered, .answered, .answered, .answered, .answered, .waiting])
        #expect(played.entries.map(\.wait).prefix(5) == [0, 140, 50, 0, 0])
        let names = ContactNames(day.scenario)
        let who = played.entries.compactMap { $0.handling.map { names.agent($0.agent) } }
        #expect(who == ["ana", "ana", "bo", "ana", "bo"])
        let results = try day.played()
        #expect(results.groups[0].busy == 500)
        // 350 + 640 of ana, 1000 of bo.
        #expect(results.groups[0].present == 1990)
        #expect(results.paidSeconds.reduce(0, +) == 900 + 1000)
        #expect(results.scheduledSeconds.reduce(0, +) == 900 + 1000)
    }
}
