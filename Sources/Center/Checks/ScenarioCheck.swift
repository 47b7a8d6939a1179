import Probability
import Tabular

extension Scenario {
    /// What makes no sense in it, every fault at once: indices that lead nowhere, shares outside 0…1, spans out of order.
    ///
    /// A scenario that was read from a file has none; one that was edited may. Empty where it can be played.
    public var problems: [Problem] {
        var check = ScenarioCheck(scenario: self)
        check.run()
        return check.problems
    }

    /// Throws `Problems` where it makes no sense.
    public func validate() throws {
        let problems = problems
        if !problems.isEmpty { throw Problems(problems) }
    }
}

/// Looks through a scenario for what the engine relies on.
private struct ScenarioCheck {
    let scenario: Scenario
    var problems: [Problem] = []
    /// What is looked at, as code would name it.
    private var owner = ""

    /// As many as a file may have in a place.
    private static let mostAgents = 100_000.0

    init(scenario: Scenario) { self.scenario = scenario }

    private var types: [ContactType] { scenario.contactTypes }

    mutating func run() {
        owner = "scenario"
        checkNames(types.map(\.id), "contact types")
        checkNames(scenario.agentGroups.map(\.id), "agent groups")
        checkHorizon()
        for (name, share) in [
            ("absences.evenedOut", scenario.absences.evenedOut), ("absences.unplanned", scenario.absences.unplanned),
            ("absences.inShift", scenario.absences.inShift),
        ] {
            check(
                (0..<1).contains(share), "\(name) is \(share)", "a fraction from 0 to below 1",
                hint: share >= 1 && share < 100 ? "30 % is 0.3" : nil)
        }
        atLeast(0, "rules.waitingLimit", scenario.rules.waitingLimit.map(Double.init))
        fraction("rules.maxOccupancy", scenario.rules.maxOccupancy)
        let experiment = scenario.experiment
        atLeast(1, "experiment.replications", experiment.replications.map(Double.init))
        atLeast(1, "experiment.maximum", Double(experiment.maximum))
        check(
            experiment.confidence > 0 && experiment.confidence < 1, "experiment.confidence is \(experiment.confidence)",
            "a fraction between 0 and 1")
        if let longRun = experiment.longRun {
            above(0, "experiment.longRun.length", longRun.length)
            atLeast(0, "experiment.longRun.warmUp", longRun.warmUp)
        }
        for goal in experiment.goals { checkGoal(goal) }
        for type in types { checkType(type) }
        for group in scenario.agentGroups { checkGroup(group) }
        guard problems.isEmpty else { return }
        owner = "scenario"
        // Who comes again does so later, and at last the run is over; who is handed on is so at once, closed or not.
        for round in ContactLoops(types, causes: [.transfer]).rounds where round.isEndless {
            let way = round.types.map { types[$0].id }.joined(separator: " -> ")
            check(
                false, "contacts are handed round without end: \(way)", "shares below 1 on the way", ProblemCode.endless
            )
        }
    }

    private mutating func checkHorizon() {
        let (days, periods) = (scenario.horizon.days, scenario.horizon.periods)
        check(scenario.horizon.length > 0 && !periods.isEmpty, "the horizon is empty", "days and periods")
        check(
            zip(days, days.dropFirst()).allSatisfy { $0.end == $1.start } && days.first.map { $0.start == 0 } ?? true,
            "its days do not follow each other", "days from 0 on, each beginning where the one before ends")
        let ends = [0] + periods.map(\.end)
        check(
            zip(periods, ends).allSatisfy { $0.start == $1 && $0.end > $0.start }
                && ends.last == scenario.horizon.length,
            "its periods do not tile the horizon", "periods from 0 to the last day's end, without gaps")
        check(
            periods.allSatisfy { days.indices.contains($0.day) }, "a period is on a day that is not there",
            "indices below \(days.count)", ProblemCode.reference)
    }

    private mutating func checkGoal(_ goal: PrecisionGoal) {
        switch goal.halfWidth {
        case .absolute(let width): above(0, "the half-width of a precision goal", width)
        case .relative(let share): above(0, "the half-width of a precision goal", share)
        }
        guard case .some(let chosen) = goal.scope else { return }
        for one in chosen {
            if goal.figure == .occupancy {
                check(
                    scenario.agentGroups.indices.contains(one.index), "a precision goal is of agent group \(one.index)",
                    "an index below \(scenario.agentGroups.count)", ProblemCode.reference)
            } else {
                reference("the subject of a precision goal", one.index)
            }
        }
    }

    // MARK: Contact types

    private mutating func checkType(_ type: ContactType) {
        owner = "contact type \"\(type.id)\""
        check((0...9).contains(type.priority), "priority is \(type.priority)", "1 to 9, the lower goes first")
        checkSpans(type.open, "open")
        checkSpans(type.callable ?? [], "callable")
        checkSpans(type.arrivals.map(\.timeSpan), "arrivals")
        for portion in type.arrivals {
            within(0...1e9, "the contacts of an arrival time span", portion.contacts)
            above(0, "the handlingFactor of an arrival time span", portion.handlingFactor)
        }
        atLeast(0, "dayToDay", type.dayToDay)
        duration("talk", type.talk)
        duration("hold", type.hold)
        duration("wrapUp", type.wrapUp)
        duration("patience", type.patience)
        for (name, value) in [
            ("shortAbandon", type.shortAbandon), ("setUp", type.setUp), ("queueOpens", type.queueOpens),
            ("blockedAt", type.blockedAt.map(Double.init) ?? 0), ("idleReserve", Double(type.idleReserve)),
        ] { atLeast(0, name, value) }
        checkLanguages(type)
        checkChannel(type.channel)
        reference("variesWith", type.variesWith)
        reference("origin.contactType", type.origin?.contactType)
        checkWaiting(type)
        checkAftermath(type)
    }

    private mutating func checkLanguages(_ type: ContactType) {
        checkNames(type.languages.map(\.code), "languages")
        for language in type.languages { fraction("the share of \(language.code)", language.share) }
        let sum = type.languages.reduce(0) { $0 + $1.share }
        check(
            type.languages.isEmpty || abs(sum - 1) < 1e-6, "the shares of its languages add up to \(sum)", "1",
            ProblemCode.sum)
        var targets = type.target.map { [("target", $0)] } ?? []
        for code in type.languageTargets.keys.sorted() {
            if let target = type.languageTargets[code] { targets.append(("the target of \(code)", target)) }
        }
        for (name, target) in targets {
            fraction("\(name)'s share", target.share)
            atLeast(0, "\(name)'s acceptableWait", target.acceptableWait)
        }
        fraction("maxAbandonment", type.maxAbandonment)
        for (code, most) in type.languageLimits.sorted(by: { $0.key < $1.key }) {
            fraction("the limit of \(code)", most)
        }
        let codes = Set(type.languages.map(\.code))
        for code in Set(type.languageTargets.keys).union(type.languageLimits.keys).subtracting(codes).sorted() {
            check(
                false, "\"\(code)\" is promised something and is not among its languages",
                Spelling.list(codes.sorted()), ProblemCode.reference)
        }
    }

    private mutating func checkChannel(_ channel: Channel) {
        check(
            channel.paces.first == 1 && channel.paces.allSatisfy { $0.isFinite && $0 > 0 },
            "the paces of its channel are \(channel.paces)", "1, and a number above 0 for each further contact in hand")
        atLeast(0, "channel.lines", channel.lines.map(Double.init))
    }

    /// While contacts wait, and when they have waited too long.
    private mutating func checkWaiting(_ type: ContactType) {
        for escalation in type.escalations {
            check(escalation.after >= 0, "an escalation comes after \(escalation.after) s", "0 or more")
            check(
                escalation.priority.map { (0...9).contains($0) } ?? true,
                "an escalation leads to priority \(escalation.priority ?? 0)", "0 to 9")
            atLeast(1, "whenWaiting of an escalation", escalation.whenWaiting.map(Double.init))
            for group in escalation.groups {
                check(
                    scenario.agentGroups.indices.contains(group), "an escalation leads to agent group \(group)",
                    "an index below \(scenario.agentGroups.count)", ProblemCode.reference)
            }
        }
        let times = type.escalations.filter { $0.whenWaiting == nil }.map(\.after)
        check(times == times.sorted(), "its escalations are not in the order of their times", "the soonest first")
        if let redial = type.redial {
            fraction("redial.share", redial.share)
            fraction("redial.shareWhenBlocked", redial.shareWhenBlocked)
            for share in redial.laterShares { fraction("one of redial.laterShares", share) }
            duration("redial.delay", redial.delay)
            duration("redial.delayWhenBlocked", redial.delayWhenBlocked)
            atLeast(0, "redial.atMost", Double(redial.atMost))
        }
        fraction("balking.share", type.balking?.share)
        atLeast(0, "balking.over", type.balking?.over)
        if let interpreter = type.interpreter {
            atLeast(0, "interpreter.after", interpreter.after)
            atLeast(0, "interpreter.connect", interpreter.connect)
            above(0, "interpreter.handlingFactor", interpreter.handlingFactor)
        }
        for step in (type.handlingPace?.byWait ?? []) + (type.handlingPace?.byWaiting ?? []) {
            above(0, "a factor of handlingPace", step.factor)
        }
    }

    /// What contacts bring about.
    private mutating func checkAftermath(_ type: ContactType) {
        for followOn in type.followOns {
            fraction("the share of a follow-on", followOn.share)
            reference("the target of a follow-on", followOn.contactType)
            duration("the delay of a follow-on", followOn.delay)
            atLeast(0, "together of a hand-over", followOn.handOver?.together)
            atLeast(0, "waitsAtMost of a hand-over", followOn.handOver?.waitsAtMost)
        }
        let handedOn = type.followOns.filter { $0.cause == .transfer }.reduce(0) { $0 + $1.share }
        check(handedOn <= 1 + 1e-9, "its transfers add up to \(handedOn)", "at most 1", ProblemCode.sum)
        if let callback = type.callback {
            atLeast(0, "callback.offerAfter", callback.offerAfter)
            fraction("callback.accepted", callback.accepted)
            fraction("callback.noAnswer", callback.noAnswer)
            reference("callback.contactType", callback.contactType)
            atLeast(1, "callback.attempts", Double(callback.attempts))
            atLeast(0, "callback.retryAfter", callback.retryAfter)
            atLeast(0, "callback.ringing", callback.ringing)
        }
        if let tries = type.tries {
            fraction("tries.noAnswer", tries.noAnswer)
            atLeast(1, "tries.attempts", Double(tries.attempts))
            atLeast(0, "tries.retryAfter", tries.retryAfter)
            atLeast(0, "tries.ringing", tries.ringing)
        }
        fraction("chase.share", type.chase?.share)
        atLeast(0, "chase.after", type.chase?.after)
        reference("chase.contactType", type.chase?.contactType)
        reference("deferredWrapUp.contactType", type.deferredWrapUp?.contactType)
        switch type.whenClosed {
        case .turnedAway: break
        case .message(let other), .callbackNextOpen(let other): reference("whenClosed", other)
        }
    }

    // MARK: Agent groups

    private mutating func checkGroup(_ group: AgentGroup) {
        owner = "agent group \"\(group.id)\""
        atLeast(0, "wagePerHour", group.wagePerHour)
        atLeast(0, "overtimeRate", group.overtimeRate)
        checkSpans(group.paces.map(\.timeSpan), "paces")
        for pace in group.paces { above(0, "a pace", pace.pace) }
        for leave in group.paidLeave { within(0...Self.mostAgents, "the people of paidLeave", leave.agents) }
        fraction("maxOccupancy", group.maxOccupancy)
        for skill in group.skills {
            reference("a skill", skill.contactType)
            atLeast(1, "the rank of a skill", Double(skill.rank))
            above(0, "the handlingFactor of a skill", skill.handlingFactor)
            atLeast(0, "the setUp of a skill", skill.setUp)
        }
        for tier in group.tiers {
            fraction("the share of tier \(tier.id)", tier.share)
            above(0, "the handling of tier \(tier.id)", tier.handling)
            atLeast(0, "the repeats of tier \(tier.id)", tier.repeats)
            atLeast(0, "the transfers of tier \(tier.id)", tier.transfers)
            atLeast(0, "the mentoring of tier \(tier.id)", tier.mentoring)
            if let ramp = tier.ramp { above(0, "the ramp of tier \(tier.id)", ramp) }
        }
        fraction("timekeeping.adherence", group.timekeeping.adherence)
        fraction("timekeeping.late.share", group.timekeeping.late?.share)
        fraction("timekeeping.leavesEarly.share", group.timekeeping.leavesEarly?.share)
        duration("timekeeping.late.by", group.timekeeping.late?.by)
        duration("timekeeping.leavesEarly.by", group.timekeeping.leavesEarly?.by)
        switch group.staffing {
        case .asNeeded:
            check(
                false, "how many agents are needed is not worked out yet", "a curve or shifts",
                hint: "read a file with \"agents\", or set staffing")
        case .curve(let portions):
            checkSpans(portions.map(\.timeSpan), "staffing")
            for portion in portions {
                within(0...Self.mostAgents, "the agents of a staffing time span", portion.agents)
            }
        case .shifts(let blocks): for block in blocks { checkShift(block, of: group) }
        }
    }

    private mutating func checkShift(_ block: ShiftBlock, of group: AgentGroup) {
        let name = "shift \"\(block.shift)\""
        within(0...Self.mostAgents, "people of \(name)", Double(block.people))
        // Of a day that is taken up, some are over already.
        check(
            block.timeSpan.length.isFinite && (block.timeSpan.length > 0 || scenario.runningDay != nil),
            "\(name) ends before it starts",
            "an end after its start")
        check(
            scenario.horizon.days.indices.contains(block.day), "\(name) is on day \(block.day)",
            "an index below \(scenario.horizon.days.count)", ProblemCode.reference)
        check(
            block.members.isEmpty || block.members.count == block.people,
            "\(name) has \(block.people) people and \(block.members.count) names", "a name each, or none")
        check(
            block.members.allSatisfy(group.members.indices.contains),
            "\(name) names people whom the group does not have",
            "indices below \(group.members.count)", ProblemCode.reference)
        for length in block.breaks + [block.lunch?.length ?? 0] { atLeast(0, "a break of \(name)", length) }
    }

    // MARK: Kinds of values

    private mutating func check(
        _ isRight: Bool, _ fault: String, _ expected: String, _ code: String = ProblemCode.range, hint: String? = nil
    ) {
        guard !isRight else { return }
        problems.append(Problem(.error, code, "\(owner): \(fault)", expected: expected, hint: hint))
    }

    private mutating func checkNames(_ names: [String], _ what: String) {
        check(names.allSatisfy { !$0.isEmpty }, "one of its \(what) has no name", "a name each", ProblemCode.identifier)
        for name in Set(names).sorted() where names.count(where: { $0 == name }) > 1 {
            check(false, "two of its \(what) are called \"\(name)\"", "a name of its own each", ProblemCode.takenName)
        }
    }

    private mutating func checkSpans(_ timeSpans: [TimeSpan], _ name: String) {
        let isSound = timeSpans.allSatisfy { $0.start.isFinite && $0.end.isFinite && $0.start <= $0.end }
        check(isSound, "\(name) has a time span that ends before it starts", "an end at or after each start")
        check(
            !isSound || zip(timeSpans, timeSpans.dropFirst()).allSatisfy { $0.end <= $1.start },
            "the time spans of \(name) overlap or are out of order", "sorted and disjoint time spans")
    }

    private mutating func fraction(_ name: String, _ value: Double?) {
        guard let value else { return }
        check(
            (0...1).contains(value), "\(name) is \(value)", "a fraction from 0 to 1",
            hint: value > 1 && value <= 100 ? "\(value) % is \(value / 100)" : nil)
    }

    private mutating func atLeast(_ least: Double, _ name: String, _ value: Double?) {
        guard let value else { return }
        check(value.isFinite && value >= least, "\(name) is \(value)", "\(Units.formatNumber(least)) or more")
    }

    private mutating func within(_ range: ClosedRange<Double>, _ name: String, _ value: Double) {
        check(
            range.contains(value), "\(name) is \(value)",
            "\(Units.formatNumber(range.lowerBound)) to \(Units.formatNumber(range.upperBound))")
    }

    private mutating func above(_ bound: Double, _ name: String, _ value: Double) {
        check(value.isFinite && value > bound, "\(name) is \(value)", "more than \(Units.formatNumber(bound))")
    }

    private mutating func duration(_ name: String, _ law: Distribution?) {
        guard let law else { return }
        check(law.mean.isFinite && law.mean >= 0, "the mean of \(name) is \(law.mean) s", "0 or more")
    }

    private mutating func reference(_ name: String, _ index: Int?) {
        guard let index else { return }
        check(
            types.indices.contains(index), "\(name) is contact type \(index)", "an index below \(types.count)",
            ProblemCode.reference)
    }
}
