import Testing

@testable import Simulator

extension Slip {
    /// What a value cannot be, and was taken for.
    static let values = [
        Slip(
            "no day named",
            [("{Mon-Fri: 60}", "{}")],
            says: [
                #"""
                a.yaml:7:36: error: arrivals names no day [E213]
                    7 |   bills: {hours: office, arrivals: {}, talk: 4m}
                      |                                    ^
                  expected: such as {Mon-Fri: 320}
                """#
            ]),
        Slip(
            "agents for no day",
            [(", agents: 9", ", agents: {}")],
            says: [
                #"""
                a.yaml:11:42: error: agents names no day [E213]
                   11 |   chatters: {skills: {chats: 1}, agents: {}}
                      |                                          ^
                  expected: such as {Mon-Fri: 9}
                """#
            ]),
        Slip(
            "staffing for no day",
            [("{Mon-Fri: {day: 12}}", "{}")],
            says: [
                #"""
                a.yaml:15:9: error: staffing.team names no day [E213]
                   15 |   team: {}
                      |         ^
                  expected: such as {Mon-Fri: {early: 6}}
                """#
            ]),
        Slip(
            "hours of no day",
            [("{Mon-Fri: 08:00-17:00}", "{}")],
            says: [
                #"""
                a.yaml:3:17: error: office names no day [E213]
                    3 | hours: {office: {}}
                      |                 ^
                  expected: such as {Mon-Fri: 08:00-17:00}
                """#
            ]),
        Slip(
            "skills in nothing",
            [("{chats: 1}", "{}")],
            says: [
                #"""
                a.yaml:8:3: error: nobody may serve chats: no agent group has the skill [E605]
                    8 |   chats: {hours: office, arrivals: 60 per day, talk: 4m, channel: chat}
                      |   ^^^^^
                  expected: skills: {chats: 1} in an agent group
                  hint: add the skill to a group, or take the contact type out
                """#,
                #"""
                a.yaml:11:3: warning: chatters serves nothing: its skills name no contact type [W121]
                   11 |   chatters: {skills: {}, agents: 9}
                      |   ^^^^^^^^
                  hint: give it skills, such as {calls: 1}, or leave it out
                """#,
            ]),
        Slip(
            "hours from eight to eight",
            [("Mon-Fri: 08:00-17:00", "Mon-Fri: 08:00-08:00")],
            says: [
                #"""
                a.yaml:3:27: error: 08:00-08:00 begins and ends at the same time [E206]
                    3 | hours: {office: {Mon-Fri: 08:00-08:00}}
                      |                           ^^^^^^^^^^^
                  expected: opening and closing time such as 08:00-17:00
                  hint: write 00:00-24:00 for a whole day
                """#
            ]),
        Slip(
            "a lunch that ends before it begins",
            [("between: 11:00-14:00", "between: 13:00-10:30")],
            says: [
                #"""
                a.yaml:13:65: error: lunch between 13:00-10:30 ends before it begins [E504]
                   13 |   day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 13:00-10:30}}
                      |                                                                 ^^^^^^^^^^^
                  expected: a window within the shift, 08:00 to 17:00
                """#
            ]),
        Slip(
            "no break at all",
            [("lunch: {length: 30m, between: 11:00-14:00}", "breaks: 0 x 15m")],
            says: [
                #"""
                a.yaml:13:43: error: 0 x 15m does not say how many breaks [E202]
                   13 |   day: {start: 08:00, length: 9h, breaks: 0 x 15m}
                      |                                           ^^^^^^^
                  expected: breaks such as 2 x 15m
                """#
            ]),
        Slip(
            "a wage per day",
            [("20 per hour", "160 per day")],
            says: [
                #"""
                a.yaml:10:58: error: 160 per day does not say how many hours are paid [E205]
                   10 |   team: {skills: {calls: 1, bills: 1}, people: 20, wage: 160 per day}
                      |                                                          ^^^^^^^^^^^
                  expected: money per time such as 19.30 per hour
                  hint: write "wage: 160 per 8h" if a day has 8 paid hours
                """#
            ]),
        Slip(
            "a wage per week",
            [("20 per hour", "800/week")],
            says: [
                #"""
                a.yaml:10:58: error: 800/week does not say how many hours are paid [E205]
                   10 |   team: {skills: {calls: 1, bills: 1}, people: 20, wage: 800/week}
                      |                                                          ^^^^^^^^
                  expected: money per time such as 19.30 per hour
                  hint: write "wage: 800 per 40h" if a week has 40 paid hours
                """#
            ]),
        Slip(
            "a target without its percent sign",
            [("80% in 30s", "80/20s")],
            says: [
                #"""
                a.yaml:6:66: error: 80/20s is not a target [E209]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80/20s}
                      |                                                                  ^^^^^^
                  expected: a target such as 80% in 30s or 80%/30s
                  hint: write "target: 80% in 20s"
                """#
            ]),
        Slip(
            "an included table",
            [("timezone: UTC", "include: calls.csv\ntimezone: UTC")],
            files: ["calls.csv": "start,contacts\n08:00,3\n"],
            says: [
                #"""
                a.yaml:1:10: error: calls.csv is no scenario: it holds no settings [E106]
                    1 | include: calls.csv
                      |          ^^^^^^^^^
                  expected: a file with lines such as "talk: 4m30s"
                  hint: name a table where it is used, such as "arrivals: calls.csv"
                """#
            ]),
        Slip(
            "an included text",
            [("timezone: UTC", "include: [notes.yaml]\ntimezone: UTC")],
            files: ["notes.yaml": "just words\n"],
            says: [
                #"""
                a.yaml:1:11: error: notes.yaml is no scenario: it holds no settings [E106]
                    1 | include: [notes.yaml]
                      |           ^^^^^^^^^^
                  expected: a file with lines such as "talk: 4m30s"
                """#
            ]),
        Slip(
            "nothing included",
            [("timezone: UTC", "include: []\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:10: error: include names no file [E213]
                    1 | include: []
                      |          ^
                  expected: such as [base.yaml]
                  hint: leave it out
                """#
            ]),
        Slip(
            "include on the command line",
            options: [("include", "base.yaml")],
            says: [
                #"""
                --set include=base.yaml:1:7: error: include cannot be set here: files are joined before settings are changed [E114]
                    1 | --set include=base.yaml
                      |       ^^^^^^^
                  hint: write "include" in the scenario
                """#
            ]),
        Slip(
            "a name twice within an option",
            options: [("contact_types.bills", "{hours: office, arrivals: 60 per day, talk: 4m, talk: 5m}")],
            says: [
                #"""
                --set contact_types.bills={hours: office, arrivals: 60 per day, talk: 4m, talk: 5m}:1:75: error: "talk" stands twice on line 1, in contact_types.bills [E103]
                    1 | --set contact_types.bills={hours: office, arrivals: 60 per day, talk: 4m, talk: 5m}
                      |                                                                           ^^^^
                  hint: keep one of them
                """#
            ]),
        Slip(
            "a part of a single value",
            options: [("contact_types.calls.talk.spread", "0.5")],
            says: [
                #"""
                --set contact_types.calls.talk.spread=0.5:1:32: error: contact_types.calls.talk is one value, 4m, and has no part "spread" [E106]
                    1 | --set contact_types.calls.talk.spread=0.5
                      |                                ^^^^^^
                  hint: set the whole, with what is to stay of it: --set "contact_types.calls.talk={spread: 0.5, ...}"
                """#
            ]),
        Slip(
            "a part of a list",
            [
                (
                    "timezone: UTC",
                    "activities: [{name: huddle, start: 09:00, length: 15m, groups: [team]}]\ntimezone: UTC"
                )
            ],
            options: [("activities.huddle.length", "15m")],
            says: [
                #"""
                --set activities.huddle.length=15m:1:18: error: activities is a list, and has no part "huddle" [E106]
                    1 | --set activities.huddle.length=15m
                      |                  ^^^^^^
                  hint: set the whole list: --set "activities=[...]"
                """#
            ]),
        Slip(
            "ivr",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, ivr: 30s"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: error: unknown setting "ivr" in contact_types.calls [E102]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, ivr: 30s}
                      |                                                                              ^^^
                  hint: an IVR is not simulated yet: take what it answers off the arrivals
                """#
            ]),
        Slip(
            "surge",
            [("timezone: UTC", "surge: {Mon: 150%}\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:1: error: unknown setting "surge" [E102]
                    1 | surge: {Mon: 150%}
                      | ^^^^^
                  hint: nothing does this by itself yet: give those dates their own rows in a table of arrivals
                """#
            ]),
        Slip(
            "backlog",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, backlog: 40"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: error: unknown setting "backlog" in contact_types.calls [E102]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, backlog: 40}
                      |                                                                              ^^^^^^^
                  hint: what waits at the beginning stands in a file of its own: simulate --from-now state.yaml
                """#
            ]),
        Slip(
            "fcr",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, fcr: 80%"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: error: unknown setting "fcr" in contact_types.calls [E102]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, fcr: 80%}
                      |                                                                              ^^^
                  hint: say what is not resolved: "repeat: {share: 12%, after: 1d}"
                """#
            ]),
        Slip(
            "shrinkage of a group",
            [(", agents: 9", ", agents: 9, shrinkage: 15%")],
            says: [
                #"""
                a.yaml:11:45: error: unknown setting "shrinkage" in agent_groups.chatters [E102]
                   11 |   chatters: {skills: {chats: 1}, agents: 9, shrinkage: 15%}
                      |                                             ^^^^^^^^^
                  hint: shrinkage stands at the top and holds for everybody; for single groups it is not simulated yet
                """#
            ]),
    ]
}
