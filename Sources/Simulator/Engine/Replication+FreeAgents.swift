/// Who takes a contact that comes: the idle, and those whose last contact ended unnoticed.
///
/// To *find* an agent is to take one out of the idle list for a contact, to *choose* one is only to say who it would be.
/// `findAgent` is asked by whatever offers a contact: it goes on to `findIdleAgent` where only the idle can take one, else
/// to `findAnyAgent`, which also asks those with room for one more and those who can put other work aside. Both
/// choose among the idle by `chooseIdleAgent`: the longest idle, or, where the policy is another, `choosePolicyAgent`.
extension Replication {
    /// Who takes a contact of the class, no longer idle; −1 when all are taken.
    @inline(__always)
    mutating func findAgent(class c: Int, type t: Int, index: UInt64) -> Int {
        types[t].looksFurther
            ? findAnyAgent(queue: c, type: t, index: index) : findIdleAgent(class: c, type: t, index: index)
    }

    /// The same where only the idle are asked.
    @inline(__always)
    mutating func findIdleAgent(class c: Int, type t: Int, index: UInt64) -> Int {
        let ranks = ranks.place(c)
        // While somebody waits, ends are noticed as they come, so that the idle are known.
        guard floor.waiting == 0 || floor.idleGroups & ranks.pointee.all != 0 else { return -1 }
        if noticesEndsLate {
            if ranks.pointee.isStrict {
                var a = -1
                var level = 0
                while a < 0, level < ranks.pointee.levelCount {
                    a = findLongestIdle(group: ranks.pointee.only(level))
                    level &+= 1
                }
                return a
            }
            noticeEnds(until: clock.now)
        }
        let a = chooseIdleAgent(class: c, type: t, index: index)
        if a >= 0 { floor.endIdle(a) }
        return a
    }

    /// The agent of a group who has been idle longest, no longer idle; −1 when there is none. Those in the idle list
    /// were noticed before whoever got free since.
    @inline(__always)
    mutating func findLongestIdle(group g: Int) -> Int {
        var a = Int(floor.groups[g].idleFirst)
        if a >= 0 {
            floor.endIdle(a)
            return a
        }
        let end = handlings.time(group: g)
        guard end <= clock.now else { return -1 }
        a = handlings.agent(group: g)
        ledger.addTime(from: floor.agents[a].busySince, to: end, group: g, .busy)
        return a
    }

    /// Makes those idle whose contacts ended at `time` or before.
    @inline(never)
    mutating func noticeEnds(until time: Double) {
        while handlings.time <= time {
            let a = handlings.agent
            ledger.addTime(
                from: floor.agents[a].busySince, to: handlings.time, group: Int(floor.agents[a].group), .busy)
            handlings.end(a)
            floor.makeIdle(a)
        }
    }

    /// The idle agent whom the policy picks for a contact; −1 when all are taken.
    @inline(__always)
    mutating func chooseIdleAgent(class c: Int, type t: Int, index: UInt64) -> Int {
        choices.picksLongestIdle ? floor.longestIdle(ranks[c]) : choosePolicyAgent(queue: c, type: t, index: index)
    }
}
