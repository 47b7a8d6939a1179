import Foundation
import Queueing
import TestSupport
import Testing

@Suite("A day by the exact chain")
struct VaryingDayTests {
    /// The days of the reference tables, by case and end of shift.
    static func days() throws -> [(rows: [ReferenceTable.Row], day: VaryingDay)] {
        let table = try ReferenceTableTests.table("mtmst")
        var days: [(rows: [ReferenceTable.Row], day: VaryingDay)] = []
        for facts in try ReferenceTableTests.table("mtmst_days").rows {
            for end in VaryingDay.ShiftEnd.allCases {
                let rows = table.rows.filter { $0.id == facts.id && $0.text("discipline") == end.rawValue }
                let intervals = rows.map {
                    VaryingDay.Interval(
                        arrivalRate: $0.number("arrival_rate_per_h") / 3600, agents: Int($0.number("n_agents")),
                        duration: facts.number("interval_s"))
                }
                #expect(intervals.count == Int(facts.number("n_intervals")))
                days.append(
                    (
                        rows,
                        VaryingDay(
                            intervals: intervals, handlingTime: facts.number("aht_s"),
                            patience: facts.number("patience_mean_s"), shiftEnd: end)
                    ))
            }
        }
        return days
    }

    @Test("every interval of the reference days, both ends of shift, in every column")
    func reference() throws {
        var count = 0
        for (rows, day) in try Self.days() {
            for (row, measures) in zip(rows, day.exactMeasures(within: 20)) {
                count += 1
                var checker = ReferenceTableTests.Checker(
                    row: row, seen: ["case_id", "discipline", "interval", "arrival_rate_per_h", "n_agents"])
                let tolerance = Tolerance.relative(1e-8)
                checker.check("expected_arrivals", measures.offered, tolerance)
                checker.check("mean_queue_len", measures.queueMean, tolerance)
                checker.check("mean_busy_agents", measures.busyMean, tolerance)
                checker.check("mean_number_in_system_at_end", measures.inSystemAtEnd, tolerance)
                checker.check("expected_abandonments_in_interval", measures.abandonsDuring, tolerance)
                checker.check("p_wait_arriving", measures.waitProbability, tolerance)
                checker.check("p_abandon_arriving", measures.abandonment, tolerance)
                checker.check("sl_a_20s_arriving", measures.serviceLevels.ofAllOffered, tolerance)
                #expect(checker.seen == Set(row.cells.keys))
            }
        }
        #expect(count == 104)
    }
}

/// Laws that hold on any day.
@Suite("Days, by law")
struct VaryingDayLawTests {
    @Test("a long constant day settles at Erlang A, and at Erlang C without patience, in every measure")
    func settles() throws {
        for patience in [120.0, .infinity] {
            let constant = VaryingDay.Interval(arrivalRate: 4.4 / 360, agents: 7, duration: 7200)
            let day = VaryingDay(
                intervals: Array(repeating: constant, count: 9), handlingTime: 360, patience: patience)
            let settled = day.exactMeasures(within: 30)[7]
            let exact = SingleQueue(arrivalRate: 4.4 / 360, handlingTime: 360, patience: patience)
                .measures(agents: 7, within: 30)
            func compare(_ ours: Double?, _ theirs: Double?, _ line: Int = #line) throws {
                let (found, reference) = (try #require(ours), try #require(theirs))
                #expect(abs(found - reference) < 1e-8 * max(1, reference), "line \(line)")
            }
            try compare(settled.waitProbability, exact.waitProbability)
            try compare(settled.abandonment, exact.abandonment)
            try compare(settled.meanWait, exact.meanWait)
            try compare(settled.stillWaiting, exact.stillWaiting)
            for rule in ServiceLevelRule.allCases where !rule.looksAtShortHangups {
                try compare(settled.serviceLevels[rule], exact.serviceLevels[rule])
            }
            try compare(settled.queueMean, exact.queueMean)
            try compare(settled.busyMean, exact.occupancy.map { $0 * 7 })
        }
    }

    /// A day in which agents come and go, with a stretch of nobody.
    static func wild(_ end: VaryingDay.ShiftEnd, patience: Double) -> VaryingDay {
        let plan: [(Double, Int, Double)] = [
            (0.02, 4, 600), (0.03, 9, 300), (0.03, 2, 120), (0, 5, 300), (0.02, 0, 240), (0.01, 6, 900), (0.02, 3, 60),
        ]
        return VaryingDay(
            intervals: plan.map { .init(arrivalRate: $0.0, agents: $0.1, duration: $0.2) }, handlingTime: 200,
            patience: patience, shiftEnd: end)
    }

    @Test(
        "measured in minutes, or in sixtieths of a second, it is the same day", arguments: VaryingDay.ShiftEnd.allCases)
    func units(end: VaryingDay.ShiftEnd) throws {
        for patience in [90.0, .infinity] {
            let day = Self.wild(end, patience: patience)
            let inSeconds = day.exactMeasures(within: 45)
            for unit in [1 / 60.0, 60] {
                let other = VaryingDay(
                    intervals: day.intervals.map {
                        .init(arrivalRate: $0.arrivalRate * unit, agents: $0.agents, duration: $0.duration / unit)
                    }, handlingTime: day.handlingTime / unit, patience: patience / unit, shiftEnd: end)
                for (one, two) in zip(inSeconds, other.exactMeasures(within: 45 / unit)) {
                    func same(_ value: (IntervalMeasures) -> Double?, _ line: Int = #line) throws {
                        guard let seen = value(one), seen < .infinity else {
                            #expect(value(one) == value(two), "line \(line), unit \(unit)")
                            return
                        }
                        let again = try #require(value(two))
                        #expect(abs(again - seen) <= 1e-9 * max(1, seen), "line \(line), unit \(unit)")
                    }
                    try same(\.waitProbability)
                    try same(\.abandonment)
                    try same(\.stillWaiting)
                    try same(\.serviceLevels.ofAllOffered)
                    try same(\.queueMean)
                    #expect(one.meanWait.map { $0 < .infinity } == two.meanWait.map { $0 < .infinity })
                    if let wait = one.meanWait, wait < .infinity, let again = two.meanWait {
                        #expect(abs(again * unit - wait) <= 1e-8 * max(1, wait), "unit \(unit)")
                    }
                }
            }
        }
    }

    @Test("an acceptable wait looks past a change of staffing, wherever the stretch before it was cut")
    func cutBeforeChange() throws {
        func day(_ parts: [(agents: Int, duration: Double)]) -> VaryingDay {
            VaryingDay(
                intervals: parts.map { .init(arrivalRate: 0.02, agents: $0.agents, duration: $0.duration) },
                handlingTime: 200, patience: 300)
        }
        // Six, then one, then six again.
        let whole = day([(6, 400), (1, 300), (6, 600)]).exactMeasures(within: 120)
        let cut = day([(6, 200), (6, 200), (1, 300), (6, 600)]).exactMeasures(within: 120)
        let first = try #require(whole[0].serviceLevels.ofAllOffered)
        let halves = try [0, 1].map { try #require(cut[$0].serviceLevels.ofAllOffered) }
        #expect(abs((halves[0] + halves[1]) / 2 - first) < 1e-9)
    }

    @Test("flow is conserved: those who came are served, gone or still there", arguments: VaryingDay.ShiftEnd.allCases)
    func conservation(end: VaryingDay.ShiftEnd) {
        for patience in [90.0, .infinity] {
            let day = Self.wild(end, patience: patience)
            var before = 0.0
            for (measures, interval) in zip(day.exactMeasures(within: 45), day.intervals) {
                let served = measures.busyMean * interval.duration / 200
                let after = before + measures.offered - served - measures.abandonsDuring
                #expect(abs(after - measures.inSystemAtEnd) < 1e-10)
                before = measures.inSystemAtEnd
                #expect((measures.waitProbability == nil) == (interval.arrivalRate == 0))
            }
        }
    }

    @Test("cutting an interval in two changes nothing, and acceptable waits may span many changes")
    func cuts() throws {
        for end in VaryingDay.ShiftEnd.allCases {
            let whole = Self.wild(end, patience: 90)
            var cut = whole
            cut.intervals = whole.intervals.flatMap { interval -> [VaryingDay.Interval] in
                var half = interval
                half.duration /= 2
                return [half, half]
            }
            for within in [0.0, 45, 150, 5000] where within < 1000 || end == .handsBack {
                let one = whole.exactMeasures(within: within)
                let two = cut.exactMeasures(within: within)
                for k in one.indices where one[k].waitProbability != nil {
                    func mean(_ value: (IntervalMeasures) -> Double?) throws -> Double {
                        (try #require(value(two[2 * k])) + (try #require(value(two[2 * k + 1])))) / 2
                    }
                    let level = try #require(one[k].serviceLevels.ofAllOffered)
                    #expect(abs(try mean(\.serviceLevels.ofAllOffered) - level) < 1e-9, "\(end) \(within) \(k)")
                    let lost = try #require(one[k].abandonment)
                    #expect(abs(try mean(\.abandonment) - lost) < 1e-11)
                    let still = try #require(one[k].stillWaiting)
                    #expect(abs(try mean(\.stillWaiting) - still) < 1e-9)
                    let waits = try #require(one[k].waitProbability)
                    if within == 0 { #expect(abs(level + waits - 1) < 1e-11) }
                    // After more than the whole day everybody was answered or has gone.
                    if within == 5000 { #expect(abs(level + lost - 1) < 1e-9) }
                }
            }
        }
    }

    @Test("finishing contacts, every loss is an arrival's; without patience nobody is lost but to an empty last shift")
    func losses() throws {
        let measures = Self.wild(.finishesContact, patience: 90).exactMeasures()
        let lost = measures.reduce(0) { $0 + $1.offered * ($1.abandonment ?? 0) }
        let left = measures.reduce(0) { $0 + $1.abandonsDuring }
        // Some of those who still wait at the end are lost after it.
        let inSystem = try #require(measures.last).inSystemAtEnd
        #expect(lost > left && lost < left + inSystem)
        var day = Self.wild(.finishesContact, patience: .infinity)
        #expect(day.exactMeasures().allSatisfy { $0.abandonment ?? 0 == 0 && $0.meanWait ?? 0 < .infinity })
        day.intervals[day.intervals.count - 1].agents = 0
        let endless = try #require(day.exactMeasures(within: 20).last)
        let neverAnswered = try #require(endless.abandonment)
        #expect(abs(neverAnswered - 1) < 1e-14 && endless.meanWait == .infinity)
        #expect(endless.serviceLevels.ofAllOffered ?? 1 < 1e-14)
    }

    @Test("in heavy overload the fluid is the exact day but for its square root, and more so the larger the center")
    func fluid() {
        var errors: [Double] = []
        for size in [1.0, 10] {
            let plan: [(Double, Int)] = [(0.5, 10), (0.5, 14), (0.35, 14), (0.8, 20), (0.6, 25), (0.6, 15)]
            let day = VaryingDay(
                intervals: plan.map {
                    .init(arrivalRate: $0.0 * size / 10, agents: Int(Double($0.1) * size / 10), duration: 1800)
                }, handlingTime: 60, patience: 300, shiftEnd: .handsBack)
            var worst = 0.0
            for (exact, fluid) in zip(day.exactMeasures(), day.fluidMeasures()) {
                worst = max(worst, abs(fluid.queueMean / exact.queueMean - 1))
                worst = max(worst, abs(fluid.abandonsDuring / exact.abandonsDuring - 1))
                worst = max(worst, abs(fluid.inSystemAtEnd / exact.inSystemAtEnd - 1))
                #expect(abs(fluid.offered - exact.offered) < 1e-9)
            }
            errors.append(worst)
        }
        #expect(errors[1] < 0.02, "\(errors)")
        #expect(errors[1] < errors[0] / 2, "\(errors)")
    }

    @Test("the fluid conserves flow, crosses full staffing in closed form and settles where the rates balance")
    func fluidFlow() throws {
        let plan: [(Double, Int, Double)] = [
            (0.1, 5, 3000), (0.1, 40, 5000), (0.4, 40, 900), (0.02, 10, 86_400), (0, 0, 500),
        ]
        for patience in [200.0, .infinity] {
            let day = VaryingDay(
                intervals: plan.map { .init(arrivalRate: $0.0, agents: $0.1, duration: $0.2) }, handlingTime: 200,
                patience: patience)
            var before = 0.0
            for measures in day.fluidMeasures() {
                let after = before + measures.offered - measures.servedDuring - measures.abandonsDuring
                #expect(abs(after - measures.inSystemAtEnd) < 1e-8)
                before = measures.inSystemAtEnd
            }
            let settled = try #require(day.fluidMeasures().dropLast().last)
            #expect(abs(settled.inSystemAtEnd - 4) < 1e-9)
        }
    }

    @Test("any finite day has numbers, never NaN")
    func total() {
        var dice = Dice(seed: 5)
        for _ in 0..<60 {
            let count = Int(dice.uniform(0, 5))
            let intervals = (0..<count).map { _ in
                VaryingDay.Interval(
                    arrivalRate: dice.pick([0, dice.logUniform(1e-9, 0.2), -1, .nan]),
                    agents: dice.pick([-3, 0, 1, 2, 5, 20]), duration: dice.pick([0, dice.logUniform(1e-3, 2000)]))
            }
            let day = VaryingDay(
                intervals: intervals, handlingTime: dice.pick([0, dice.logUniform(1, 1000)]),
                patience: dice.pick([0, .infinity, dice.logUniform(1, 1e6)]),
                shiftEnd: dice.pick([
                    .handsBack, .finishesContact,
                ]))
            for measures in day.exactMeasures(within: dice.pick([0, 20, 1e300, -4])) {
                let values = [
                    measures.offered, measures.waitProbability, measures.abandonment, measures.meanWait,
                    measures.serviceLevels.ofAllOffered, measures.serviceLevels.ofAnswered,
                    measures.serviceLevels.withoutShortAbandons, measures.serviceLevels.abandonsCountAsMet,
                    measures.stillWaiting, measures.queueMean, measures.busyMean, measures.inSystemAtEnd,
                    measures.abandonsDuring,
                ]
                for value in values.compactMap({ $0 }) { #expect(value >= 0, "\(day)") }
            }
            for measures in day.fluidMeasures() { #expect(measures.queueMean >= 0 && measures.busyMean >= 0) }
        }
    }
}
