import Center
import Queueing
import Simulator
import Tabular

/// The contacts to be expected of each type when what contacts bring about counts too: handed on, come again, follow-up
/// work, messages left while closed.
///
/// Everybody is taken to be answered. What comes at once, such as one who is handed on, comes in the same period and is
/// found from a linear system; what comes later comes after its mean delay. Callbacks depend on how long people wait,
/// which nobody knows beforehand: who would be called back counts where the call was made.
public struct ExpectedFlows: Sendable {
    /// The scenario's contact types; those that are brought about have all their contacts as arrivals, period by period.
    public let types: [ContactType]

    /// Follows every contact through the mean scenario; absences and day factors play no part.
    public init(_ scenario: Scenario) {
        let scenario = scenario.averaged
        let given = scenario.contactTypes
        let brought = Self.broughtAbout(in: given)
        guard !brought.isEmpty else {
            types = given
            return
        }
        let periods = scenario.horizon.periods
        let demand = given.map { IntervalDemand.all(of: $0, in: scenario.horizon) }
        var links: [Link] = []
        for (t, type) in given.enumerated() { links += Self.links(of: type, t) }
        // What comes within the period in which it is brought about.
        let shortest = periods.map { $0.end - $0.start }.min() ?? 0
        let atOnce = links.filter { $0.delay < shortest / 2 }
        let delayed = links.filter { $0.delay >= shortest / 2 }
        let flows = FlowsByHours(atOnce, given)
        var expected = periods.map { _ in [Double](repeating: 0, count: given.count) }
        // Handed on to types that are closed by then.
        var missed = expected
        for (p, period) in periods.enumerated() {
            var outside = expected[p]
            for t in given.indices {
                let isDeferred = given[t].channel.kind == .deferred
                outside[t] += isDeferred ? demand[t][p].contacts : demand[t][p].taken
                let missed = demand[t][p].contacts - demand[t][p].taken
                guard !isDeferred, missed > 0 else { continue }
                switch given[t].whenClosed {
                case .turnedAway: break
                case .message(let type): outside[type] += missed
                case .callbackNextOpen(let type):
                    if let next = Self.nextOpening(of: given[t], after: period, in: periods) {
                        if next == p { outside[type] += missed } else { expected[next][type] += missed }
                    }
                }
            }
            let open = given.indices.map { min(1, demand[$0][p].open / (period.end - period.start)) }
            let all = flows.all(outside, open: open)
            expected[p] = all
            for link in atOnce where link.isHandedOn && given[link.to].channel.kind == .live && open[link.to] < 1 {
                let contacts = all[link.from] * link.share * (1 - open[link.to])
                missed[p][link.to] += contacts
                guard case .callbackNextOpen(let type) = given[link.to].whenClosed,
                    let next = Self.nextOpening(of: given[link.to], after: period, in: periods)
                else { continue }
                expected[next][type] += contacts
            }
            for link in delayed where all[link.from] > 0 {
                let time = (period.start + period.end) / 2 + link.delay
                guard let next = Self.period(after: time, in: periods), next > p else { continue }
                let contacts = all[link.from] * link.share
                for (q, part) in Self.whenOpen(next, given[link.to], demand[link.to]) where q > p {
                    expected[q][link.to] += contacts * part
                }
            }
        }
        types = given.indices.map { t in
            guard brought.contains(t) else { return given[t] }
            var type = given[t]
            type.arrivals = periods.indices.flatMap { p -> [ArrivalTimeSpan] in
                let own = demand[t][p]
                let isDeferred = type.channel.kind == .deferred
                let contacts = max(expected[p][t], own.open > 0 || isDeferred ? 0 : own.contacts + missed[p][t])
                guard contacts > 0 else { return [] }
                let factor = own.taken > 0 ? max(0.01, 1 + (own.weight - own.taken) / contacts) : 1
                let whole = TimeSpan(periods[p].start, periods[p].end)
                let parts = isDeferred || own.open <= 0 ? [whole] : type.openParts(of: whole)
                let length = parts.reduce(0) { $0 + $1.length }
                return parts.map {
                    ArrivalTimeSpan($0, contacts: contacts * $0.length / length, handlingFactor: factor)
                }
            }
            return type
        }
    }

    /// In which periods contacts come that would come in period `p`: live ones whom we would send away come evenly over
    /// the next opening hours.
    private static func whenOpen(
        _ p: Int, _ type: ContactType, _ demand: [IntervalDemand]
    ) -> [(period: Int, share: Double)] {
        guard type.channel.kind == .live, type.whenClosed == .turnedAway, demand[p].open <= 0 else { return [(p, 1)] }
        guard let first = demand[p...].firstIndex(where: { $0.open > 0 }) else { return [] }
        let timeSpan = demand[first...].prefix { $0.open > 0 }
        let sum = timeSpan.reduce(0) { $0 + $1.open }
        return timeSpan.indices.map { ($0, demand[$0].open / sum) }
    }

    /// The period of a type's next opening when it is closed for some of one.
    private static func nextOpening(
        of type: ContactType, after period: Horizon.Period, in periods: [Horizon.Period]
    ) -> Int? {
        type.open.first { $0.start >= period.start && $0.end > period.end }
            .flatMap { Self.period(after: $0.start, in: periods) }
    }

    /// The first period that is not over at a time.
    private static func period(after time: Double, in periods: [Horizon.Period]) -> Int? {
        var low = 0
        var high = periods.count
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].end > time { high = middle } else { low = middle + 1 }
        }
        return low < periods.count ? low : nil
    }

    /// The types whose contacts come about by others.
    static func broughtAbout(in types: [ContactType]) -> Set<Int> {
        types.reduce(into: []) { brought, type in
            for followOn in type.followOns where followOn.share > 0 { brought.insert(followOn.contactType) }
            if let next = leadsTo(type.whenClosed) { brought.insert(next) }
        }
    }

    private static func leadsTo(_ rule: WhenClosed) -> Int? {
        switch rule {
        case .turnedAway: nil
        case .message(let type), .callbackNextOpen(let type): type
        }
    }

    fileprivate struct Link {
        var from: Int
        var to: Int
        var share: Double
        /// Seconds.
        var delay: Double
        /// While the talk lasts, whether or not they are open there.
        var isHandedOn = false
    }

    private static func links(of type: ContactType, _ t: Int) -> [Link] {
        let handedOn = type.followOns.filter { $0.cause == .transfer }.reduce(0) { $0 + $1.share }
        return type.followOns.filter { $0.share > 0 }.map { followOn in
            Link(
                from: t, to: followOn.contactType,
                // One that is handed on leaves the rest to where it goes.
                share: followOn.share * (followOn.cause == .transfer ? 1 : 1 - min(1, handedOn)),
                delay: followOn.cause == .transfer ? 0 : followOn.delay?.mean ?? 0,
                isHandedOn: followOn.cause == .transfer)
        }
    }
}

/// What is handed on at once, period by period: whoever is handed on to a type that is closed does not come there, but
/// leaves a message where it takes them.
private struct FlowsByHours {
    private let links: [ExpectedFlows.Link]
    private let types: [ContactType]
    /// Whose opening hours matter.
    private let targets: [Int]
    private let whole: PassedOn

    init(_ links: [ExpectedFlows.Link], _ types: [ContactType]) {
        self.links = links
        self.types = types
        targets = Set(links.filter { $0.isHandedOn && types[$0.to].channel.kind == .live }.map(\.to)).sorted()
        whole = PassedOn(links)
    }

    /// Contacts by type, from those that come from outside; `open` is the share of the period in which each type is.
    func all(_ outside: [Double], open: [Double]) -> [Double] {
        guard targets.contains(where: { open[$0] < 1 }) else { return whole.all(outside) }
        var own: [ExpectedFlows.Link] = []
        for link in links {
            guard link.isHandedOn, types[link.to].channel.kind == .live, open[link.to] < 1 else {
                own.append(link)
                continue
            }
            var part = link
            part.share *= open[link.to]
            own.append(part)
            if case .message(let type) = types[link.to].whenClosed {
                part.to = type
                part.share = link.share * (1 - open[link.to])
                own.append(part)
            }
        }
        return PassedOn(own).all(outside)
    }
}

/// What becomes of contacts that come from outside when some of them are handed on at once, again and again.
private struct PassedOn {
    /// The types that take part, and among them `[to][from]`: contacts of a type for each that comes from outside.
    private let types: [Int]
    private let contacts: [[Double]]

    /// (1 - S)⁻¹ by Gauss and Jordan, S the shares of the links.
    init(_ links: [ExpectedFlows.Link]) {
        types = Set(links.flatMap { [$0.from, $0.to] }).sorted()
        let place = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1, $0) })
        let n = types.count
        var a = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0.0 } }
        var b = a
        for link in links {
            if let to = place[link.to], let from = place[link.from] { a[to][from] -= link.share }
        }
        for i in 0..<n {
            // Loops carry less than everything, so the diagonal stays above 0.
            let pivot = max(a[i][i], 1e-9)
            for k in 0..<n {
                a[i][k] /= pivot
                b[i][k] /= pivot
            }
            for j in 0..<n where j != i && a[j][i] != 0 {
                let factor = a[j][i]
                for k in 0..<n {
                    a[j][k] -= factor * a[i][k]
                    b[j][k] -= factor * b[i][k]
                }
            }
        }
        contacts = b
    }

    /// Contacts by type, from those that come from outside.
    func all(_ outside: [Double]) -> [Double] {
        var all = outside
        for (i, to) in types.enumerated() {
            all[to] = types.indices.reduce(0) { $0 + contacts[i][$1] * outside[types[$1]] }
        }
        return all
    }
}
