import Queueing
import Testing

@testable import Center
@testable import Simulator
@testable import Tabular

/// Days on which more contacts are open than there was room for, at the moment when one of them is in hand.
@Suite("Days that outgrow their memory, by hand")
struct GrowingDays {
    private func center(mails: Int, calls: Int) -> SmallDay {
        let whole = TimeSpan(0, 36_000)
        var mail = SmallDay.type("mail", at: Array(repeating: 0, count: mails), talk: 28_800, open: whole)
        mail.channel = Channel("desk", kind: .deferred, isInterruptible: true)
        var a = SmallDay.type("a", at: Array(repeating: 3600, count: calls), talk: 4200, open: whole)
        a.followOns = [FollowOn(.transfer, share: 1, contactType: 2)]
        let b = SmallDay.type("b", at: [], talk: 60, open: whole)
        return SmallDay(
            [mail, a, b],
            [
                SmallDay.agents("back", count: Double(mails), to: 36_000, skills: [Skill(0, rank: 2), Skill(2)]),
                SmallDay.agents("front", count: Double(calls + 5), to: 36_000, skills: [Skill(1)]),
            ], step: 36_000, periods: 1)
    }

    @Test("The contact that takes an agent from other work is itself, when the work's new place is one too many")
    func takenFromWork() throws {
        // One e-mail from 0 on, one call at 3600, handed on at 7800: it takes the agent from the e-mail, which needs a
        // place besides, until 7860. The e-mail is done at 28,860.
        let results = try center(mails: 1, calls: 1).played()
        #expect(results.counts(2).answered == 1 && results.counts(2).waitOfAnswered == 0)
        #expect(results.counts(2).talk == 60 && results.counts(0).talk == 28_800)
        #expect(results.counts(0).queueSeconds == 60)
        #expect(results.groups.map(\.busy) == [28_860, 4200])
    }

    @Test("A thousand handed on at once, of whom twenty find somebody")
    func thousand() throws {
        // 1,024 calls end together at 7800; twenty of them take all agents from their e-mails, for a minute, the next
        // twenty the same agents a minute later, and so on: 51 times twenty and the last four.
        let results = try center(mails: 20, calls: 1024).played()
        let b = results.counts(2)
        #expect(b.offered == 1024 && b.answered == 1024 && b.talk == 61_440)
        let waits: Double = (0..<1024).reduce(0) { $0 + Double($1 / 20) * 60 }
        #expect(b.waitOfAnswered == waits)
        #expect(results.counts(0).answered == 20 && results.counts(0).talk == 20 * 28_800)
        let busy = [20 * 28_800.0 + 61_440, 1024 * 4200.0]
        #expect(results.groups.map(\.busy) == busy)
    }
}
