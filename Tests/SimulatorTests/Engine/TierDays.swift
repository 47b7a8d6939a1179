import Queueing
import TestSupport
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// Days of people who are not alike: every event worked out by hand.
@Suite("Days of tiers and paces, by hand")
struct TierDays {
    private static func group(_ blocks: [ShiftBlock], _ tiers: [Tier]) -> AgentGroup {
        var group = AgentGroup(id: "agents", skills: [Skill(0)], staffing: .shifts(blocks))
        group.tiers = tiers
        return group
    }

    private static func shift(_ people: Int, until end: Double = 3600) -> ShiftBlock {
        ShiftBlock(shift: "", day: 0, timeSpan: TimeSpan(0, end), people: people)
    }

    @Test("the new take half as long again")
    func handling() throws {
        let tiers = [Tier(id: "new", share: 0.5, handling: 1.5), Tier(id: "old", share: 0.5)]
        // The first to come is new and idle first: 0 to 150; the second takes 10 to 110 and 120 to 220.
        let day = SmallDay([SmallDay.type(at: [0, 10, 120], talk: 100)], [Self.group([Self.shift(2)], tiers)])
        let played = PlayedDay(Blueprint(day.scenario), seed: 1)
        #expect(played.entries.map { $0.handling?.talk } == [150, 100, 100])
        #expect(try day.played().groups[0].busy == 350)
        #expect(day.scenario.averaged.contactTypes[0].handlingTimeMean == 125)
    }

    @Test("who learns gets faster, interval by interval, until the ramp is over")
    func ramp() throws {
        let tiers = [Tier(id: "new", share: 1, handling: 2, ramp: 2700)]
        let day = SmallDay(
            [SmallDay.type(at: [0, 1000, 2000, 3000], talk: 90)], [Self.group([Self.shift(1)], tiers)])
        // Factors 2, 1 2/3, 1 1/3, 1.
        let talks = PlayedDay(Blueprint(day.scenario), seed: 1).entries.compactMap { $0.handling?.talk }
        for (talk, expected) in zip(talks, [180.0, 150, 120, 90]) { #expect(abs(talk - expected) < 1e-9) }
        // On average 1.5 for three quarters of the time, and 1 for the rest.
        #expect(abs(day.scenario.averaged.contactTypes[0].handlingTimeMean - 90 * 1.375) < 1e-9)
    }

    @Test("a share that comes again, or is handed on, goes by who answers")
    func outcomes() throws {
        var calls = SmallDay.type(at: [0, 5], talk: 100)
        calls.followOns = [FollowOn(.again, share: 0.5, contactType: 0, delay: .fixed(Fixed(5000)))]
        let never = Tier(id: "never", share: 0.5, repeats: 0)
        let always = Tier(id: "always", share: 0.5, repeats: 2)
        var day = SmallDay([calls], [Self.group([Self.shift(2)], [never, always])], step: 3600, periods: 4)
        day.scenario.contactTypes[0].open = [TimeSpan(0, 14400)]
        // The first comes to who is never asked again, the second always: at 5105, when nobody is there.
        let played = PlayedDay(Blueprint(day.scenario), seed: 7)
        #expect(played.entries.map(\.outcome) == [.answered, .answered, .waiting])
        #expect(played.entries.last?.offeredAt == 5105)
        #expect(day.scenario.averaged.contactTypes[0].followOns[0].share == 0.5)
    }

    @Test("a slow hour is one in which contacts are begun that take longer")
    func slowHour() throws {
        var group = Self.group([Self.shift(1)], [])
        group.paces = [DayPace(TimeSpan(900, 1800), pace: 0.5)]
        var day = SmallDay([SmallDay.type(at: [850, 1000, 1700, 2000], talk: 100)], [group])
        // 850 to 950 although the slow time has begun, 1000 to 1200, 1700 to 1900, 2000 to 2100.
        #expect(
            PlayedDay(Blueprint(day.scenario), seed: 1).entries.map { $0.handling?.until } == [950, 1200, 1900, 2100])
        // The same of two chats at a time, of which each keeps the pace at which it was begun.
        day.scenario.contactTypes[0].channel = Channel("chat", atOnce: 2, slowdown: 0)
        #expect(
            PlayedDay(Blueprint(day.scenario), seed: 1).entries.map { $0.handling?.until } == [950, 1200, 1900, 2100])
        #expect(try day.played().groups[0].busy == 600)
    }

    @Test("others lose time while somebody who learns is on shift")
    func mentoring() throws {
        let tiers = [Tier(id: "new", share: 0.5, ramp: 1e6, mentoring: 0.2), Tier(id: "old", share: 0.5)]
        let day = SmallDay(
            [SmallDay.type(at: [0, 10, 1000], talk: 100)],
            [Self.group([Self.shift(1, until: 900), Self.shift(1)], tiers)])
        // The second contact comes to the mentor, who has 80% of the time for it; the third to the same alone.
        let played = PlayedDay(Blueprint(day.scenario), seed: 1)
        #expect(played.entries.map { $0.handling?.until } == [100, 135, 1100])
    }

    @Test(
        "among any number of people each tier has its share to the nearest person, fewer changes nothing for the rest")
    func sequence() {
        let tiers = [Tier(id: "a", share: 0.3), Tier(id: "b", share: 0.5), Tier(id: "c", share: 0.2)]
        let all = Tier.sequence(tiers, count: 100)
        for count in 1...100 {
            for (t, tier) in tiers.enumerated() {
                let given = Double(all.prefix(count).count { $0 == t })
                #expect(abs(given - tier.share * Double(count)) < 1)
            }
            #expect(Tier.sequence(tiers, count: count) == Array(all.prefix(count)))
        }
    }
}
