import Center
import Dispatch
import Experiments
import Probability
import Queueing
import Simulator
import Synchronization
import Tabular

/// One contact type on one day: the smallest staffing with which the day as a whole meets the target with a given chance.
///
/// The type is taken on its own, first come first served. Contacts come by chance while it is open and while it is not,
/// their number strays from day to day as the scenario says, and each person stays away with a given chance. The day begins
/// without a queue, or, where it was open before, with contacts in hand; who waits when the last people leave is not
/// answered.
public struct DayStaffing: Sendable {
    /// Index into the horizon's days.
    public let day: Int
    /// Index into the scenario's contact types.
    public let contactType: Int
    /// Indices of the horizon's periods from the day's first with a need to its last.
    public let periods: [Int]
    /// Expected, by period; redials are not among them.
    public let contacts: [Double]
    /// Of these, what comes while it is closed, over the day.
    public let comeWhileClosed: Double
    /// On the phones for the target on average, by period.
    public let usual: [Int]
    /// How often such a day meets the target with the usual staffing; nil where a day is too large to be played.
    public let usualChance: ChanceOfMeeting?
    /// On the phones as planned, by period, whichever types they serve; nil where nobody is planned.
    public let planned: [Int]?
    /// How often such a day keeps what is promised to the type's callers as it is planned: the whole scenario is played, with
    /// everybody who serves others too, as `simulate` plays it.
    public internal(set) var plannedChance: Estimate?
    /// The same of everything that is promised on that day together.
    public internal(set) var plannedTogether: Estimate?
    /// On the phones for the chance asked for, by period, or why there is no such staffing.
    public let fewest: FewestForChance

    /// Seconds on the phones.
    public func paidTime(_ staffing: [Int], in horizon: Horizon) -> Double {
        zip(periods, staffing).reduce(0) {
            $0 + (horizon.periods[$1.0].end - horizon.periods[$1.0].start) * Double($1.1)
        }
    }
}

extension Requirements {
    /// Every day of every contact type with a target that can be played, in the order of days, then types.
    ///
    /// Days are independent, so they are worked out on all processors; days that are alike are worked out once. The answer
    /// does not depend on how many processors there are.
    /// - Parameters:
    ///   - chance: the share of such days, 0…1, that must meet the target.
    ///   - absence: the chance 0…1 that a person does not come that day.
    ///   - precision: half the width of the chances' intervals, > 0, where days are not too large for it.
    ///   - progress: called with the number of days done and of all, from any thread.
    public func days(
        chance: Double, absence: Double = 0, seed: UInt64 = 1, precision: Double = 0.01,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) -> [DayStaffing] {
        let types = ExpectedFlows(scenario).types
        let people = PeoplePresent(scenario)
        var plays: [DayPlay] = []
        for day in scenario.horizon.days.indices {
            for (index, type) in types.enumerated() where type.target != nil && type.isOnTheLine {
                let rows = rows.filter { $0.contactType == index && scenario.horizon.periods[$0.period].day == day }
                guard rows.contains(where: { $0.contacts > 0 && ($0.need ?? 0) > 0 }),
                    let play = DayPlay(
                        type, rows, in: scenario, absence: absence, planned: people.isAnybodyPlanned ? people : nil)
                else { continue }
                plays.append(play)
            }
        }
        var places: [DayPlay.Question: Int] = [:]
        var questions: [DayPlay.Question] = []
        for play in plays where places[play.question] == nil {
            places[play.question] = questions.count
            questions.append(play.question)
        }
        let asked = questions
        var count = [Int](repeating: 0, count: asked.count)
        for play in plays { count[places[play.question] ?? 0] += 1 }
        let counts = count
        let all = plays.count
        let answers = Mutex([DayPlay.Answer?](repeating: nil, count: asked.count))
        let done = Mutex(0)
        progress(0, all)
        DispatchQueue.concurrentPerform(iterations: asked.count) { i in
            let answer = asked[i].answer(chance: chance, seed: seed, precision: precision)
            answers.withLock { $0[i] = answer }
            let soFar = done.withLock { done in
                done += counts[i]
                return done
            }
            progress(soFar, all)
        }
        let found = answers.withLock { $0 }
        var days = plays.compactMap { play in places[play.question].flatMap { found[$0] }.map(play.staffing) }
        guard people.isAnybodyPlanned, !days.isEmpty, let played = played(seed: seed, precision: precision) else {
            return days
        }
        for i in days.indices {
            days[i].plannedChance = played.chance(day: days[i].day, type: days[i].contactType, confidence: 0.95)
            days[i].plannedTogether = played.chance(day: days[i].day, type: nil, confidence: 0.95)
        }
        return days
    }

    /// The scenario as it is planned, with each day judged for itself.
    private func played(seed: UInt64, precision: Double) -> Results? {
        var scenario = scenario
        guard scenario.experiment.longRun == nil else { return nil }
        let contacts = scenario.contactTypes.reduce(0.0) { sum, type in
            sum + type.arrivals.reduce(0) { $0 + $1.contacts }
        }
        let wanted = Wilson.trials(at: 0.5, halfWidth: precision, confidence: 0.95)
        scenario.experiment.replications = min(
            wanted, max(Self.fewestPlays, Int(Self.contactsPlayed / max(contacts, 1))))
        scenario.experiment.goals = []
        scenario.experiment.seed = seed
        scenario.experiment.varianceReduction = .none
        scenario.experiment.judgesDays = true
        return try? Experiment(sound: scenario).run()
    }

    /// Contacts that may be played for the chances of the plan, and the fewest replications whatever they take.
    private static let contactsPlayed = 4e6
    private static let fewestPlays = 400
}

extension ContactType {
    /// Whether an agent has one contact in hand at a time and somebody waits for it, so that a day can be played.
    package var isOnTheLine: Bool { channel.kind == .live && channel.atOnce == 1 }

    /// Standard deviation ÷ mean of a contact's talk, hold and after-contact work together, which are independent.
    var handlingTimeSpread: Double {
        let parts = [talk] + [hold, wrapUp].compactMap { $0 }
        let variance = parts.reduce(0) { $0 + ($1.mean * $1.spread) * ($1.mean * $1.spread) }
        return handlingTimeMean > 0 ? variance.squareRoot() / handlingTimeMean : 0
    }

    /// What a played day leaves out of what is set for the type, in words.
    package var leftOutOfDays: [String] {
        [
            (callback != nil, "callbacks"), (balking != nil, "callers who leave at once"),
            (blockedAt != nil, "the waiting limit"), (idleReserve > 0, "people kept idle"),
            (!escalations.isEmpty, "overflow"), (interpreter != nil, "interpreters"), (chase != nil, "chasing"),
            (deferredWrapUp != nil, "after-contact work that is put off"), (handlingPace != nil, "haste"),
        ].filter(\.0).map(\.1)
    }
}
