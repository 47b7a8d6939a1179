import Center
import Probability
import Queueing
import Simulator
import Tabular

/// Whether work that is still in hand from earlier intervals counts (`--lag`).
public enum LagRule: String, Sendable, CaseIterable, Hashable {
    /// Where contacts last longer than half an interval.
    case auto
    /// Always, whatever the handling time.
    case always
    /// Never: each interval by itself.
    case never

    /// Half an interval: with shorter contacts the work of an interval is nearly all done in it, and the error of taking
    /// each interval by itself stays small beside that of rounding to whole people (Green, Kolesar, Soares 2001).
    public static let limit = 0.5

    /// Whether contacts of mean `handlingTime` count with their lag in an interval of `length`; both seconds.
    func applies(handlingTime: Double, length: Double) -> Bool {
        switch self {
        case .auto: handlingTime > Self.limit * length
        case .always: true
        case .never: false
        }
    }
}

/// The work that a contact type has in hand at any time, if everybody were answered at once: m(t) of the whole arrival
/// curve, in erlangs (modified offered load: Jennings, Mandelbaum, Massey, Whitt 1996).
struct CarriedWork {
    /// Contacts of one factor by which handling times are multiplied.
    private struct Stream {
        /// When they come, evenly within each: sorted, disjoint, while the type is open.
        var timeSpans: [TimeSpan] = []
        /// Contacts per second, by span.
        var rates: [Double] = []
        var handlingTime: Distribution
        /// Seconds after which nothing is left of a contact.
        var longest: Double
    }

    private let streams: [Stream]
    private let type: ContactType

    init(_ type: ContactType) {
        self.type = type
        streams = Set(type.arrivals.map(\.handlingFactor)).sorted().map { Self.stream(type, $0) }
    }

    /// The mean of m(t) over the time of a span in which the type is open, over all of it where it is closed.
    ///
    /// In closed form for each time span of a constant rate, so that no opening, closing or change of rate is passed over.
    func mean(over timeSpan: TimeSpan) -> Double {
        var parts = type.openParts(of: timeSpan)
        if parts.isEmpty { parts = [timeSpan] }
        return parts.reduce(0) { $0 + work(in: $1) } / parts.reduce(0) { $0 + $1.length }
    }

    /// Seconds of work done in a span.
    private func work(in timeSpan: TimeSpan) -> Double {
        streams.reduce(0) { sum, stream in
            var work = 0.0
            var i = stream.timeSpans.first(endingAfter: timeSpan.start - stream.longest)
            while i < stream.timeSpans.count, stream.timeSpans[i].start < timeSpan.end {
                let came = stream.timeSpans[i]
                work +=
                    stream.rates[i]
                    * stream.handlingTime.work(
                        from: timeSpan.start, to: timeSpan.end, cameFrom: came.start, to: came.end,
                        longest: stream.longest)
                i += 1
            }
            return sum + max(0, work)
        }
    }

    private static func stream(_ type: ContactType, _ factor: Double) -> Stream {
        let handlingTime = handlingTime(of: type, times: factor)
        var stream = Stream(handlingTime: handlingTime, longest: handlingTime.longest)
        var next = 0
        for portion in type.arrivals where portion.handlingFactor == factor && portion.contacts > 0 {
            while next < type.open.count, type.open[next].end <= portion.timeSpan.start { next += 1 }
            for open in type.open[next...] {
                guard open.start < portion.timeSpan.end else { break }
                let both = TimeSpan(max(open.start, portion.timeSpan.start), min(open.end, portion.timeSpan.end))
                guard both.length > 0 else { continue }
                stream.timeSpans.append(both)
                stream.rates.append(portion.contacts / portion.timeSpan.length)
            }
        }
        return stream
    }

    /// Talk, hold and after-contact work as one duration: itself where there is only one, else lognormal with the mean
    /// and variance of the sum (Fenton 1960).
    static func handlingTime(of type: ContactType, times factor: Double) -> Distribution {
        let parts = [type.talk, type.hold, type.wrapUp].compactMap { $0 }.filter { $0.mean > 0 }
        if parts.count == 1 { return parts[0].scaled(by: factor) }
        let mean = parts.reduce(0) { $0 + $1.mean }
        let variance = parts.reduce(0) { $0 + $1.mean * $1.spread * $1.mean * $1.spread }
        guard mean > 0 else { return .fixed(Fixed(0)) }
        let spread = variance.squareRoot() / mean
        guard spread > 1e-9 else { return .fixed(Fixed(mean * factor)) }
        return .lognormal(Lognormal(mean: mean * factor, spread: spread))
    }
}

extension ContactType {
    /// The parts of a span in which the type is open.
    func openParts(of timeSpan: TimeSpan) -> [TimeSpan] {
        open[open.first(endingAfter: timeSpan.start)...].prefix { $0.start < timeSpan.end }
            .map { TimeSpan(max($0.start, timeSpan.start), min($0.end, timeSpan.end)) }
    }
}

extension [TimeSpan] {
    /// The place of the first of sorted, disjoint spans that ends after `time`.
    fileprivate func first(endingAfter time: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].end <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
