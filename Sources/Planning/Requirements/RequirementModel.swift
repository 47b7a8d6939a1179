import Center
import Probability
import Queueing
import Simulator

/// Which formula works out a requirement.
public enum RequirementModel: String, Sendable, CaseIterable, Hashable {
    /// Callers wait until they are answered.
    case erlangC = "erlang-c"
    /// Callers hang up when their exponential patience ends.
    case erlangA = "erlang-a"
    /// Patience of any shape, M/M/n+G.
    case anyPatience = "m/m/n+g"
    /// As the two before, and some of those who hang up call again.
    case erlangX = "erlang-x"

    /// What is known of the type decides: redials, then patience and its shape.
    public init(for type: ContactType) {
        guard let patience = type.patience else {
            self = .erlangC
            return
        }
        if type.redial != nil {
            self = .erlangX
        } else if case .exponential = patience {
            self = .erlangA
        } else {
            self = .anyPatience
        }
    }

    /// Whether the model asks for a patience.
    public var needsPatience: Bool { self != .erlangC }

    /// The queue of `type` as the model sees it, with so many contacts in `per` seconds that each bring `handlingTime`
    /// seconds of work.
    func queue(of type: ContactType, contacts: Double, per: Double, handlingTime: Double) -> any StaffedQueue {
        let plain = SingleQueue(contacts: contacts, per: per, handlingTime: handlingTime)
        guard needsPatience, let patience = type.patience else { return plain }
        var exponential = plain
        exponential.patience = patience.mean
        switch self {
        case .erlangC: return plain
        case .erlangA: return exponential
        case .anyPatience: return ImpatientQueue(plain, patience: patience.patience)
        case .erlangX:
            let redials = Redials(
                afterAbandoning: type.redial?.share ?? 0, delay: type.redial?.delay.mean ?? 300,
                atMost: type.redial?.atMost)
            if case .exponential = patience { return RedialQueue(exponential, redials: redials) }
            return RedialQueue(ImpatientQueue(plain, patience: patience.patience), redials: redials)
        }
    }
}

extension Distribution {
    /// The same law, as the formulas take it.
    var patience: Patience {
        switch self {
        case .fixed(let d): .deterministic(d.mean)
        case .exponential(let d): .exponential(mean: d.mean)
        case .lognormal(let d): .lognormal(mean: d.mean, spread: d.spread)
        case .gamma(let d): .gamma(shape: d.shape, mean: d.mean)
        case .weibull(let d): .weibull(shape: d.shape, scale: d.scale)
        case .empirical(let d): .measured(PatienceCurve(observed: d.values.map { ($0, true) }))
        case .uniform(let d): .uniform(from: d.low, to: d.high)
        case .hyperexponential(let d):
            .balking(
                share: d.atOnce,
                otherwise: .hyperexponential(d.branches.map { Patience.Branch(share: $0.share, mean: $0.mean) }))
        }
    }
}
