import Testing

@testable import Simulator

extension Slip {
    /// Rows and columns that were read past.
    static let tables = [
        Slip(
            "a type without a row",
            [("{Mon-Fri: 60}", "calls.csv")],
            files: ["calls.csv": table(rows("calls"))],
            says: [
                #"""
                a.yaml:7:36: error: calls.csv has no row for bills [E406]
                    7 |   bills: {hours: office, arrivals: calls.csv, talk: 4m}
                      |                                    ^^^^^^^^^
                  expected: rows whose contact_type is bills
                  hint: write "arrivals: none" in bills if nobody contacts you that way
                """#
            ]),
        Slip(
            "a day without a row",
            [("60 per day, talk: 4m, target", "calls.csv, talk: 4m, target")],
            files: ["calls.csv": table(rows("calls", ["Mon", "Tue", "Thu", "Fri"]))],
            says: [
                #"""
                a.yaml:6:36: warning: calls.csv has no row for calls on Wed 2026-03-04, when it is open [W420]
                    6 |   calls: {hours: office, arrivals: calls.csv, talk: 4m, target: 80% in 30s}
                      |                                    ^^^^^^^^^
                  hint: 0 contacts are taken; write rows of 0 if that is meant, or close it on that day
                """#
            ]),
        Slip(
            "a day without a row, although gaps are zero",
            [("60 per day, talk: 4m, target", "{file: calls.csv, gaps: zero}, talk: 4m, target")],
            files: ["calls.csv": table(rows("calls", ["Mon", "Tue", "Thu"]))],
            says: [
                #"""
                a.yaml:6:36: warning: calls.csv has no row for calls on Wed, Fri, when it is open [W420]
                    6 |   calls: {hours: office, arrivals: {file: calls.csv, gaps: zero}, talk: 4m, target: 80% in 30s}
                      |                                    ^
                  hint: 0 contacts are taken; write rows of 0 if that is meant, or close it on that day
                """#
            ]),
        Slip(
            "a gap",
            [("60 per day, talk: 4m, target", "calls.csv, talk: 4m, target")],
            files: ["calls.csv": table(rows("calls").replacing("Wed,09:00,calls,6\n", with: ""))],
            says: [
                #"""
                calls.csv:39:17: warning: no row for calls Wed 09:00 [W420]
                   39 | Wed,08:30,calls,6
                      |                 ^
                  hint: 0 contacts are taken; if that is meant, write "gaps: zero" on a line of its own in the scenario
                """#
            ]),
        Slip(
            "weekdays outside the period",
            [("60 per day, talk: 4m, target", "calls.csv, talk: 4m, target"), ("to: 2026-03-08", "to: 2026-03-03")],
            files: ["calls.csv": table(rows("calls", ["Wed"]))],
            says: [
                #"""
                a.yaml:6:36: error: no row of calls.csv for calls lies in the period [E406]
                    6 |   calls: {hours: office, arrivals: calls.csv, talk: 4m, target: 80% in 30s}
                      |                                    ^^^^^^^^^
                  expected: rows for Mon-Tue; the table has Wed
                  hint: change "period", or write "arrivals: none" in calls
                """#
            ]),
        Slip(
            "one start a day",
            [("{Mon-Fri: 60}", "bills.csv")],
            files: [
                "bills.csv":
                    "weekday,start,contacts\nMon,08:00,60\nTue,08:00,60\nWed,08:00,60\nThu,08:00,60\nFri,08:00,60\n"
            ],
            says: [
                #"""
                bills.csv:2:5: warning: every row of bills.csv starts at 08:00, and is taken for 30m [W405]
                    2 | Mon,08:00,60
                      |     ^^^^^
                  hint: a column "end" says how long a row is; a day's total is written in the scenario, {Mon: 320}
                """#,
                #"""
                bills.csv:2:11: warning: no row for bills Mon 08:30, nor for 84 more intervals [W420]
                    2 | Mon,08:00,60
                      |           ^^
                  hint: 0 contacts are taken; if that is meant, write "gaps: zero" on a line of its own in the scenario
                """#,
            ]),
        Slip(
            "a row as long as a day",
            [("{Mon-Fri: 60}", "bills.csv")],
            files: [
                "bills.csv":
                    "weekday,start,end,contacts\nMon,08:00,17:00,60\nTue,08:00,17:00,60\nWed,08:00,17:00,60\nThu,08:00,17:00,60\nFri,08:00,17:00,60\n"
            ],
            says: [
                #"""
                bills.csv:2:5: error: rows every 9h do not divide a day evenly [E405]
                    2 | Mon,08:00,17:00,60
                      |     ^^^^^
                  expected: rows every 5m, 10m, 15m, 30m or 1h
                  hint: a day's total is written in the scenario, such as {Mon: 320}
                """#
            ]),
        Slip(
            "a row that ends too late",
            [("{Mon-Fri: 60}", "bills.csv")],
            files: [
                "bills.csv": "weekday,start,end,contacts\n"
                    + hours.replacing("Tue,10:00,11:00", with: "Tue,10:00,12:00")
            ],
            says: [
                #"""
                bills.csv:13:11: error: 10:00 to 12:00 is 2h, but the rows come every 1h [E405]
                   13 | Tue,10:00,12:00,6
                      |           ^^^^^
                  expected: rows every 5m, 10m, 15m, 30m or 1h
                  hint: a day's total is written in the scenario, such as {Mon: 320}
                """#
            ]),
        Slip(
            "a date on another weekday",
            [("{Mon-Fri: 60}", "bills.csv")],
            files: ["bills.csv": dated],
            says: [
                #"""
                bills.csv:11:12: error: 2026-03-03 is a Tue, not Wed (column "weekday") [E402]
                   11 | 2026-03-03,Wed,08:00,6
                      |            ^^^
                  expected: Tue, or nothing
                  hint: if the date is right, write "Tue"
                """#
            ]),
        Slip(
            "holidays of another year",
            [("timezone: UTC", "holidays: days.csv\ntimezone: UTC")],
            files: ["days.csv": "date,name,hours\n2025-12-25,Christmas,\n2025-12-26,Boxing Day,\n"],
            says: [
                #"""
                a.yaml:1:11: warning: no date of days.csv lies in the period: it has 2025-12-25 to 2025-12-26 [W402]
                    1 | holidays: days.csv
                      |           ^^^^^^^^
                  hint: the period is 2026-03-02 to 2026-03-08
                """#
            ]),
        Slip(
            "hours of holidays by another name",
            [("timezone: UTC", "holidays: days.csv\ntimezone: UTC")],
            files: ["days.csv": "date,name,hour\n2026-03-04,Half day,08:00-12:00\n"],
            says: [
                #"""
                days.csv:1:11: error: "hour" is no column of holidays, and its hours would be lost [E401]
                    1 | date,name,hour
                      |           ^^^^
                  expected: date, name, hours
                  hint: did you mean "hours"?
                """#
            ]),
        Slip(
            "an unused column of holidays",
            [("timezone: UTC", "holidays: days.csv\ntimezone: UTC")],
            files: ["days.csv": "date,name,hours,region\n2026-03-04,Half day,08:00-12:00,TX\n"],
            says: [
                #"""
                a.yaml:1:11: warning: 100 contacts that usual days have do not come on holidays: Half day 100 [W430]
                    1 | holidays: days.csv
                      |           ^^^^^^^^
                  hint: say in a column "volume" what share of a usual day comes, and in "next_day" what the day after has
                """#,
                #"""
                days.csv:1:17: warning: the column "region" is not used [W401]
                    1 | date,name,hours,region
                      |                 ^^^^^^
                """#,
            ]),
        Slip(
            "an unused column of samples",
            [("talk: 4m, channel", "talk: {samples: talk.csv}, channel")],
            files: ["talk.csv": "talk_s,queue\n240,a\n200,b\n"],
            says: [
                #"""
                talk.csv:1:8: warning: the column "queue" is not used [W401]
                    1 | talk_s,queue
                      |        ^^^^^
                """#
            ]),
    ]
}
