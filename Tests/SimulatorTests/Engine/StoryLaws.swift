import Testing

@testable import Experiments
@testable import Simulator

/// What must hold of every contact's story on days of chance.
@Suite struct StoryLaws {
    @Test("Whoever was taken first was more urgent or had waited longer, and nobody able was free")
    func rules() throws {
        var steps = 0
        for seed in 1...12 as ClosedRange<UInt64> { steps += try check(seed) }
        #expect(steps > 500)
    }

    @Test("Where everything happens at once, a reason is found whenever another is taken and whenever free people wait")
    func reasons() throws {
        var told: Set<String> = []
        for seed in Lawful.seeds(atMost: 50) {
            let replay = Replay(WholeScenario.make(seed), replication: 0)
            let waited = replay.entries.indices.filter { replay.entries[$0].queued != nil }
            // A sample of those who wait.
            let step = max(1, waited.count / 40)
            for place in stride(from: 0, to: waited.count, by: step).map({ waited[$0] }) {
                let story = ContactStory(replay, place: place)
                let name: Comment = "WholeScenario.make(\(seed)), \(replay.names.contact(story.contact))"
                let isAnnounced = story.announced != nil
                let free = story.groups.filter { $0.help == nil }.flatMap(\.idle)
                #expect(free.isEmpty || story.held != nil || isAnnounced, name)
                #expect((story.contact.outcome == .answered) == (story.found != nil && story.inVain == nil), name)
                for step in story.steps {
                    guard case .takes(let other, let reason) = step.choice else { continue }
                    let taken = replay.names.contact(replay.entries[other])
                    #expect(reason != nil, "\(name) \(taken) at \(step.time)")
                    if let reason { told.insert(String("\(reason)".prefix { $0 != "(" })) }
                    guard case .waitedLonger = reason else { continue }
                    #expect(other < place, name)
                }
            }
        }
        if Lawful.seeds.count > 1 { #expect(told.count > 5, "\(told)") }
    }

    /// Tells the story of every contact of a day; returns how many steps there were.
    private func check(_ seed: UInt64) throws -> Int {
        let scenario = Twins.anyDay(seed)
        let replay = Replay(scenario, replication: 0)
        let priority = { (entry: Diary.Entry) in scenario.contactTypes[entry.type].priority }
        var steps = 0
        for place in replay.entries.indices {
            let story = ContactStory(replay, place: place)
            let contact = story.contact
            let name = Comment(rawValue: "Twins.anyDay(\(seed)), \(replay.names.contact(contact))")
            let idle = story.groups.flatMap(\.idle)
            if let found = contact.queued {
                #expect(idle.isEmpty, name)
                #expect(story.groups.reduce(0) { $0 + $1.busy.count } == found.busy, name)
                #expect(story.groups.reduce(0) { $0 + $1.away.count } == found.away, name)
            } else if let agent = contact.handling?.agent {
                let rank = try #require(story.groups.first { !$0.idle.isEmpty }?.rank, name)
                let asked = story.groups.filter { $0.rank == rank }.flatMap(\.idle)
                let since = try #require(asked.first { $0.agent == agent }?.since, name)
                #expect(asked.allSatisfy { $0.since >= since }, name)
            } else if contact.outcome == .blocked {
                #expect(idle.isEmpty, name)
            }
            for step in story.steps {
                steps += 1
                #expect(contact.offeredAt <= step.time && step.time <= contact.time, name)
                switch step.choice {
                case .takes(let other, .moreUrgent):
                    #expect(priority(replay.entries[other]) < priority(contact), name)
                case .takes(let other, .waitedLonger):
                    #expect(priority(replay.entries[other]) == priority(contact) && other < place, name)
                case .takes(let other, .closing):
                    #expect(
                        !scenario.contactTypes[replay.entries[other].type].open.contains {
                            $0.start <= step.time && step.time < $0.end
                        }, name)
                case .pause(let until): #expect(until > step.time, name)
                case .takes, .staysIdle, .keepsFree, .goesOn:
                    Issue.record("\(name): \(step.choice) at \(step.time)")
                case .wentHome: break
                }
            }
            // Nobody can be taken before it for having waited longer than those who were there when it came.
            let longer = story.steps.count { if case .takes(_, .waitedLonger) = $0.choice { true } else { false } }
            #expect(longer <= contact.queued?.ahead ?? 0, name)
            #expect((story.parent == nil) == (contact.attempt == 0), name)
            #expect(story.parent.map { $0.time <= contact.offeredAt } ?? true, name)
            #expect(story.child.map { $0.offeredAt >= contact.time } ?? true, name)
        }
        #expect(replay.entries.count > 10)
        return steps
    }
}
