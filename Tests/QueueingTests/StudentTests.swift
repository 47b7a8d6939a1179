import Probability
import Queueing
import Testing

@Suite("Student's quantile")
struct StudentTests {
    /// mpmath, 30 digits: t with I(df/(df+t²); df/2, 1/2) = 1 − confidence.
    static let reference: [(confidence: Double, degrees: Int, quantile: Double)] = [
        (0.9, 1, 6.313751514675043),
        (0.9, 2, 2.919985580353726),
        (0.9, 3, 2.353363434801824),
        (0.9, 5, 2.015048373333024),
        (0.9, 19, 1.72913281152137),
        (0.9, 20, 1.724718242920787),
        (0.9, 39, 1.684875121711225),
        (0.9, 100, 1.66023432608534),
        (0.9, 199, 1.652546746166563),
        (0.9, 1000, 1.646378817285465),
        (0.9, 100000, 1.64486886478497),
        (0.95, 1, 12.7062047361747),
        (0.95, 2, 4.302652729749464),
        (0.95, 3, 3.18244630528371),
        (0.95, 5, 2.570581835636316),
        (0.95, 19, 2.09302405440831),
        (0.95, 20, 2.085963447265865),
        (0.95, 39, 2.022690920036761),
        (0.95, 100, 1.983971518523552),
        (0.95, 199, 1.971956544251754),
        (0.95, 1000, 1.962339080826408),
        (0.95, 100000, 1.95998770753461),
        (0.99, 1, 63.65674116287158),
        (0.99, 2, 9.924843200918293),
        (0.99, 3, 5.840909309733357),
        (0.99, 5, 4.032142983555228),
        (0.99, 19, 2.860934606464979),
        (0.99, 20, 2.845339709786108),
        (0.99, 39, 2.707913183517662),
        (0.99, 100, 2.625890521438018),
        (0.99, 199, 2.600760216058516),
        (0.99, 1000, 2.580754698065951),
        (0.99, 100000, 2.575878469908375),
        (0.999, 1, 636.6192487687196),
        (0.999, 2, 31.59905457644362),
        (0.999, 3, 12.92397863668748),
        (0.999, 5, 6.86882662588111),
        (0.999, 19, 3.883405852592083),
        (0.999, 20, 3.849516274930827),
        (0.999, 39, 3.558120081332732),
        (0.999, 100, 3.39049131116423),
        (0.999, 199, 3.340086556161431),
        (0.999, 1000, 3.300282648423913),
        (0.999, 100000, 3.290624031411883),
    ]

    @Test("agrees with multiprecision values to ten digits", arguments: reference)
    func agrees(confidence: Double, degrees: Int, quantile: Double) {
        let value = Student.quantile(confidence: confidence, degreesOfFreedom: degrees)
        #expect(abs(value - quantile) <= 0.6e-9 * quantile)
    }

    @Test("is a number of ten significant digits, so that noise in the last bits cannot show")
    func rounded() {
        let value = Student.quantile(confidence: 0.95, degreesOfFreedom: 19)
        #expect(value == 2.093024054)
    }

    @Test("has an answer at every edge")
    func edges() {
        #expect(Student.quantile(confidence: 0, degreesOfFreedom: 5) == 0)
        #expect(Student.quantile(confidence: -1, degreesOfFreedom: 5) == 0)
        #expect(Student.quantile(confidence: 1, degreesOfFreedom: 5) == .infinity)
        #expect(Student.quantile(confidence: 0.95, degreesOfFreedom: 0) == .infinity)
    }
}
