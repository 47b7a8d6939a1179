/// What drives the queue of one set of groups for a while.
struct SetRates: Hashable {
    /// On the phones; fractions where somebody is there for part of the time.
    var people = 0.0
    /// Contacts per second that come while somebody of the set is idle, and while all are taken.
    var idle = 0.0
    var busy = 0.0
    /// Contacts that one person finishes in a second, and that one who waits gives up; > 0.
    var service = 1.0
    var leaving = 0.0
    /// The part of those who come while so many wait, or more, who stay; by number, ascending.
    var staying: [Staying] = []

    struct Staying: Hashable {
        var from: Double
        var share: Double
    }

    /// How much of somebody is idle with n in hand, 0…1.
    func ready(_ n: Int) -> Double { max(0, min(1, people - Double(n))) }

    func birth(_ n: Int) -> Double {
        let ready = ready(n)
        guard ready < 1 else { return idle }
        var waiting = busy
        let queue = max(0, Double(n) - people)
        for bound in staying where bound.from <= queue { waiting *= bound.share }
        return ready * idle + (1 - ready) * waiting
    }

    func death(_ n: Int) -> Double {
        min(Double(n), people) * service + max(0, Double(n) - people) * leaving
    }
}

/// How many contacts are in the hands of a set of people or wait for them, as a birth-and-death chain through the day.
///
/// Contacts whom nobody else can serve count all of the time; of those whom others serve too, the set sees a part while
/// somebody of it is idle, and while all are taken only as many as find the others taken as well. Each step is an
/// implicit Euler step, which keeps chances between 0 and 1 and has the exact stationary law where rates stay as they are.
struct SetQueue {
    /// Chances of 0, 1, … in hand or waiting; sum 1.
    private(set) var chances: [Double] = [1]
    /// On average over the last step.
    private(set) var mean: [Double] = [1]
    private var births: [Double] = []
    private var upper: [Double] = []

    private static let negligible = 1e-9
    private static let mostStates = 20_000

    mutating func advance(_ rates: SetRates, by seconds: Double) {
        let people = Int(max(0, rates.people).rounded(.up))
        let growth = max(0, rates.busy - rates.people * rates.service) * seconds
        let used = chances.count
        let count = min(
            Self.mostStates,
            max(used, people + 1) + 12 + Int(growth * 1.5 + 2 * (Double(people) + growth).squareRoot()))
        mean = chances
        chances += repeatElement(0, count: count - used)
        births.removeAll(keepingCapacity: true)
        for n in 0..<count { births.append(n == count - 1 ? 0 : rates.birth(n)) }
        // (1 - Q dt)' p = p before, by elimination from 0 upward (Thomas).
        upper.removeAll(keepingCapacity: true)
        chances.withUnsafeMutableBufferPointer { p in
            births.withUnsafeBufferPointer { birth in
                var factor = 0.0
                var below = 0.0
                for n in 0..<count {
                    let death = n > 0 ? rates.death(n) * seconds : 0
                    let lower = n > 0 ? -birth[n - 1] * seconds : 0
                    let diagonal = 1 + birth[n] * seconds + death - lower * factor
                    let value = (p[n] - lower * below) / diagonal
                    // The entry right of the diagonal, after elimination; negative.
                    factor = n < count - 1 ? -rates.death(n + 1) * seconds / diagonal : 0
                    upper.append(factor)
                    p[n] = value
                    below = value
                }
            }
            var n = count - 2
            while n >= 0 {
                p[n] -= upper[n] * p[n + 1]
                n -= 1
            }
        }
        cut()
        average()
    }

    /// The chances that rates lead to when they stay as they are.
    static func settled(_ rates: SetRates) -> SetQueue {
        var queue = SetQueue()
        var p = [1.0]
        var sum = 1.0
        var n = 0
        while n < mostStates {
            let death = rates.death(n + 1)
            guard death > 0 else {
                // Nobody serves and nobody leaves: it grows for ever.
                if rates.birth(n) > 0 { p = [Double](repeating: 0, count: n + 1) + [1] }
                break
            }
            let next = p[n] * rates.birth(n) / death
            p.append(next)
            sum += next
            n += 1
            if Double(n) > rates.people, next < 1e-12 * sum { break }
            if next > 1e200 {
                for i in p.indices { p[i] /= next }
                sum = p.reduce(0, +)
            }
        }
        let all = p.reduce(0, +)
        queue.chances = p.map { $0 / all }
        queue.mean = queue.chances
        return queue
    }

    private mutating func cut() {
        var tail = 0.0
        while chances.count > 1, let last = chances.last, tail + last < Self.negligible {
            tail += last
            chances.removeLast()
        }
        let sum = chances.reduce(0, +)
        if sum > 0 { for n in chances.indices { chances[n] /= sum } }
    }

    private mutating func average() {
        if mean.count < chances.count { mean += repeatElement(0, count: chances.count - mean.count) }
        for n in mean.indices { mean[n] = (mean[n] + (n < chances.count ? chances[n] : 0)) / 2 }
    }

    /// The chance that all of so many people are taken.
    func allTaken(_ people: Double) -> Double {
        var sum = 0.0
        for n in mean.indices where Double(n) > people - 1 { sum += mean[n] * (1 - max(0, min(1, people - Double(n)))) }
        return min(1, sum)
    }

    /// How many of so many people have a contact in hand, on average.
    func taken(_ people: Double) -> Double {
        var sum = 0.0
        for n in mean.indices { sum += mean[n] * min(Double(n), people) }
        return sum
    }

    func waiting(_ people: Double) -> Double {
        var sum = 0.0
        for n in mean.indices where Double(n) > people { sum += mean[n] * (Double(n) - people) }
        return sum
    }

    /// Nothing is in hand.
    var isEmpty: Bool { chances.count == 1 || chances[0] > 1 - 1e-6 }
}

extension SetQueue {
    /// The chance that more than so many wait.
    func moreWaiting(than count: Double, people: Double) -> Double {
        var sum = 0.0
        for n in mean.indices where Double(n) - people >= max(0, count) - 1e-9 && Double(n) > people - 1 {
            sum += mean[n]
        }
        return min(1, sum)
    }
}
