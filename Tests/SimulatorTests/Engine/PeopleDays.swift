import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

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
            shift: "", day: 0, timeSpan: TimeSpan(0, 1000), people: 1, members: [0],
            pauses: [Pause(TimeSpan(300, 400), isPaid: false)])
        let bo = ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(500, 1500), people: 1, members: [1], pauses: [])
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

    @Test("one who is late by 200 and goes 150 early, with a break between that stays where it is planned")
    func late() throws {
        var group = Self.group([
            ShiftBlock(
                shift: "", day: 0, timeSpan: TimeSpan(0, 2000), people: 1,
                pauses: [Pause(TimeSpan(1000, 1100), isPaid: true)])
        ])
        group.timekeeping = Timekeeping(
            late: Timekeeping.Stray(share: 1, by: .fixed(Fixed(200))),
            leavesEarly: Timekeeping.Stray(share: 1, by: .fixed(Fixed(150))))
        let day = SmallDay([SmallDay.type(at: [100, 1050, 1840, 1900], talk: 50)], [group])
        let played = PlayedDay(Blueprint(day.scenario), seed: 1)
        // On duty from 200 to 1000 and from 1100 to 1850: the first waits 100, the second 50, the third is finished at
        // 1890, and at 1900 nobody is there.
        #expect(played.entries.map(\.outcome) == [.answered, .answered, .answered, .waiting])
        #expect(played.entries.map(\.wait).prefix(3) == [100, 50, 0])
        let results = try day.played()
        #expect(results.groups[0].present == 800 + 790)
        // Paid and planned as if nobody were late.
        #expect(results.paidSeconds.reduce(0, +) == 2000)
        #expect(results.scheduledSeconds.reduce(0, +) == 1900)
        #expect(abs(day.scenario.kept(ofGroup: 0) - (1 - 350 / 2000)) < 1e-12)
    }

    @Test("a person who stays away is away all day, and the others come")
    func away() throws {
        let day = SmallDay(
            [SmallDay.type(at: [], talk: 50)],
            [
                Self.group([
                    ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(0, 1000), people: 3),
                    ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(500, 1500), people: 2),
                ])
            ])
        var scenario = day.scenario
        scenario.absences = Absences(unplanned: 0.4)
        var play = Replication(Blueprint(scenario), seed: 1)
        var sizes: Set<Int> = []
        for number in 0..<20 {
            play.play(number)
            let away = (0..<5).count { play.clock.isAbsent[$0] }
            let present = (0..<4).reduce(0.0) {
                $0 + play.seen.groups[$1 * Observations.Group.count + Observations.Group.present.rawValue]
            }
            #expect(present == Double(5 - away) * 1000)
            sizes.insert(away)
        }
        #expect(sizes.count >= 3)
    }

    @Test("work after the shift's end is overtime where it is paid")
    func overtime() throws {
        var group = Self.group([ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(0, 1000), people: 2, members: [0, 1])])
        group.members = [Person(id: "ana", contractHours: 0.1), Person(id: "bo", contractHours: 7)]
        group.wagePerHour = 36
        group.overtimeRate = 1.5
        // A call from 950 to 1150; the other person goes home at 1000.
        let day = SmallDay([SmallDay.type(at: [950], talk: 200)], [group])
        let results = try day.played()
        #expect(results.groups[0].overtime == 150)
        // Ana's contract is 0.1 hours a week, 360 seconds; she is paid 1000.
        #expect(day.scenario.plannedOvertime(ofGroup: 0) == 640)
        // 2000 seconds at a cent each, of them 640 at half as much again, and 150 at one and a half: all for the one call.
        #expect(abs(results.types[0].sum.cost - 25.45) < 1e-9)
    }
}
