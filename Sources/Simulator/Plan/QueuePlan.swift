import Center
import Tabular

extension Blueprint {
    package struct ClassPlan: Sendable {
        package var type: Int
        package var language: String?
        /// Seconds that these callers are promised not to wait longer than; infinite without a target, so that everything
        /// answered counts.
        package var acceptableWait: Double
        /// Agent groups by rank: those of one rank stand together.
        package var ranks: [[Int]]
    }

    /// Where contacts wait: a class's own queue, or the one to which those of a class move who have waited long.
    package struct QueuePlan: Sendable {
        /// The class whose contacts they are.
        package var contactClass: Int
        package var ranks: [[Int]]
        package var priority: Int
        /// The queue after the next escalation, and after which wait; −1 where there is none.
        package var next = -1
        package var nextAfter = Double.infinity
        /// The earliest moment of it, where each contact has one of its own.
        var nextFrom = Double.infinity
        /// Whether these go first among contacts of their priority, though they lie in a list.
        package var isFirst = false
        /// The queue when further groups come to help, and when so many of the type wait; −1 where none do.
        package var nextWhenMany = -1
        package var many = Int.max
        /// Groups who need an interpreter for these contacts.
        package var interpreted: Set<Int> = []
        /// Of a class whose calls are made at certain hours alone: where they wait at others, and nobody takes them; −1 for
        /// none.
        package var outsideHours = -1
    }

    /// Each type once, or once for each of its languages; and the queues in which their contacts wait.
    static func queues(_ scenario: Scenario, _ types: [TypePlan]) -> (classes: [ClassPlan], queues: [QueuePlan]) {
        var classes: [ClassPlan] = []
        for (t, type) in scenario.contactTypes.enumerated() {
            let languages = type.languages.isEmpty ? [nil] : type.languages.map { Optional($0.code) }
            classes += languages.map { language in
                ClassPlan(
                    type: t, language: language,
                    acceptableWait: type.target(in: language)?.acceptableWait ?? .infinity, ranks: [])
            }
        }
        // By class, groups with the skill who need an interpreter for it.
        var interpreting = [[Int]](repeating: [], count: classes.count)
        for c in classes.indices {
            let type = types[classes[c].type].given
            let isInterpreted = type.interpreter?.languages.contains(classes[c].language ?? "") == true
            var byRank: [Int: [Int]] = [:]
            for (g, group) in scenario.agentGroups.enumerated() where group.isLicensed(for: type) {
                // The first of a group's skills for it counts.
                guard let skill = group.skills.first(where: { $0.contactType == classes[c].type }) else { continue }
                if group.speaks(classes[c].language) {
                    byRank[skill.rank, default: []].append(g)
                } else if isInterpreted {
                    interpreting[c].append(g)
                }
            }
            classes[c].ranks = byRank.keys.sorted().map { byRank[$0] ?? [] }
        }
        let queues = queues(&classes, types, scenario.agentGroups, interpreting: interpreting)
        return (classes, queues)
    }

    /// The classes' own queues, and behind them those to which contacts escalate.
    ///
    /// A contact moves by the time it has waited, and when many wait: each step of the one exists with each of the other.
    private static func queues(
        _ classes: inout [ClassPlan], _ types: [TypePlan], _ groups: [AgentGroup], interpreting: [[Int]]
    ) -> [QueuePlan] {
        for c in classes.indices where !interpreting[c].isEmpty && types[classes[c].type].given.interpreter?.after == 0
        {
            classes[c].ranks.append(interpreting[c])
        }
        var queues = classes.indices.map { c in
            QueuePlan(
                contactClass: c, ranks: classes[c].ranks, priority: types[classes[c].type].given.priority,
                interpreted: Set(interpreting[c]).intersection(classes[c].ranks.joined()))
        }
        for c in classes.indices {
            let type = types[classes[c].type].given
            var byTime = type.escalations.filter { $0.whenWaiting == nil }.map { ($0, isInterpreted: false) }
            if let after = type.interpreter?.after, after > 0, !interpreting[c].isEmpty {
                byTime.append((Escalation(after: after, groups: interpreting[c]), isInterpreted: true))
                byTime.sort { $0.0.after < $1.0.after }
            }
            let byNumber = type.escalations.filter { $0.whenWaiting != nil }.sorted {
                ($0.whenWaiting ?? 0) < ($1.whenWaiting ?? 0)
            }
            var before: [Int] = []
            for step in 0...byNumber.count {
                var row: [Int] = []
                for time in 0...byTime.count {
                    var index = c
                    if step > 0 || time > 0 {
                        index = queues.count
                        var next = queues[time > 0 ? row[time - 1] : before[0]]
                        let change = time > 0 ? byTime[time - 1].0 : byNumber[step - 1]
                        next.priority = change.priority ?? next.priority
                        next.isFirst = next.isFirst || change.isFirst
                        let known = Set(next.ranks.joined())
                        // Whoever helps speaks the language, too, or has somebody on the line who does.
                        let strangers = Set(change.groups.filter { !groups[$0].speaks(classes[c].language) })
                        let isInterpreted = type.interpreter?.languages.contains(classes[c].language ?? "") == true
                        let more = change.groups.filter {
                            !known.contains($0) && (isInterpreted || !strangers.contains($0))
                        }
                        if !more.isEmpty { next.ranks.append(more) }
                        next.interpreted.formUnion(strangers.intersection(more))
                        queues.append(next)
                    }
                    queues[index].next = -1
                    queues[index].nextAfter = .infinity
                    queues[index].nextFrom = .infinity
                    queues[index].nextWhenMany = -1
                    queues[index].many = .max
                    row.append(index)
                    if time > 0 {
                        queues[row[time - 1]].next = index
                        queues[row[time - 1]].nextAfter = byTime[time - 1].0.after
                        queues[row[time - 1]].nextFrom = byTime[time - 1].0.from ?? byTime[time - 1].0.after
                    }
                    if step > 0 {
                        queues[before[time]].nextWhenMany = index
                        queues[before[time]].many = byNumber[step - 1].whenWaiting ?? .max
                    }
                }
                before = row
            }
        }
        for c in classes.indices where types[classes[c].type].given.callable != nil {
            queues[c].outsideHours = queues.count
            queues.append(QueuePlan(contactClass: c, ranks: [], priority: queues[c].priority))
        }
        return queues
    }
}

extension AgentGroup {
    /// Nothing crosses a licence: neither a skill nor overflow.
    func isLicensed(for type: ContactType) -> Bool { type.licence.map(licences.contains) ?? true }

    func speaks(_ language: String?) -> Bool { language.map(languages.contains) ?? true }
}
