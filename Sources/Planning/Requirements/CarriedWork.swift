import Queueing
import Simulator

/// Whether work that is still in hand from earlier intervals counts (`--lag`).
public enum LagRule: String, Sendable, CaseIterable, Hashable {
    /// Where contacts last longer than half an interval.
    case auto
    case always
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
    /// One curve for each factor by which handling times are multiplied.
    private let curves: [(arrivals: ArrivalCurve, handlingTime: Distribution)]

    init(_ type: ContactType) {
        let factors = Set(type.arrivals.map(\.handlingFactor)).sorted()
        curves = factors.map { factor in
            (Self.steps(type, factor), Self.handlingTime(of: type, times: factor))
        }
    }

    /// The mean of m(t) over a span, by Simpson's rule on its start, middle and end: m(t) moves no faster than contacts
    /// come and go.
    func mean(over span: Span) -> Double {
        let middle = (span.start + span.end) / 2
        return (load(at: span.start) + 4 * load(at: middle) + load(at: span.end)) / 6
    }

    func load(at time: Double) -> Double {
        curves.reduce(0) { $0 + $1.arrivals.offeredLoad(at: time, handlingTime: $1.handlingTime) }
    }

    /// Contacts per second by time, while the type is open.
    private static func steps(_ type: ContactType, _ factor: Double) -> ArrivalCurve {
        var steps: [ArrivalCurve.Step] = []
        var time = 0.0
        var next = 0
        for piece in type.arrivals where piece.handlingFactor == factor && piece.contacts > 0 {
            while next < type.open.count, type.open[next].end <= piece.span.start { next += 1 }
            for open in type.open[next...] {
                guard open.start < piece.span.end else { break }
                let start = max(open.start, piece.span.start, time)
                let end = min(open.end, piece.span.end)
                guard end > start else { continue }
                if start > time { steps.append(.init(rate: 0, duration: start - time)) }
                steps.append(.init(rate: piece.contacts / piece.span.length, duration: end - start))
                time = end
            }
        }
        return .steps(steps)
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
