import Foundation
import Queueing

/// Statistical tests of the random numbers in every order in which simulations read them.
///
///     RandomBattery [--words 4194304]        tables of p-values; exit 1 when one is below 10⁻⁶ on either side
///     RandomBattery --raw ORDER              32-bit words without end, for TestU01, PractRand or dieharder
///
/// A good generator may still have bad addresses: thousands of short streams (a day, a contact type, a purpose) whose
/// addresses differ in a bit or two are laid side by side. So each test runs over each `Order`.
@main
enum RandomBattery {
    static func main() {
        let words = CommandLine.arguments
        if let raw = words.firstIndex(of: "--raw"), raw + 1 < words.count, let order = Order(rawValue: words[raw + 1]) {
            pour(order)
        }
        let count = words.firstIndex(of: "--words").flatMap { Int(words[$0 + 1]) } ?? 1 << 22
        var worst = 1.0
        print("\(count) uniforms in each order; two-sided p-values\n")
        print(
            "test".padding(toLength: 32, withPad: " ", startingAt: 0)
                + Order.allCases.map { $0.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0) }.joined())
        let samples = Order.allCases.map { $0.words(count) }
        for test in StatisticalTest.all {
            var line = test.name.padding(toLength: 32, withPad: " ", startingAt: 0)
            for sample in samples {
                let p = test.pValue(sample)
                worst = min(worst, p)
                line += String(format: "%.4f%@", p, p < 1e-6 ? " FAIL" : p < 1e-3 ? " low" : "")
                    .padding(toLength: 14, withPad: " ", startingAt: 0)
            }
            print(line)
        }
        let tests = StatisticalTest.all.count * Order.allCases.count
        print(String(format: "\n%d p-values, the least %.2g (expected about %.2g)", tests, worst, 1 / Double(tests)))
        // A battery that rejects nothing proves nothing: a generator that is known to be bad must not come through.
        let flawed = StatisticalTest.all.filter { $0.pValue(Order.flawed(count)) < 1e-6 }
        print("a flawed generator (RANDU, 1968) is rejected by \(flawed.count) of \(StatisticalTest.all.count) tests")
        exit(worst < 1e-6 || flawed.count < 3 ? 1 : 0)
    }

    /// Without end, until the reader closes the pipe.
    static func pour(_ order: Order) -> Never {
        var first = 0
        while true {
            let words = order.words(1 << 16, from: first).map { UInt32(truncatingIfNeeded: $0 >> 32) }
            let written = words.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if written < 4 * words.count { exit(0) }
            first += 1 << 16
        }
    }
}
