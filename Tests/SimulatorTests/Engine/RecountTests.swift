import Testing

@testable import Center
@testable import Simulator

/// An engine that has lost count is found after the next event, in every build.
@Suite("Recounts") struct RecountTests {
    /// Plays a day of which one is on the line at 900 s, when something is put wrong that only a recount can see.
    private static func play(
        recounting: Bool = true, channel: Channel = .phone,
        breaking: @escaping (Dense<Floor.Agent>, Dense<Floor.Group>, Hands) -> Void
    ) {
        var calls = SmallDay.type(at: [0, 890], talk: 100)
        calls.channel = channel
        let day = SmallDay([calls], [SmallDay.agents(count: 2)])
        var engine = Replication(Blueprint(day.scenario), seed: 1)
        engine.recounts = recounting
        let (agents, groups, hands) = (engine.floor.agents, engine.floor.groups, engine.hands)
        engine.keepsOn = { period in
            if period == 1 { breaking(agents, groups, hands) }
            return true
        }
        engine.play(0)
    }

    @Test("A day on which nothing is wrong is played to its end, recounted or not")
    func nothing() {
        for recounting in [true, false] { Self.play(recounting: recounting) { _, _, _ in } }
    }

    @Test("One idle agent too many")
    func idle() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Self.play { _, groups, _ in groups[0].idleCount += 1 }
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("lists, states and counts of the floor differ, at 900.0 s of replication 0, seed 1"))
    }

    @Test("Somebody who goes home and is not counted among those who owe something")
    func owed() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Self.play { agents, _, _ in
                for a in 0..<agents.count where agents[a].state == .busy { agents[a].isLeaving = true }
            }
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("0 owe something by the count, 1 when each is asked"))
    }

    @Test("A free hand that nobody noted")
    func hands() async throws {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Self.play(channel: Channel("chat", atOnce: 2, slowdown: 0.5)) { _, _, hands in hands.free.clear() }
        }
        let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(said.contains("who has a hand free is not who is noted"))
    }
}
