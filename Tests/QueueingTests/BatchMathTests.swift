import Foundation
import Probability
import Queueing
import TestSupport
import Testing

/// The functions over many arguments, against mpmath (60 digits, at the exact binary arguments) and against the
/// functions of one argument.
@Suite("Arithmetic by the batch")
struct BatchMathTests {
    static func batch(_ values: [Double], _ body: (UnsafeMutablePointer<Double>, Int) -> Void) -> [Double] {
        var values = values
        values.withUnsafeMutableBufferPointer { body($0.baseAddress!, $0.count) }
        return values
    }

    static func normals(_ uniforms: [Double]) -> [Double] {
        batch([Double](repeating: 0, count: uniforms.count)) {
            PortableMath.normalQuantiles(of: uniforms, to: $0, count: $1)
        }
    }

    @Test(
        "log and exp are within one unit in the last place, the normal quantile within four",
        arguments: [("log", 1.0, 450), ("exp", 1, 430), ("normal", 4, 350)])
    func accuracy(name: String, units: Double, count: Int) throws {
        let table = try ReferenceTable(Bundle.module.resourceURL!.appendingPathComponent("Tables/elementary.csv"))
        let rows = table.rows.filter { $0.id == name }
        #expect(rows.count == count)
        let arguments = rows.map { $0.number("argument") }
        let values: [Double]
        switch name {
        case "log": values = Self.batch(arguments) { PortableMath.logs($0, count: $1) }
        case "exp": values = Self.batch(arguments) { PortableMath.exps($0, count: $1) }
        default: values = Self.normals(arguments)
        }
        for (i, row) in rows.enumerated() {
            // The reference is the nearest double and what is missing from it.
            let error = abs((values[i] - row.number("value")) - row.number("remainder"))
            #expect(
                error <= units * row.number("value").ulp, "\(name)(\(arguments[i])): \(error / row.number("value").ulp)"
            )
        }
    }

    @Test(
        "A batch gives the bits of the functions of one argument, whatever its length", arguments: [1, 2, 3, 7, 64, 65])
    func sameBits(count: Int) {
        var dice = Dice(seed: UInt64(count))
        for _ in 0..<200 {
            let uniforms = (0..<count).map { _ -> Double in
                let u = dice.pick([
                    dice.uniform(0, 1), dice.logUniform(0x1p-53, 0.1), 1 - dice.logUniform(0x1p-53, 0.1),
                ])
                return min(max(u, 0x1p-53), 1 - 0x1p-53)
            }
            let exponentials = Self.batch(uniforms) { PortableMath.unitExponentials($0, count: $1) }
            let logs = Self.batch(uniforms) { PortableMath.logs($0, count: $1) }
            let normals = Self.normals(uniforms)
            let powers = uniforms.map { dice.uniform(-720, 720) * $0 }
            let exps = Self.batch(powers) { PortableMath.exps($0, count: $1) }
            for (i, u) in uniforms.enumerated() {
                #expect(exponentials[i] == -PortableMath.log(1 - u))
                #expect(logs[i] == PortableMath.log(u))
                #expect(normals[i] == PortableMath.normalQuantile(u))
                #expect(exps[i] == PortableMath.exp(powers[i]))
            }
        }
    }

    @Test("Each listed distribution draws the same bits one by one and by the batch")
    func distributions() throws {
        let uniforms = (0..<64).map { (Double($0) + 0.5) / 64 } + [0x1p-53, 1 - 0x1p-53, 1e-12]
        let listed = Distribution.catalogue.map { $0.make(200, $0.defaultSpread ?? 0.7) }
        for distribution in listed + [.empirical(Empirical([3, 1, 2]))] {
            var scratch = [Double](repeating: 0, count: uniforms.count)
            let drawn = Self.batch(uniforms) { values, count in
                scratch.withUnsafeMutableBufferPointer {
                    distribution.quantiles(values, count: count, scratch: $0.baseAddress!)
                }
            }
            for (u, value) in zip(uniforms, drawn) {
                #expect(value == distribution.quantile(u), "\(distribution) at \(u)")
            }
        }
    }
}
