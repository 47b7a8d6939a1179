import Foundation
import TestSupport
import Testing

@testable import Probability
@testable import Queueing

/// One played day, by hand and against a day played event by event.
@Suite("A day is played")
struct DayPlayerTests {
    static func played(_ player: inout DayPlayer, _ number: Int) -> (DayCounts, [NaiveDay.Outcome]) {
        var outcomes: [NaiveDay.Outcome] = []
        let counts = player.play(number) { at, wait, fate in
            outcomes.append(.init(at: at, wait: wait, fate: fate))
        }
        return (counts, outcomes)
    }

    @Test("by hand: three calls, one agent, everybody talks 100 seconds and waits 60")
    func byHand() throws {
        let day = UncertainDay(
            intervals: [.init(arrivalRate: 3.0 / 300, agents: 1, duration: 300)], handlingTime: .fixed(Fixed(100)),
            patience: .fixed(Fixed(60)), target: DayTarget(share: 0.5, within: 20))
        // The first day of which exactly three come, so that the path can be written down from its arrivals alone.
        var player = DayPlayer(day, scheduled: [1], seed: 7)
        let number = try #require((0..<200).first { player.play($0).offered == 3 })
        let u = RandomAddress(seed: 7, replication: number).uniforms(subject: 0, .arrival, index: 0)
        // Three calls are expected in 300 seconds: one unit of the sum of exponentials is 100 seconds.
        let first = -100 * log(1 - u.0)
        let second = first - 100 * log(1 - u.1)
        let third = second - 100 * log(1 - u.2)
        #expect(third < 300)
        let (counts, outcomes) = Self.played(&player, number)
        #expect(zip(outcomes.map(\.at), [first, second, third]).allSatisfy { abs($0 - $1) < 1e-9 })
        #expect(outcomes[0].wait == 0 && outcomes[0].fate == .answered)
        var free = first + 100
        var answered = 1
        for (i, at) in [(1, second), (2, third)] {
            let wait = max(0, free - at)
            if wait > 60 {
                #expect(outcomes[i].fate == .abandoned && outcomes[i].wait == 60)
            } else {
                #expect(outcomes[i].fate == .answered && abs(outcomes[i].wait - wait) < 1e-9)
                free = at + wait + 100
                answered += 1
            }
        }
        #expect(counts.answered == answered && counts.abandoned == 3 - answered)
        // Whoever gives up waited 60 seconds, which is not within 20.
        #expect(counts.abandonedInTime == 0)
    }

    @Test("by twin: the recursion is a day played event by event, contact by contact")
    func twin() {
        var dice = Dice(seed: 20_26)
        var outcomesSeen = 0
        var left = 0
        for scene in 0..<60 {
            let handling: Distribution =
                scene % 3 == 0 ? .lognormal(Lognormal(mean: 200, spread: 1.2)) : .exponential(Exponential(mean: 200))
            let patience: Distribution? =
                switch scene % 4 {
                case 0: nil
                case 1: .weibull(Weibull(mean: 90, spread: 1.5))
                default: .exponential(Exponential(mean: dice.logUniform(20, 500)))
                }
            let intervals = (0..<dice.pick([1, 3, 9])).map { _ in
                VaryingDay.Interval(
                    arrivalRate: dice.pick([0, dice.uniform(0.01, 0.06)]), agents: dice.pick([0, 1, 3, 7, 12, 15]),
                    duration: dice.pick([300, 900, 1800]))
            }
            let day = UncertainDay(
                intervals: intervals, handlingTime: handling, patience: patience,
                target: DayTarget(share: 0.8, within: 20), busyness: scene % 2 == 0 ? nil : BusynessFactor(spread: 0.4),
                absenteeism: Absenteeism(share: scene % 5 == 0 ? 0.25 : 0))
            let scheduled = intervals.map(\.agents)
            var player = DayPlayer(day, scheduled: scheduled, seed: UInt64(scene))
            for number in 0..<5 {
                let (counts, outcomes) = Self.played(&player, number)
                let naive = NaiveDay(day, scheduled: scheduled, seed: UInt64(scene), run: 0, number: number).outcomes()
                #expect(outcomes.count == naive.count)
                for (i, (one, other)) in zip(outcomes, naive).enumerated() {
                    let isSame =
                        one.fate == other.fate && abs(one.at - other.at) < 1e-7
                        && (one.wait == other.wait || abs(one.wait - other.wait) < 1e-7)
                    #expect(isSame, "scene \(scene), day \(number), contact \(i): \(one), \(other)")
                }
                #expect(counts.answered == naive.count { $0.fate == .answered })
                #expect(counts.abandoned == naive.count { $0.fate == .abandoned })
                #expect(counts.answeredInTime == naive.count { $0.fate == .answered && $0.wait <= 20 })
                #expect(counts.abandonedInTime == naive.count { $0.fate == .abandoned && $0.wait <= 20 })
                outcomesSeen += naive.count
                left += counts.abandoned
            }
        }
        #expect(outcomesSeen > 10_000 && left > 1000)
    }

    @Test(
        "agents who should leave and are needed again stay: three busy, one leaves, comes back, and two new ones come")
    func staffing() {
        var free = FreeTimes()
        free.reset(agents: 3, at: 0)
        for end in [50.0, 70, 90] { free.replaceFirst(with: end) }
        #expect(free.first == 50)
        free.staff(2, at: 10)
        #expect(free.count == 2 && free.first == 70)
        // The first to finish is gone by 60, the second had not been asked to leave.
        var other = free
        other.staff(3, at: 60)
        #expect(other.count == 3 && other.first == 60)
        // At 20 it is still there and stays until it is free at 50; two more are free at once.
        free.staff(5, at: 20)
        #expect(free.count == 5 && free.first == 20)
        free.replaceFirst(with: 1000)
        free.replaceFirst(with: 1000)
        #expect(free.first == 50)
        free.staff(0, at: 30)
        #expect(free.count == 0 && free.first == .infinity)
    }

    @Test("the heap gives the times of a sorted list")
    func heap() {
        var dice = Dice(seed: 4)
        for agents in [1, 2, 3, 4, 5, 6, 7, 16, 17, 21, 22, 85, 100, 341] {
            var free = FreeTimes()
            free.reset(agents: agents, at: 0)
            var sorted = [Double](repeating: 0, count: agents)
            for _ in 0..<2000 {
                #expect(free.first == sorted[0])
                let time = sorted[0] + dice.uniform(0, 10)
                free.replaceFirst(with: time)
                sorted[0] = time
                sorted.sort()
            }
        }
    }

    @Test("the settled law is that of the chain's balance equations")
    func settled() {
        for (load, impatience, agents) in [
            (4.4, 0, 6), (4.4, 2.0, 4), (0.3, 0.5, 1), (90, 0, 91), (90, 0.01, 80), (500, 3, 520), (5, 1e-3, 4),
            (2, 7, 0),
        ] {
            let law = SettledState(load: load, impatience: impatience, agents: agents)
            #expect(!law.isEndless)
            // Straight from zero upwards, in logarithms.
            var logs = [0.0]
            while logs.count < 20_000 {
                let k = logs.count
                let leaving = Double(min(k, agents)) + Double(max(0, k - agents)) * impatience
                logs.append(logs[k - 1] + log(load / leaving))
            }
            let top = logs.max() ?? 0
            let terms = logs.map { exp($0 - top) }
            let sum = terms.reduce(0, +)
            var below = 0.0
            for k in 0..<terms.count {
                let here = terms[k] / sum
                if here > 1e-7 {
                    #expect(law.number(below + 0.01 * here) == k, "\(load) \(impatience) \(agents) \(k)")
                    #expect(law.number(below + 0.99 * here) == k, "\(load) \(impatience) \(agents) \(k)")
                }
                below += here
            }
        }
        #expect(SettledState(load: 5, impatience: 0, agents: 5).isEndless)
        #expect(SettledState(load: 0, impatience: 0, agents: 0).number(0.5) == 0)
        #expect(SettledState(load: 5, impatience: .infinity, agents: 2).number(0.999_999) == 2)
        #expect(SettledState(load: 1e9, impatience: 1e-9, agents: 2).number(0.5) == SettledState.mostContacts)
    }
}

/// The same day played plainly: a list of events, a line of people, the same draws.
struct NaiveDay {
    struct Outcome: Equatable {
        var at: Double
        var wait: Double
        var fate: DayPlayer.Fate
    }

    struct Contact {
        var at: Double
        var patience: Double
        var handling: Double
    }

    var contacts: [Contact] = []
    /// When so many are on duty from then on.
    var shifts: [(at: Double, agents: Int)] = []

    init(_ day: UncertainDay, scheduled: [Int], seed: UInt64, run: Int, number: Int) {
        let address = RandomAddress(seed: seed, replication: number)
        var factor = 1.0
        if let busyness = day.busyness {
            let golden = 0.618_033_988_749_894_848
            let start = RandomAddress(seed: seed, replication: run).uniforms(subject: 0, .dayFactor, index: 0).0
            let rank = start + Double(number - run) * golden
            factor = busyness.quantile(rank - rank.rounded(.down))
        }
        var start = 0.0
        for (interval, people) in zip(day.intervals, scheduled) {
            let there = (0..<people).count { person in
                let u = address.uniforms(subject: 0, .absence, index: UInt64(person / 4))
                return [u.0, u.1, u.2, u.3][person % 4] >= day.absenteeism.share
            }
            shifts.append((start, there))
            start += interval.duration
        }
        // Arrivals by thinking of the day's expected count as a clock.
        var clock = 0.0
        for n in 0... {
            let u = address.uniforms(subject: 0, .arrival, index: UInt64(n / 4))
            clock -= log(1 - [u.0, u.1, u.2, u.3][n % 4])
            var left = clock
            var at: Double?
            var begin = 0.0
            for interval in day.intervals {
                let expected = interval.arrivalRate * interval.duration * factor
                if left < expected {
                    at = begin + interval.duration * left / expected
                    break
                }
                left -= expected
                begin += interval.duration
            }
            guard let at else { break }
            let own = address.uniforms(subject: 0, .contact, index: UInt64(n))
            contacts.append(
                Contact(
                    at: at, patience: day.patience?.quantile(own.0) ?? .infinity,
                    handling: day.handlingTime.quantile(own.1)))
        }
    }

    /// Staffing changes, ends of contacts, ends of patience and arrivals, in this order where they coincide.
    func outcomes() -> [Outcome] {
        var result = contacts.map { Outcome(at: $0.at, wait: .infinity, fate: .neverAnswered) }
        var line: [Int] = []
        var busy: [Double] = []
        var onDuty = 0
        var nextContact = 0
        var nextShift = 0
        func answer(_ now: Double) {
            while busy.count < onDuty, !line.isEmpty {
                let i = line.removeFirst()
                result[i].wait = now - contacts[i].at
                result[i].fate = .answered
                busy.append(now + contacts[i].handling)
            }
        }
        while true {
            let change = nextShift < shifts.count ? shifts[nextShift].at : .infinity
            let end = busy.min() ?? .infinity
            let patience = line.map { contacts[$0].at + contacts[$0].patience }.min() ?? .infinity
            let arrival = nextContact < contacts.count ? contacts[nextContact].at : .infinity
            let now = min(change, end, patience, arrival)
            if now == .infinity { break }
            if now == change {
                onDuty = shifts[nextShift].agents
                nextShift += 1
            } else if now == end {
                busy.remove(at: busy.firstIndex(of: end) ?? 0)
            } else if now == patience {
                let place = line.firstIndex { contacts[$0].at + contacts[$0].patience == now } ?? 0
                let i = line.remove(at: place)
                result[i].wait = contacts[i].patience
                result[i].fate = .abandoned
            } else {
                line.append(nextContact)
                nextContact += 1
            }
            answer(now)
        }
        return result
    }
}
