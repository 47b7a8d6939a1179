import Testing

@testable import Simulator
@testable import Tabular

@Suite("The grammar of values")
struct UnitsTests {
    @Test("what was said in percent is that number of percent")
    func percent() {
        for (share, percent) in [(0.57, 57.0), (0.798, 79.8), (0.999, 99.9), (0.07, 7), (1, 100), (0, 0)] {
            #expect(Units.percent(share) == percent)
        }
    }

    @Test(
        "durations",
        arguments: [
            ("20s", 20), ("4m40s", 280), ("1h30m", 5400), ("2d", 172_800), ("4.5m", 270), ("PT4M40S", 280),
            ("pt4m40s", 280), ("P1DT2H", 93600), ("0:04:40", 280), ("10:00:00", 36000), ("90 s", 90), ("4 min", 240),
            ("1 hour 30 minutes", 5400), ("0s", 0), ("1.1m", 66), ("4.35h", 15660), ("0.5s", 0.5), (" 20s ", 20),
            ("1d12h", 129_600), ("P2D", 172_800),
        ] as [(String, Double)])
    func durations(_ text: String, _ seconds: Double) { #expect(Units.duration(text).value == seconds) }

    @Test(
        "texts that are no durations",
        arguments: [
            "280", "4,5m", "", "m", "4m4m", "40s4m", "-20s", "1e3s", "4:40", "NaN", "inf", "four", "4m40", "PT", "P1M",
            "0:4:40", "0:60:00", "4mm", "4 m 40", "5y", "0x10s", "٤m",
        ])
    func notDurations(_ text: String) { #expect(Units.duration(text).value == nil) }

    @Test("a wrong duration says what to write instead")
    func suggestions() {
        func hint(_ text: String) -> String? {
            guard case .wrong(let wrong) = Units.duration(text) else { return nil }
            return wrong.hint(for: .option("--aht"))
        }
        #expect(hint("280") == "write \"--aht 280s\" if you meant 280 seconds")
        #expect(hint("1") == "write \"--aht 1s\" if you meant 1 second")
        #expect(hint("4,5m") == "write \"--aht 4.5m\"")
        #expect(hint("4:40") == "write \"--aht 4m40s\" if you meant minutes and seconds")
    }

    @Test(
        "durations are written in the shortest plain form",
        arguments: [
            (28, "28s"), (280, "4m40s"), (5400, "1h30m"), (86400, "1d"), (129_600, "36h"), (0, "0s"), (3661, "1h1m1s"),
            (0.5, "0.5s"), (90.25, "90.25s"), (3600, "1h"), (7200.125, "7200.125s"),
        ] as [(Double, String)])
    func formatDurations(_ seconds: Double, _ text: String) {
        #expect(Units.formatDuration(seconds) == text)
        #expect(Units.duration(text).value == seconds)
    }

    @Test(
        "shares",
        arguments: [
            ("30%", 0.3), ("0.30", 0.3), ("7%", 0.07), ("4.5%", 0.045), ("0", 0), ("1", 1), ("100%", 1), ("0%", 0),
        ]
            as [(String, Double)])
    func shares(_ text: String, _ share: Double) {
        #expect(Units.share(text).value == share)
        #expect(Units.share(Units.formatShare(share)).value == share)
    }

    @Test("texts that are no shares", arguments: ["30", "-5%", "130%", "4,5%", "", "%", "half", "nan", "1.5"])
    func notShares(_ text: String) { #expect(Units.share(text).value == nil) }

    @Test("every thousandth is written so that it reads back to the same fraction")
    func sharesReadBack() {
        for thousandth in 0...1000 {
            let share = Double(thousandth) / 1000
            #expect(Units.share(Units.formatShare(share)).value == share)
        }
        #expect(Units.formatShare(0.999) == "99.9%" && Units.formatShare(0.9995) == "99.95%")
        for share in [1.0 / 3, 0.1 + 0.2, 1e-7, 0.999999] {
            #expect(Units.share(Units.formatShare(share)).value == share)
        }
    }

    @Test(
        "targets",
        arguments: [("80% in 30s", 0.8, 30), ("80%/30s", 0.8, 30), ("0.95 in 8h", 0.95, 28800), ("90 % / 1m", 0.9, 60)]
            as [(String, Double, Double)])
    func targets(_ text: String, _ share: Double, _ within: Double) {
        let read = Units.target(text).value
        #expect(read?.share == share)
        #expect(read?.within == within)
    }

    @Test("80/20 alone is asked back")
    func bareTarget() {
        guard case .wrong(let wrong) = Units.target("80/20") else { return #expect(Bool(false)) }
        #expect(wrong.suggestion == "80% in 20s")
        #expect(Units.target("80 in 20s").value == nil)
        #expect(Units.target("80%").value == nil)
    }

    @Test(
        "rates",
        arguments: [
            ("320 per day", 320.0 / 86400), ("18 per 30m", 18.0 / 1800), ("19.30 per hour", 19.3 / 3600),
            ("19.30/h", 19.3 / 3600), ("2 per minute", 2.0 / 60), ("1/s", 1), ("7 per week", 7.0 / 604_800),
        ] as [(String, Double)])
    func rates(_ text: String, _ rate: Double) { #expect(Units.rate(text).value == rate) }

    @Test(
        "texts that are no rates",
        arguments: ["320", "per day", "320 per", "320 per 0s", "-3 per day", "3,5 per h", "1 per fortnight"])
    func notRates(_ text: String) { #expect(Units.rate(text).value == nil) }

    @Test(
        "clock times",
        arguments: [
            ("07:30", 27000), ("7:30 am", 27000), ("7:30pm", 70200), ("12:00 am", 0), ("12:00 pm", 43200), ("00:00", 0),
            ("23:59", 86340), ("08:30:15", 30615),
        ] as [(String, Double)])
    func clocks(_ text: String, _ seconds: Double) { #expect(Units.clock(text).value == seconds) }

    @Test(
        "texts that are no clock times",
        arguments: ["730", "0730", "24:00", "25:00", "7:5", "13:00 pm", "7.30", "", "0:00 am", "-1:00"])
    func notClocks(_ text: String) { #expect(Units.clock(text).value == nil) }

    @Test("percent and points come back as they were written")
    func writtenBack() throws {
        for tenth in 0...1000 {
            let text = Units.formatNumber(Double(tenth) / 10)
            let share = try #require(Units.share(text + "%").value)
            #expect(Units.formatShare(share) == text + "%")
            guard (1...500).contains(tenth) else { continue }
            let points = tenth == 10 ? "1 point" : text + " points"
            #expect(Units.points(points).value.map(Units.formatPoints) == points)
        }
        #expect(Units.factor("1.1").value.map(Units.formatShare) == "110%")
    }

    @Test("a factor is above 0 and at most 20")
    func factors() {
        #expect(Units.factor("0%").value == nil && Units.factor("0").value == nil)
        #expect(Units.factor("0.1%").value == 0.001)
        #expect(Units.factor("20").value == 20 && Units.factor("20.01").value == nil)
    }

    @Test("24:00 ends a day; an end before the start is on the next day, and none is at the start")
    func clockRanges() {
        #expect(Units.clockRange("08:00-24:00").value! == (28800, 86400))
        #expect(Units.clockRange("22:00-06:00").value! == (79200, 108_000))
        #expect(Units.clockRange("00:00-00:00").value! == (0, 86400))
        #expect(Units.clockRange("24:00-06:00").value == nil)
        #expect(Units.clockRange("08:00-08:00").value == nil)
        #expect(Units.clockRange("08:00").value == nil)
    }

    @Test(
        "days",
        arguments: [
            ("Mon", [0]), ("Mon-Fri", [0, 1, 2, 3, 4]), ("Mon, Wed", [0, 2]), ("daily", [0, 1, 2, 3, 4, 5, 6]),
            ("Fri-Mon", [0, 4, 5, 6]), ("saturday", [5]), ("Tues", [1]), ("Mon-Tue, Sat-Sun", [0, 1, 5, 6]),
        ] as [(String, [Int])])
    func days(_ text: String, _ days: [Int]) {
        #expect(Units.days(text).value == days)
        #expect(Units.days(Units.formatDays(days)).value == days)
    }

    @Test("texts that are no days", arguments: ["1-5", "", "Mo", "Mon-", "Mon-Tue-Wed", "someday", "Mon,,Tue"])
    func notDays(_ text: String) { #expect(Units.days(text).value == nil) }

    @Test("dates are days of the calendar")
    func dates() {
        #expect(Units.date("2026-03-02").value?.weekday == 0)
        #expect(Units.date("2024-02-29").value?.iso == "2024-02-29")
        for text in ["2026-02-29", "2026-13-01", "2026-3-2", "3/2/26", "2026-03-02T00:00", "0000-01-01", ""] {
            #expect(Units.date(text).value == nil)
        }
        // Every day of four hundred years follows the one before.
        var date = CivilDate(iso: "1900-01-01")!
        var wrong: [String] = []
        for _ in 0..<146_097 {
            let next = date + 1
            if CivilDate(iso: next.iso) != next || next.weekday != (date.weekday + 1) % 7 { wrong.append(next.iso) }
            date = next
        }
        #expect(wrong == [])
        #expect(date.iso == "2300-01-01")
    }

    @Test("breaks")
    func breaks() {
        #expect(Units.breaks("2 x 15m").value == [900, 900])
        #expect(Units.breaks("15m, 10m").value == [900, 600])
        #expect(Units.breaks("2x15m").value == [900, 900])
        for text in ["2 x 15", "two x 15m", "", "2 x", "0s"] { #expect(Units.breaks(text).value == nil) }
        #expect(Units.formatBreaks([900, 900, 600]) == "2 x 15m, 1 x 10m")
    }

    @Test("numbers are written without exponent and read back")
    func numbers() {
        for number in [0, 1, 0.1, 1e-7, 1.5e-9, 123_456.789, 1e14, 1e15, 1.25e17, 0.30000000000000004, -2.5] {
            #expect(Units.number(Units.formatNumber(number)).value == number)
        }
        for text in ["nan", "inf", "1e5", "1,5", "1 000", "", "0x1F", ".", "-", "1.2.3"] {
            #expect(Units.number(text).value == nil)
        }
    }

    @Test(
        "the nearest word",
        arguments: [
            ("refills", "refill"), ("wrapup", "wrap_up"), ("aht", "talk"), ("acw", "wrap_up"), ("fte", "people"),
            ("tlak", "talk"), ("Talk", "talk"), ("xyz", nil), ("max_abandon", "max_abandonment"),
        ] as [(String, String?)])
    func nearest(_ word: String, _ expected: String?) {
        #expect(
            Spelling.nearest(to: word, among: ["talk", "wrap_up", "refill", "people", "max_abandonment"]) == expected)
    }
}
