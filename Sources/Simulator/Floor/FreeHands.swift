/// Which agents have room for one more contact, and which are on work that can wait: kept up to date, so that nobody
/// has to be searched for when a contact comes.
struct FreeHands {
    /// By channel: the most at once.
    let atOnce: Dense<Int>
    private let channelCount: Int
    /// `[channel][in hand − 1]`: agents who have so many of the channel in hand, and a hand free.
    private let sets: [PlaceSet]
    /// By agent: which of these it is in, −1 for none.
    private let place: Dense<Int32>
    /// By group, its agents: the first, and one behind the last.
    private let members: Dense<Int>
    /// Agents on work that can be taken from them.
    private let onWork: LatestBegun
    /// Words of the sets and agents that were looked at, for tests.
    let looks: Dense<Int>

    init(_ plan: Blueprint, in memory: Memory) {
        let agents = plan.agents.count
        atOnce = Dense(plan.channels.map(\.atOnce), in: memory)
        channelCount = plan.channels.count
        let most = plan.channels.map(\.atOnce).max() ?? 1
        sets = (0..<(channelCount * (most - 1))).map { _ in PlaceSet(count: agents, in: memory) }
        place = Dense(repeating: -1, count: most > 1 ? agents : 0, in: memory)
        members = Dense(plan.groups.map(\.agents.lowerBound) + [agents], in: memory)
        onWork = LatestBegun(count: plan.flows.hasInterruptible ? agents : 0, in: memory)
        looks = Dense(repeating: 0, count: 1, in: memory)
    }

    func clear() {
        for set in sets { set.clear() }
        place.fill(-1)
        onWork.clear()
    }

    private func index(_ channel: Int, _ count: Int) -> Int { (count - 1) * channelCount + channel }

    /// An agent has so many of a channel in hand; `isOpen` unless a break is due or the way home.
    func note(_ a: Int, channel: Int, count: Int, isOpen: Bool) {
        let hasRoom = isOpen && count > 0 && count < atOnce[channel]
        let new = hasRoom ? Int32(index(channel, count)) : -1
        guard new != place[a] else { return }
        if place[a] >= 0 { sets[Int(place[a])].remove(a) }
        if new >= 0 { sets[Int(new)].insert(a) }
        place[a] = new
    }

    /// Of a group's agents with a hand free for a channel, the first of those with the fewest or the most in hand, where
    /// these are fewer or more than `count`; −1 when there is nobody.
    func hand(channel: Int, group g: Int, prefersFewest: Bool, than count: Int) -> Int {
        let agents = members[g]..<members[g + 1]
        for step in 1..<max(1, atOnce[channel]) {
            let own = prefersFewest ? step : atOnce[channel] - step
            if count > 0, prefersFewest ? own >= count : own <= count { return -1 }
            let a = sets[index(channel, own)].first(in: agents, reads: &looks[0])
            if a >= 0 { return a }
        }
        return -1
    }

    /// An agent begins at `time` what can be taken from it again.
    func begin(_ a: Int, at time: Double) { onWork.insert(a, at: time) }

    /// What an agent has in hand cannot be taken from it any more.
    func end(_ a: Int) {
        if onWork.contains(a) { onWork.remove(a) }
    }

    /// The agent of a group who began last what can be taken from it, of those who began together the first; −1 when
    /// there is nobody.
    func latest(group g: Int) -> Int { onWork.latest(in: members[g]..<members[g + 1], looks: &looks[0]) }
}
