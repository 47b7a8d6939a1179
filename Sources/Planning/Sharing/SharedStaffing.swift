import Center
import Queueing
import Simulator

/// The needs of a plan beside the people who are there, each person given to the needs once.
///
/// Two questions are answered for every period. Who is left for whom: work is divided among the groups so that nobody is
/// busier than they must be (`PeopleFlow`), and each person's time goes to types in proportion to the work that they get.
/// Is it enough: what callers meet is worked out with the people as they are shared (`ServiceForecast`). A row is short
/// where that misses the target or the limit of hang-ups, by the fewest people who would mend it.
public struct SharedStaffing: Sendable {
    /// What is there for one requirement.
    public struct Row: Sendable {
        /// People on the phones whom the others leave for it, fractions included.
        public var have = 0.0
        /// The service level to be expected by the type's rule, 0…1; nil where nobody comes or nothing is known.
        public var level: Double?
        /// Expected abandoned ÷ offered.
        public var abandonment: Double?
        /// People on the phones who are missing; 0 is enough.
        public var short = 0
        /// Callers who are not answered in time although it was promised, expected in the period.
        public var lost = 0.0
        /// Index into `pools`; nil where the type has people of its own.
        public var pool: Int?
        /// Each of its languages that other people serve than the rest.
        public var languages: [Language] = []

        /// The language that most people are missing for, else the one that fares worst.
        public var scarcest: Language? {
            languages.max { ($0.short, 1 - ($0.level ?? 1)) < ($1.short, 1 - ($1.level ?? 1)) }
        }
    }

    /// The callers of a type who need a language for which there are fewer people.
    public struct Language: Sendable {
        /// Such as `es`.
        public var codes: [String]
        /// Of the type's contacts, 0…1.
        public var share: Double
        /// People on the phones, as if these callers were alone; nil where no number is enough.
        public var need: Int?
        /// People on the phones whom others leave for these callers, fractions included.
        public var have: Double
        /// The service level to be expected for these callers, 0…1; nil where nothing is known.
        public var level: Double?
        /// People on the phones who are missing for these callers; 0 is enough.
        public var short: Int
        /// Those of these callers who are not answered in time although it was promised, expected in the period.
        public var lost: Double
    }

    /// Contact types and groups that work as one team in a period: everybody in it is about equally busy.
    public struct Pool: Sendable {
        /// Index of the horizon's period.
        public var period: Int
        /// Indices of the scenario's groups.
        public var groups: [Int]
        /// Indices of the scenario's contact types.
        public var types: [Int]
        /// Contacts expected in the period.
        public var contacts: Double
        /// The work that they bring, in people.
        public var work: Double
        /// People on the phones who would be enough if everybody could serve everything; nil where no number is.
        public var needShared: Int?
        /// People on the phones who would be enough if nobody served two types; nil where no number is.
        public var needDivided: Int?
        /// People on the phones, fractions included.
        public var have: Double
        /// People who are missing at least, if everybody could serve everything; 0 is enough.
        public var short: Int
        /// People who are missing if nobody served two types; 0 is enough.
        public var shortDivided: Int
        /// Callers who are not answered in time although it was promised, expected in the period.
        public var lost: Double
    }

    /// Whether any group has anybody planned at all.
    public let isAnybodyPlanned: Bool
    /// In the order of the requirements' rows.
    public private(set) var rows: [Row]
    /// In the order of periods; only those with two types or more.
    public private(set) var pools: [Pool] = []
    /// `[period][group]`, people on duty; nil where no number is enough.
    private var required: [Double?]
    private let groupCount: Int

    /// People on duty whom a group must have, shrinkage not taken off, so that nothing is short; nil where no number is
    /// enough.
    public func required(period: Int, group: Int) -> Double? { required[period * groupCount + group] }

    init(_ requirements: Requirements) {
        let scenario = requirements.scenario
        groupCount = scenario.agentGroups.count
        rows = [Row](repeating: Row(), count: requirements.rows.count)
        required = [Double?](repeating: 0, count: scenario.horizon.periods.count * groupCount)
        let present = PeoplePresent(scenario)
        isAnybodyPlanned = present.isAnybodyPlanned
        guard isAnybodyPlanned else {
            requireFirstRanks(requirements)
            return
        }
        let patient = Set(scenario.contactTypes.indices.filter { requirements.models[$0] == .erlangC })
        let forecast = ServiceForecast(scenario, patient: patient)
        var needs = SharedNeeds(requirements, forecast.callers)
        var flow: PeopleFlow?
        var next = 0
        for p in scenario.horizon.periods.indices {
            let first = next
            while next < requirements.rows.count, requirements.rows[next].period == p { next += 1 }
            guard next > first else { continue }
            divide(first..<next, p, requirements, forecast, present, &needs, &flow)
        }
    }

    // MARK: One period

    private mutating func divide(
        _ own: Range<Int>, _ p: Int, _ requirements: Requirements, _ forecast: ServiceForecast,
        _ present: PeoplePresent, _ needs: inout SharedNeeds, _ last: inout PeopleFlow?
    ) {
        let scenario = requirements.scenario
        let callers = forecast.callers
        let work = needs.work(period: p, rows: own)
        let people = needs.people(period: p, present)
        // Most periods of a quiet day are like the one before.
        let flow: PeopleFlow
        if let last, last.isOf(work: work, people: people) {
            flow = last
        } else {
            flow = PeopleFlow(work: work, servers: needs.servers, people: people)
            last = flow
        }
        // Who is there, and how they fare.
        for r in own {
            let row = requirements.rows[r]
            let type = scenario.contactTypes[row.contactType]
            var counts = ForecastCounts()
            let mine = needs.callers(of: row.contactType)
            for c in mine {
                var have = 0.0
                for (i, g) in needs.servers[c].enumerated() {
                    have +=
                        flow.share(callers: c, server: i)
                        * present.mean(period: p, contactType: row.contactType, group: g)
                }
                let expected = forecast.counts[p * callers.count + c]
                counts += expected
                rows[r].have += have
                guard mine.count > 1, type.channel.kind == .live, let target = type.target else { continue }
                let level = row.binding == .closed ? nil : expected.level(target.rule)
                var language = Language(
                    codes: callers[c].languages, share: callers[c].share, need: needs.need(of: row, callers: c),
                    have: have, level: level, short: 0, lost: 0)
                if let level, level < target.share - Self.tolerance {
                    language.lost = (target.share - level) * row.contacts * callers[c].share
                    language.short = Self.limited(
                        fewest(p, [c], target, nil, forecast), need: language.need, have: have)
                }
                rows[r].languages.append(language)
            }
            // Where nobody has anything to do, everybody is there.
            rows[r].have = min(rows[r].have, present.mean(period: p, contactType: row.contactType))
            guard row.binding != .closed, row.binding != .noContacts else { continue }
            judge(r, row, type, counts, mine, forecast)
        }
        formPools(own, p, requirements, forecast, present, needs: &needs, flow: flow, work: work)
    }

    /// How far below a promise still counts as kept: of so much the forecast of shared people is sure, and no better.
    public static let tolerance = 0.01
    private static let most = 200

    private mutating func judge(
        _ r: Int, _ row: Requirement, _ type: ContactType, _ counts: ForecastCounts, _ callers: [Int],
        _ forecast: ServiceForecast
    ) {
        let here = Int(rows[r].have.rounded(.toNearestOrAwayFromZero))
        var more = 0
        if let target = type.target, let level = counts.level(target.rule) {
            rows[r].level = level
            if level < target.share - Self.tolerance {
                rows[r].lost = (target.share - level) * row.contacts
                more =
                    type.channel.kind == .live
                    ? fewest(row.period, callers, target, type.maxAbandonment, forecast)
                    : max(1, (row.need ?? 0) - here)
            }
        }
        if type.channel.kind == .live, let share = counts.abandonment {
            rows[r].abandonment = share
            if let most = type.maxAbandonment, type.patience != nil, share > most + Self.tolerance {
                rows[r].lost = max(rows[r].lost, (share - most) * row.contacts)
                if more == 0 { more = fewest(row.period, callers, type.target, most, forecast) }
            }
        }
        // Goals that callers do not feel, such as a limit of occupancy, and types of which nothing is forecast.
        let isFelt = row.binding != .occupancy && rows[r].level != nil
        if more == 0, !isFelt, let need = row.need { more = max(0, need - here) }
        rows[r].short = more > 0 ? Self.limited(more, need: row.need, have: rows[r].have) : 0
    }

    /// With people of its own a type needs no more than it would need alone.
    private static func limited(_ more: Int, need: Int?, have: Double) -> Int {
        guard let need else { return more }
        return min(more, max(1, need - Int(have.rounded(.toNearestOrAwayFromZero))))
    }

    /// The fewest people beside those there with whom callers of a type get what is promised, ≥ 1.
    private func fewest(
        _ p: Int, _ callers: [Int], _ target: ServiceTarget?, _ mostAbandoned: Double?, _ forecast: ServiceForecast
    ) -> Int {
        for more in 1...Self.most {
            var sum = ForecastCounts()
            for c in callers { sum += forecast.counts(period: p, callers: c, more: more) ?? ForecastCounts() }
            guard sum.offered > 0 else { return 1 }
            let isMet = target.map { (sum.level($0.rule) ?? 1) >= $0.share - Self.tolerance } ?? true
            let isKept = mostAbandoned.map { (sum.abandonment ?? 0) <= $0 + Self.tolerance } ?? true
            if isMet, isKept { return more }
        }
        return Self.most
    }

    // MARK: Pools and groups

    private mutating func formPools(
        _ own: Range<Int>, _ p: Int, _ requirements: Requirements, _ forecast: ServiceForecast,
        _ present: PeoplePresent, needs: inout SharedNeeds, flow: PeopleFlow, work: [Double]
    ) {
        let scenario = requirements.scenario
        let parts = needs.teams(flow, work: work)
        var poolOf: [Int: Int] = [:]
        for team in parts {
            let served = Set(team.callers.map { forecast.callers[$0].type })
            let types = served.sorted()
            let mine = own.filter { served.contains(requirements.rows[$0].contactType) }
            guard !mine.isEmpty else { continue }
            let busiest = mine.max { requirements.rows[$0].load < requirements.rows[$1].load } ?? mine[0]
            let have = team.groups.reduce(0) { sum, g in
                sum + present.mean(period: p, contactType: requirements.rows[busiest].contactType, group: g)
            }
            let needed = needs.needs(of: team, rows: mine, work: work)
            // What callers miss, the narrowest set first: whoever comes there helps the wider ones too.
            var missing: [(groups: Set<Int>, short: Int)] = []
            for r in mine {
                let row = rows[r]
                let of = needs.callers(of: requirements.rows[r].contactType)
                for (i, language) in row.languages.enumerated() where language.short > 0 {
                    missing.append((Set(needs.servers[of[i]]).intersection(team.groups), language.short))
                }
                if row.short > 0 {
                    let all = Set(of.flatMap { needs.servers[$0] }).intersection(team.groups)
                    missing.append((all, row.short))
                }
            }
            missing.sort { ($0.groups.count, $0.groups.min() ?? 0) < ($1.groups.count, $1.groups.min() ?? 0) }
            var extra: [Int: Double] = [:]
            var total = 0
            var placed: [(groups: Set<Int>, people: Int)] = []
            // Never more than if none of them shared anybody.
            let most = needed.divided.map { max(1, $0 - Int(have.rounded(.toNearestOrAwayFromZero))) } ?? .max
            for one in missing where !one.groups.isEmpty {
                let already = placed.filter { $0.groups.isSubset(of: one.groups) }.reduce(0) { $0 + $1.people }
                let more = min(one.short - already, most - total)
                guard more > 0 else { continue }
                placed.append((one.groups, more))
                total += more
                // In one order, as sums of parts depend on it in their last bit.
                let takers = one.groups.sorted()
                let there = takers.reduce(0) {
                    $0 + present.mean(period: p, contactType: requirements.rows[busiest].contactType, group: $1)
                }
                for g in takers {
                    let part =
                        there > 0
                        ? present.mean(period: p, contactType: requirements.rows[busiest].contactType, group: g) / there
                        : 1 / Double(one.groups.count)
                    extra[g, default: 0] += Double(more) * part
                }
            }
            // One queue of all of them would be short of so many at least, wherever they come.
            if total > 0, let shared = needed.shared {
                let rest = min(shared - Int(have.rounded(.toNearestOrAwayFromZero)), most) - total
                if rest > 0 {
                    total += rest
                    for g in team.groups { extra[g, default: 0] += Double(rest) / Double(team.groups.count) }
                }
            }
            // What is short needs those who are there and the missing; what is not, no more than are there.
            let base = total > 0 ? have : min(have, needed.shared.map(Double.init) ?? have)
            for g in team.groups {
                let here = present.mean(period: p, contactType: requirements.rows[busiest].contactType, group: g)
                let part = have > 0 ? here / have : 1 / Double(team.groups.count)
                let cell = p * groupCount + g
                let isKnown = needed.shared != nil
                required[cell] = isKnown ? (base * part + (extra[g] ?? 0)) / (1 - scenario.shrinkage) : nil
            }
            guard types.count > 1 else { continue }
            let lost = mine.reduce(0) { sum, r in
                sum + max(rows[r].lost, rows[r].languages.reduce(0) { $0 + $1.lost })
            }
            let here = Int(have.rounded(.toNearestOrAwayFromZero))
            pools.append(
                Pool(
                    period: p, groups: team.groups, types: types,
                    contacts: mine.reduce(0) { $0 + requirements.rows[$1].contacts },
                    work: team.callers.reduce(0) { $0 + work[$1] }, needShared: needed.shared,
                    needDivided: needed.divided, have: have, short: total,
                    shortDivided: total > 0 ? max(total, (needed.divided ?? 0) - here) : 0, lost: lost))
            for r in mine { poolOf[r] = pools.count - 1 }
        }
        for (r, pool) in poolOf { rows[r].pool = pool }
        requireFirstRanks(own, requirements, present)
    }

    /// Where nobody is there who could serve a type, people of the first rank are missing.
    private mutating func requireFirstRanks(
        _ own: Range<Int>, _ requirements: Requirements, _ present: PeoplePresent?
    ) {
        let scenario = requirements.scenario
        let lacking = own.filter { r in
            let row = requirements.rows[r]
            return row.need != 0
                && (present.map { $0.mean(period: row.period, contactType: row.contactType) <= 0 } ?? true)
        }
        guard !lacking.isEmpty else { return }
        let able = scenario.groupsByType
        for r in lacking {
            let row = requirements.rows[r]
            let able = able[row.contactType]
            func rank(_ g: Int) -> Int {
                scenario.agentGroups[g].skills.filter { $0.contactType == row.contactType }.map(\.rank).min() ?? .max
            }
            let least = able.map(rank).min()
            let first = able.filter { rank($0) == least }
            // Deferred work fills what is left of other people's time: no whole people for each list.
            let people = requirements.deferred.contains(row.contactType) ? row.needExact : row.need.map(Double.init)
            for g in first {
                let cell = row.period * groupCount + g
                required[cell] = people.flatMap { need in
                    required[cell].map { $0 + need / (1 - scenario.shrinkage) / Double(first.count) }
                }
            }
        }
    }

    private mutating func requireFirstRanks(_ requirements: Requirements) {
        requireFirstRanks(requirements.rows.indices, requirements, nil)
    }
}
