import Queueing

@testable import Simulator

/// Everything that one replication saw, as plain values that can be compared; recounted after each event in every build.
struct PlayedDay: Equatable {
    var contacts: [Double]
    var groups: [Double]
    var queueMax: [Double]
    var entries: [Diary.Entry]
    var interruptions: [Diary.Interruption]
    private(set) var typeCount: Int
    private(set) var groupCount: Int
    private(set) var classCount: Int

    /// Plays one replication of a plan on an engine that has played nothing before.
    init(_ plan: Blueprint, seed: UInt64, replication number: Int = 0) {
        var engine = Replication(plan, seed: seed)
        self.init(&engine, number)
    }

    init(_ engine: inout Replication, _ number: Int) {
        engine.diary = Diary(engine.plan)
        engine.recounts = true
        engine.play(number)
        let seen = engine.seen
        contacts = (0..<seen.contacts.count).map { seen.contacts[$0] }
        groups = (0..<seen.groups.count).map { seen.groups[$0] }
        queueMax = (0..<seen.queueMax.count).map { seen.queueMax[$0] }
        entries = engine.diary?.entries ?? []
        interruptions = engine.diary?.interruptions ?? []
        (typeCount, groupCount, classCount) = (seen.typeCount, seen.groupCount, seen.classCount)
    }

    var periodCount: Int { contacts.count / (classCount * Observations.Contact.count) }

    func contact(_ column: Observations.Contact, period p: Int, class c: Int) -> Double {
        contacts[(p * classCount + c) * Observations.Contact.count + column.rawValue]
    }

    func group(_ column: Observations.Group, period p: Int, group g: Int) -> Double {
        groups[(p * groupCount + g) * Observations.Group.count + column.rawValue]
    }

    func sum(_ column: Observations.Contact) -> Double {
        stride(from: column.rawValue, to: contacts.count, by: Observations.Contact.count).reduce(0) {
            $0 + contacts[$1]
        }
    }

    func sum(_ column: Observations.Group) -> Double {
        stride(from: column.rawValue, to: groups.count, by: Observations.Group.count).reduce(0) { $0 + groups[$1] }
    }

    /// What some of the classes, types and groups saw, as if there were no others.
    func picked(classes: Range<Int>, types: Range<Int>, groups groupRange: Range<Int>) -> PlayedDay {
        var kept = self
        kept.contacts = []
        kept.groups = []
        kept.queueMax = []
        let width = Observations.Contact.count
        let groupWidth = Observations.Group.count
        for p in 0..<periodCount {
            kept.contacts +=
                contacts[
                    ((p * classCount + classes.lowerBound) * width)..<((p * classCount + classes.upperBound) * width)]
            kept.groups +=
                groups[
                    ((p * groupCount + groupRange.lowerBound) * groupWidth)..<((p * groupCount + groupRange.upperBound)
                        * groupWidth)]
            kept.queueMax += queueMax[(p * typeCount + types.lowerBound)..<(p * typeCount + types.upperBound)]
        }
        kept.entries = entries.filter { types.contains($0.type) }
        for i in kept.entries.indices {
            kept.entries[i].type -= types.lowerBound
            kept.entries[i].origin -= types.lowerBound
            kept.entries[i].contactClass -= classes.lowerBound
        }
        kept.interruptions = interruptions.filter { types.contains($0.type) }
        for i in kept.interruptions.indices {
            kept.interruptions[i].type -= types.lowerBound
            if let origin = kept.interruptions[i].origin { kept.interruptions[i].origin = origin - types.lowerBound }
        }
        (kept.classCount, kept.typeCount, kept.groupCount) = (classes.count, types.count, groupRange.count)
        return kept
    }
}
