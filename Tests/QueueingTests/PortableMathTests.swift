import Probability
import Queueing
import Testing

/// Against mpmath with 40 digits at the exact binary value of each argument.
@Suite("Portable arithmetic")
struct PortableMathTests {
    @Test(
        "log is within one unit in the last place",
        arguments: [
            (1e-300, -690.77552789821370518), (1e-10, -23.025850929940456804), (0.1, -2.3025850929940456285),
            (0.5, -0.69314718055994530942), (0.7071067811865475, -0.34657359027997274336),
            (0.999999, -1.0000005000290890269e-6), (1.0000001, 9.9999995058387045178e-8),
            (1.5, 0.40546510810816438198), (2, 0.69314718055994530942), (10, 2.302585092994045684),
            (12345.678, 9.4210613212918319671), (1e300, 690.77552789821370526), (1, 0),
        ])
    func log(x: Double, reference: Double) {
        #expect(abs(PortableMath.log(x) - reference) <= reference.ulp)
    }

    @Test(
        "exp is within one unit in the last place",
        arguments: [
            (-700.5, 5.9801961186397912064e-305), (-100.25, 2.8971980832101478072e-44),
            (-1, 0.3678794411714423216), (-1e-9, 0.9999999990000000005), (0.3, 1.349858807576003089),
            (0.6931471805599453, 1.9999999999999999536), (1, 2.7182818284590452354),
            (10.5, 36315.502674246637739), (300.125, 2.201057464963800928e130), (709.5, 1.3549863193146328309e308),
            (0, 1),
        ])
    func exp(x: Double, reference: Double) {
        #expect(abs(PortableMath.exp(x) - reference) <= reference.ulp)
    }

    @Test("outside their ranges log and exp give the limits")
    func limits() {
        #expect(PortableMath.log(0) == -.infinity)
        #expect(PortableMath.log(.infinity) == .infinity)
        #expect(PortableMath.log(-1).isNaN)
        #expect(PortableMath.log(.nan).isNaN)
        // The least positive double is 2⁻¹⁰⁷⁴.
        #expect(abs(PortableMath.log(.leastNonzeroMagnitude) + 744.44007192138126231) < 1e-12)
        #expect(PortableMath.exp(-746) == 0)
        #expect(PortableMath.exp(-.infinity) == 0)
        #expect(PortableMath.exp(710) == .infinity)
        #expect(PortableMath.exp(.nan).isNaN)
        #expect(PortableMath.exp(-745) == .leastNonzeroMagnitude)
    }

    @Test(
        "the normal quantile is within three units in the last place",
        arguments: [
            (1e-15, -7.9413453261709967713), (1e-9, -5.9978070150076868614), (0.0001, -3.7190164854556805523),
            (0.02, -2.0537489106318230443), (0.075, -1.4395314709384559349), (0.3, -0.52440051270804081597),
            (0.5, 0), (0.7, 0.52440051270804065631), (0.93, 1.475791028179171099), (0.999, 3.0902323061678132778),
            (0.999999999, 5.9978070196016374264),
        ])
    func normalQuantile(p: Double, reference: Double) {
        #expect(abs(PortableMath.normalQuantile(p) - reference) <= 3 * reference.ulp)
    }

    @Test("near one half the normal quantile keeps a relative error of 1e-15")
    func normalQuantileCentre() {
        let reference = 2.5066282733116483012e-7
        #expect(abs(PortableMath.normalQuantile(0.5000001) - reference) <= 1e-15 * reference)
        #expect(PortableMath.normalQuantile(0) == -.infinity)
        #expect(PortableMath.normalQuantile(1) == .infinity)
    }

    @Test(
        "logGamma is within 1e-14, absolutely below 1 and relatively above",
        arguments: [
            (0.001, 6.9071788853838536617), (0.1, 2.252712651734205902), (0.5, 0.57236494292470008707),
            (1, 0), (1.5, -0.12078223763524522235), (2, 0), (3, 0.69314718055994530942),
            (9.99, 12.77931521435019336), (10, 12.801827480081469611), (100.5, 361.43554046777762156),
            (12345.6, 103959.18506616845901),
        ])
    func logGamma(x: Double, reference: Double) {
        #expect(abs(PortableMath.logGamma(x) - reference) <= 1e-14 * max(1, abs(reference)))
    }

    /// Shape, x, P and Q. The error grows with the shape, because x^shape e^(−x) / Γ(shape) is a difference of logarithms.
    static let gamma: [(shape: Double, x: Double, lower: Double, upper: Double)] = [
        (0.01, 0.001, 0.93857065252612898538, 0.061429347473871014617),
        (0.5, 0.2, 0.47291074313446192633, 0.52708925686553807367),
        (0.5, 5, 0.99843459774199745032, 0.0015654022580025496775),
        (1, 1, 0.6321205588285576784, 0.3678794411714423216),
        (2.5, 0.1, 0.00088613878881244260674, 0.99911386121118755739),
        (10, 9, 0.41259175566805859376, 0.58740824433194140624),
        (10, 25, 0.99977852336175121642, 0.00022147663824878358122),
        (100, 80, 0.017108313035133114166, 0.98289168696486688583),
        (277, 290, 0.78498830109427162898, 0.21501169890572837102),
        (1000, 1100, 0.99894067674607002265, 0.0010593232539299773489),
    ]

    @Test("the incomplete gamma function is within 1e-14 + 1e-15 × shape on both sides", arguments: gamma)
    func incompleteGamma(shape: Double, x: Double, lower: Double, upper: Double) {
        let value = PortableMath.incompleteGamma(shape: shape, x)
        let tolerance = 1e-14 + 1e-15 * shape
        #expect(abs(value.lower - lower) <= tolerance)
        #expect(abs(value.upper - upper) <= tolerance)
    }

    @Test(
        "the gamma quantile has a relative error below 1e-12",
        arguments: [
            (0.1, 0.5, 0.000593391104460226174), (0.5, 0.01, 0.000078543928954850992),
            (1, 0.5, 0.693147180559945309), (1, 0.99999, 11.5129254649747794), (2, 0.3, 1.09734921070349162),
            (25, 0.001, 12.3369526359386312), (25, 0.975, 35.7100975937532048), (277, 0.5, 276.666738071464363),
            (277, 0.999999, 363.427620821896867),
        ])
    func gammaQuantile(shape: Double, u: Double, reference: Double) {
        #expect(abs(PortableMath.gammaQuantile(u, shape: shape) - reference) <= 1e-12 * reference)
    }
}
