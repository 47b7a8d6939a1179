import Tabular

/// Places lunches and breaks with sight of everybody who may take the same contacts, so that colleagues are not away
/// together, whatever their shift or group.
///
/// Each pause falls, within its window, where those who stay can best spare somebody: what is kept small is
/// (people on shift / people left)², summed over time and over the open live types in each of their languages. Of times that
/// are as good the one nearest to an even spread is taken. First lunches, then breaks; everybody in turn, a few times over, until nobody finds
/// better. Of more than `mostPeople` on one shift each counts for little: they spread evenly.
package struct PausePlacement {
    /// A block among the groups.
    private struct Place {
        var group: Int
        var block: Int
    }

    /// Those who may take the same contacts, and when there are any.
    private struct Skill {
        var groups: [Int]
        var open: [TimeSpan]
    }

    private static let mostPeople = 40
    private static let passes = 4
    private static let slot = 300.0

    private let skills: [Skill]
    /// By group, the skills that it has.
    private let skillsOfGroup: [[Int]]

    private init(_ groups: [AgentGroup], _ types: [ContactType]) {
        var byGroups: [[Int]: [TimeSpan]] = [:]
        for (t, type) in types.enumerated() where type.channel.kind == .live && !type.open.isEmpty {
            let able = groups.indices.filter { g in groups[g].skills.contains { $0.contactType == t } }
            for language in type.languages.isEmpty ? [nil] : type.languages.map({ Optional($0.code) }) {
                let speaking = able.filter { g in
                    language.map {
                        groups[g].languages.contains($0) || type.interpreter?.languages.contains($0) == true
                    }
                        ?? true
                }
                // As many as are needed are there at any time.
                guard !speaking.isEmpty, !speaking.contains(where: { groups[$0].isAsNeeded }) else { continue }
                byGroups[speaking, default: []] += type.open
            }
        }
        skills = byGroups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
            Skill(groups: $0.key, open: TimeSpan.joined($0.value))
        }
        var ofGroup = [[Int]](repeating: [], count: groups.count)
        for (s, skill) in skills.enumerated() { for g in skill.groups { ofGroup[g].append(s) } }
        skillsOfGroup = ofGroup
    }

    /// Places what the shifts leave open.
    package static func place(in groups: inout [AgentGroup], types: [ContactType]) {
        var days: [Int: [Place]] = [:]
        for (g, group) in groups.enumerated() {
            guard case .shifts(let blocks) = group.staffing else { continue }
            for (b, block) in blocks.enumerated() {
                days[block.startsOn, default: []].append(Place(group: g, block: b))
            }
        }
        let placement = PausePlacement(groups, types)
        for day in days.keys.sorted() {
            let near = [day - 1, day, day + 1].flatMap { days[$0] ?? [] }
            placement.place(days[day] ?? [], among: near, in: &groups)
        }
    }

    /// One person whose pauses are being placed.
    private struct Seat {
        var block: Int
        var person: Int
        var group: Int
        var shift: TimeSpan
        var lunch: Pause?
        var breaks: [Pause] = []
        /// How far each pause may move.
        var room: [TimeSpan] = []
        var wished: [Double] = []
    }

    private func place(_ today: [Place], among near: [Place], in groups: inout [AgentGroup]) {
        func block(_ place: Place) -> ShiftBlock? {
            guard case .shifts(let blocks) = groups[place.group].staffing else { return nil }
            return blocks[place.block]
        }
        let blocks = today.map(block)
        let open = today.indices.filter { i in
            blocks[i].map { $0.pauses == nil && $0.people > 0 && ($0.lunch != nil || !$0.breaks.isEmpty) } ?? false
        }
        guard !open.isEmpty else { return }
        let timeSpans = open.compactMap { blocks[$0]?.timeSpan }
        let start = ((timeSpans.map(\.start).min() ?? 0) / Self.slot).rounded(.down) * Self.slot
        let count = Int((((timeSpans.map(\.end).max() ?? start) - start) / Self.slot).rounded(.up))
        var left = PeopleLeft(skills.count, start: start, slot: Self.slot, count: count)
        for (s, skill) in skills.enumerated() { left.open(s, skill.open) }
        // Everybody who is there, but for those pauses that are known.
        for (g, group) in groups.enumerated() {
            guard case .curve(let portions) = group.staffing else { continue }
            for portion in portions where portion.timeSpan.end > start {
                guard portion.timeSpan.start < left.end else { break }
                left.add(portion.timeSpan, portion.agents, to: skillsOfGroup[g])
            }
        }
        for place in near {
            guard let block = block(place), block.timeSpan.end > start, block.timeSpan.start < left.end else {
                continue
            }
            let known = block.pauses.map { [[Pause]](repeating: $0, count: block.people) } ?? block.placed
            left.add(block.timeSpan, Double(block.people), to: skillsOfGroup[place.group])
            for pause in known.joined() { left.goAway(pause.timeSpan, from: skillsOfGroup[place.group]) }
        }
        var seats: [Seat] = []
        for i in open {
            guard let block = blocks[i] else { continue }
            for person in 0..<block.people {
                seats.append(Seat(block: i, person: person, group: today[i].group, shift: block.timeSpan))
            }
        }
        placeLunches(&seats, blocks, &left)
        placeBreaks(&seats, blocks, &left)
        var placed: [Int: [[Pause]]] = [:]
        for seat in seats {
            let pauses = (seat.lunch.map { [$0] } ?? []) + seat.breaks
            placed[seat.block, default: []].append(Pause.disjoint(pauses))
        }
        for (i, pauses) in placed {
            guard case .shifts(var all) = groups[today[i].group].staffing else { continue }
            groups[today[i].group].staffing = .asNeeded
            all[today[i].block].placed = pauses
            groups[today[i].group].staffing = .shifts(all)
        }
    }

    private func placeLunches(_ seats: inout [Seat], _ blocks: [ShiftBlock?], _ left: inout PeopleLeft) {
        for pass in 0..<Self.passes {
            var hasMoved = false
            for i in seats.indices {
                let seat = seats[i]
                guard let block = blocks[seat.block], let lunch = block.lunch else { continue }
                if pass > 0, block.people > Self.mostPeople { continue }
                let skills = skillsOfGroup[seat.group]
                let even = PersonalDay.evenLunch(lunch, of: block, person: seat.person)
                var start = even
                if block.people <= Self.mostPeople {
                    if let placed = seat.lunch { left.goAway(placed.timeSpan, back: true, from: skills) }
                    let room = TimeSpan(lunch.window.start, max(lunch.window.start, lunch.window.end - lunch.length))
                    start = left.best(even, within: room, length: lunch.length, now: seat.lunch?.timeSpan.start, skills)
                }
                hasMoved = hasMoved || seat.lunch?.timeSpan.start != start
                seats[i].lunch = Pause(TimeSpan(start, start + lunch.length), isPaid: false)
                left.goAway(TimeSpan(start, start + lunch.length), from: skills)
            }
            if !hasMoved { break }
        }
    }

    private func placeBreaks(_ seats: inout [Seat], _ blocks: [ShiftBlock?], _ left: inout PeopleLeft) {
        for i in seats.indices {
            guard let block = blocks[seats[i].block] else { continue }
            let even = PersonalDay.evenBreaks(of: block, person: seats[i].person, lunch: seats[i].lunch?.timeSpan)
            seats[i].wished = even.map(\.start)
            seats[i].room = even.map(\.room)
        }
        for pass in 0..<Self.passes {
            var hasMoved = false
            for i in seats.indices {
                let seat = seats[i]
                guard let block = blocks[seat.block] else { continue }
                if pass > 0, block.people > Self.mostPeople { continue }
                let skills = skillsOfGroup[seat.group]
                for (k, length) in block.breaks.enumerated() {
                    let placed = pass > 0 ? seats[i].breaks[k].timeSpan : nil
                    var start = seat.wished[k]
                    if block.people <= Self.mostPeople {
                        if let placed { left.goAway(placed, back: true, from: skills) }
                        start = left.best(start, within: seat.room[k], length: length, now: placed?.start, skills)
                    }
                    hasMoved = hasMoved || placed?.start != start
                    let pause = Pause(TimeSpan(start, start + length), isPaid: true)
                    if pass > 0 { seats[i].breaks[k] = pause } else { seats[i].breaks.append(pause) }
                    left.goAway(pause.timeSpan, from: skills)
                }
            }
            if !hasMoved { break }
        }
    }
}

/// How many are left for each skill, by slots of time.
private struct PeopleLeft {
    private let start: Double
    private let slot: Double
    private let count: Int
    /// `[skill][slot]`: on shift, and not on a break.
    private var onShift: [Double]
    private var people: [Double]
    private var isOpen: [Bool]

    var end: Double { start + Double(count) * slot }

    init(_ skills: Int, start: Double, slot: Double, count: Int) {
        self.start = start
        self.slot = slot
        self.count = count
        people = [Double](repeating: 0, count: skills * count)
        onShift = people
        isOpen = [Bool](repeating: false, count: skills * count)
    }

    /// The slots that a span touches.
    private func slots(_ timeSpan: TimeSpan) -> Range<Int> {
        let low = min(count, max(0, Int(((timeSpan.start - start) / slot + 1e-6).rounded(.down))))
        return low..<max(low, min(count, Int(((timeSpan.end - start) / slot - 1e-6).rounded(.up))))
    }

    mutating func open(_ skill: Int, _ timeSpans: [TimeSpan]) {
        for timeSpan in timeSpans.touching(TimeSpan(start, end)) {
            for j in slots(timeSpan) { isOpen[skill * count + j] = true }
        }
    }

    /// People who are on shift.
    mutating func add(_ timeSpan: TimeSpan, _ more: Double, to skills: [Int]) {
        let range = slots(timeSpan)
        for s in skills {
            for j in range {
                people[s * count + j] += more
                onShift[s * count + j] += more
            }
        }
    }

    /// Of those on shift one more is away; with `back` one fewer.
    mutating func goAway(_ timeSpan: TimeSpan, back: Bool = false, from skills: [Int]) {
        let range = slots(timeSpan)
        for s in skills { for j in range { people[s * count + j] += back ? 1 : -1 } }
    }

    /// What it costs that one more is away in a slot: nobody left is far worse than one.
    private func worth(_ j: Int, _ skills: [Int]) -> Double {
        skills.reduce(0.0) { sum, s in
            guard isOpen[s * count + j] else { return sum }
            let here = max(0, people[s * count + j])
            func cost(_ left: Double) -> Double {
                let ratio = max(1, onShift[s * count + j]) / (max(0, left) + 0.05)
                return ratio * ratio
            }
            return sum + cost(here - 1) - cost(here)
        }
    }

    /// The start within `room` at which a pause costs least, in steps of a slot; of starts as good where it is now, else the
    /// nearest to `wish`.
    func best(_ wish: Double, within room: TimeSpan, length: Double, now: Double?, _ skills: [Int]) -> Double {
        guard !skills.isEmpty, room.end > room.start else { return wish }
        let wish = min(max(wish, room.start), room.end)
        let touched = slots(TimeSpan(room.start, room.end + length))
        var sums = [0.0]
        for j in touched { sums.append(sums[sums.count - 1] + worth(j, skills)) }
        func cost(from start: Double) -> Double {
            let range = slots(TimeSpan(start, start + length))
            func sum(before j: Int) -> Double { sums[min(sums.count - 1, max(0, j - touched.lowerBound))] }
            return sum(before: range.upperBound) - sum(before: range.lowerBound)
        }
        var best = now ?? wish
        var least = cost(from: best)
        // What is no better by a thousandth is as good.
        func isBetter(_ other: Double) -> Bool { other < least - 1e-3 * (abs(least) + 1e-6) }
        var starts: [Double] = []
        var start = room.start
        while start <= room.end + 1e-6 {
            starts.append(start)
            start += slot
        }
        starts.sort { (abs($0 - wish), $0) < (abs($1 - wish), $1) }
        for start in starts where isBetter(cost(from: start)) {
            best = start
            least = cost(from: start)
        }
        return best
    }
}

extension AgentGroup {
    /// Whether its number is still to be worked out.
    package var isAsNeeded: Bool { if case .asNeeded = staffing { true } else { false } }
}
