import Foundation
import Probability
import Queueing
import TestSupport
import Testing

@Suite("Load and staffing that vary")
struct VaryingLoadTests {
    @Test("offered load, beta and agents of the modified-offered-load table, in every column")
    func offeredLoads() throws {
        let table = try ReferenceTableTests.table("mol")
        #expect(table.rows.count == 35)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row,
                seen: [
                    "case_id", "rate_mean_per_h", "rate_amplitude_per_h", "period_h", "service", "aht_s",
                    "patience_mean_s", "target_p_wait", "t_h",
                ])
            let mean = row.number("aht_s")
            let handling: Distribution =
                switch row.text("service") {
                case "exp": .exponential(Exponential(mean: mean))
                case "e2": .gamma(Gamma(shape: 2, mean: mean))
                default: .fixed(Fixed(mean))
                }
            let curve = ArrivalCurve.sinusoid(
                mean: row.number("rate_mean_per_h") / 3600, amplitude: row.number("rate_amplitude_per_h") / 3600,
                period: row.number("period_h") * 3600)
            let load = curve.offeredLoad(at: row.number("t_h") * 3600, handlingTime: handling)
            checker.check("offered_load_erl", load, .relative(1e-10))
            let beta = SquareRootStaffing.beta(
                waitProbability: row.number("target_p_wait"), impatience: mean / row.number("patience_mean_s"))
            let listed = row.number("beta_garnett")
            checker.check("beta_garnett", beta, listed == 0 ? .absolute(1e-10) : .relative(1e-10))
            // A need that is whole but for rounding is whole.
            let agents = SquareRootStaffing.agents(load: load, beta: beta) - 1e-9
            checker.check("n_mol", agents.rounded(.up), .absolute(0))
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("rates and agents of the period-by-period table, in every column")
    func periods() throws {
        let table = try ReferenceTableTests.table("sipp")
        #expect(table.rows.count == 36)
        for row in table.rows {
            var checker = ReferenceTableTests.Checker(
                row: row,
                seen: [
                    "case_id", "rate_mean_per_h", "relative_amplitude", "aht_s", "period_h", "target_p_delay",
                    "period_index",
                ])
            let mean = row.number("rate_mean_per_h") / 3600
            let curve = ArrivalCurve.sinusoid(
                mean: mean, amplitude: mean * row.number("relative_amplitude"), period: 86400)
            let length = row.number("period_h") * 3600
            let to = row.number("period_index") * length
            let handling = row.number("aht_s")
            let columns: [(PeriodRate, rate: String?, agents: String)] = [
                (.average, "avg_rate_per_h", "n_sipp_avg"), (.maximum, "max_rate_per_h", "n_sipp_max"),
                (.mix, nil, "n_sipp_mix"), (.laggedAverage, "lag_avg_rate_per_h", "n_lag_avg"),
                (.laggedMaximum, "lag_max_rate_per_h", "n_lag_max"),
            ]
            for (period, rate, agents) in columns {
                if let rate {
                    let value = period.rate(of: curve, from: to - length, to: to, handlingTime: handling)
                    checker.check(rate, value * 3600, .relative(1e-10))
                }
                let needed = period.agentsNeeded(
                    for: curve, from: to - length, to: to, handlingTime: handling,
                    goals: [.waitProbability(atMost: row.number("target_p_delay"))])
                checker.check(agents, needed.map(Double.init), .absolute(0))
            }
            #expect(checker.seen == Set(table.columns))
        }
    }

    @Test("the load of a constant rate grows to rate × handling time, by m′ = λ − μm where handling is exponential")
    func constantRate() {
        let shapes: [Distribution] = [
            .exponential(Exponential(mean: 300)), .fixed(Fixed(300)), .gamma(Gamma(mean: 300, spread: 0.6)),
            .lognormal(Lognormal(mean: 300, spread: 1.2)), .weibull(Weibull(mean: 300, spread: 0.8)),
            .empirical(Empirical([100, 200, 600])),
        ]
        let curve = ArrivalCurve.steps([.init(rate: 0.1, duration: 1e6)])
        for shape in shapes {
            #expect(abs(curve.offeredLoad(at: 1e6, handlingTime: shape) / 30 - 1) < 1e-12, "\(shape)")
            var last = -1.0
            for time in stride(from: 0.0, through: 3000, by: 100) {
                let load = curve.offeredLoad(at: time, handlingTime: shape)
                #expect(load >= last && load <= 30 * (1 + 1e-12))
                last = load
            }
        }
        var load = 0.0
        let steps = [(0.05, 900.0), (0.2, 600), (0.01, 1200)].map { ArrivalCurve.Step(rate: $0.0, duration: $0.1) }
        var end = 0.0
        for step in steps {
            load = step.rate * 300 + (load - step.rate * 300) * exp(-step.duration / 300)
            end += step.duration
            let ours = ArrivalCurve.steps(steps).offeredLoad(at: end, handlingTime: shapes[0])
            #expect(abs(ours / load - 1) < 1e-12)
        }
    }

    @Test("a sinusoid cut into short steps has the sinusoid's load, whatever the shape of handling")
    func stepsAgainstSinusoid() {
        let curve = ArrivalCurve.sinusoid(mean: 0.2, amplitude: 0.1, period: 7200)
        let steps = ArrivalCurve.steps(
            (0..<36_000).map { .init(rate: curve.mean(from: Double($0) * 2, to: Double($0 + 1) * 2), duration: 2) })
        for shape: Distribution in [
            .exponential(Exponential(mean: 600)), .fixed(Fixed(605)), .gamma(Gamma(mean: 600, spread: 0.5)),
            .lognormal(Lognormal(mean: 600, spread: 0.7)), .weibull(Weibull(mean: 600, spread: 0.5)),
        ] {
            for time in [64_000.0, 66_000, 71_990] {
                let exact = curve.offeredLoad(at: time, handlingTime: shape)
                let cut = steps.offeredLoad(at: time, handlingTime: shape)
                #expect(abs(cut / exact - 1) < 5e-7, "\(shape) \(time): \(cut), \(exact)")
            }
        }
    }

    @Test("steps have means, maxima and rises as drawn")
    func steps() {
        let curve = ArrivalCurve.steps([
            .init(rate: 1, duration: 10), .init(rate: 3, duration: 10), .init(rate: 2, duration: 10),
        ])
        #expect(curve.mean(from: 5, to: 15) == 2)
        #expect(curve.mean(from: -10, to: 10) == 0.5)
        #expect(curve.maximum(from: 0, to: 10) == 1)
        #expect(curve.maximum(from: 10, to: 30) == 3)
        #expect(curve.maximum(from: 20, to: 20) == 2)
        #expect(curve.rises(from: 5, to: 15) && curve.rises(from: -5, to: 5))
        #expect(!curve.rises(from: 0, to: 10) && !curve.rises(from: 15, to: 25) && !curve.rises(from: 5, to: 35))
        #expect(curve.rate(at: 10) == 3 && curve.rate(at: 30) == 0)
    }
}
