import Testing

@testable import Simulator

extension Slip {
    /// What is asked of people who are not there.
    static let people = [
        Slip(
            "a reserve as large as the group",
            [("timezone: UTC", "routing: {reserve: {chats: 9}}\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:28: error: 9 must stay idle when chats is taken, and at most 9 are ever there: it is never taken [E114]
                    1 | routing: {reserve: {chats: 9}}
                      |                            ^
                  expected: fewer than 9
                """#
            ]),
        Slip(
            "more in tiers than there are",
            [("people: 20", "people: 20, tiers: {new: {people: 8}, old: {people: 16}}")],
            says: [
                #"""
                a.yaml:10:60: error: the tiers of team have 24 people, and team has 20 [E114]
                   10 |   team: {skills: {calls: 1, bills: 1}, people: 20, tiers: {new: {people: 8}, old: {people: 16}}, wage: 20 per hour}
                      |                                                            ^^^
                  expected: tiers of 20 people together
                  hint: change the tiers, or people
                """#
            ]),
        Slip(
            "a meeting outside every shift",
            [
                (
                    "timezone: UTC",
                    "activities: [{name: huddle, start: 07:30, length: 15m, groups: [team]}]\ntimezone: UTC"
                )
            ],
            says: [
                #"""
                a.yaml:1:36: error: nobody is on shift all the time of huddle at 07:30 (15m) [E114]
                    1 | activities: [{name: huddle, start: 07:30, length: 15m, groups: [team]}]
                      |                                    ^^^^^
                  expected: a time within a shift of team
                """#
            ]),
        Slip(
            "a meeting on a day without shifts",
            [
                (
                    "timezone: UTC",
                    "activities: [{name: huddle, days: \"Fri, Sat\", start: 08:30, length: 15m, groups: [team]}]\ntimezone: UTC"
                )
            ],
            says: [
                #"""
                a.yaml:1:54: warning: nobody is on shift for huddle at 08:30 on Sat 2026-03-07 [W121]
                    1 | activities: [{name: huddle, days: "Fri, Sat", start: 08:30, length: 15m, groups: [team]}]
                      |                                                      ^^^^^
                  hint: leave the day out of "days", or move it
                """#,
                #"""
                a.yaml:7:3: warning: calls is open Fri 2026-03-06 08:30-08:45, but all on shift for it are at lunch, on a break or in a meeting [W310]
                    7 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s}
                      |   ^^^^^
                  hint: move the meeting, widen the window of a lunch, or give its skill to somebody else
                """#,
                #"""
                a.yaml:8:3: warning: bills is open Fri 2026-03-06 08:30-08:45, but all on shift for it are at lunch, on a break or in a meeting [W310]
                    8 |   bills: {hours: office, arrivals: {Mon-Fri: 60}, talk: 4m}
                      |   ^^^^^
                  hint: move the meeting, widen the window of a lunch, or give its skill to somebody else
                """#,
            ]),
        Slip(
            "more at a meeting than there are",
            [
                (
                    "timezone: UTC",
                    "activities: [{name: huddle, start: 08:30, length: 15m, groups: [team], people: 15}]\ntimezone: UTC"
                )
            ],
            says: [
                #"""
                a.yaml:1:36: warning: 15 are to attend huddle at 08:30, but at most 12 are on shift [W312]
                    1 | activities: [{name: huddle, start: 08:30, length: 15m, groups: [team], people: 15}]
                      |                                    ^^^^^
                  hint: all who are there attend: write "people: all" if that is meant
                """#,
                #"""
                a.yaml:7:3: warning: calls is open Mon 2026-03-02 08:30-08:45, but all on shift for it are at lunch, on a break or in a meeting (1.3 hours in all) [W310]
                    7 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s}
                      |   ^^^^^
                  hint: move the meeting, widen the window of a lunch, or give its skill to somebody else
                """#,
                #"""
                a.yaml:8:3: warning: bills is open Mon 2026-03-02 08:30-08:45, but all on shift for it are at lunch, on a break or in a meeting (1.3 hours in all) [W310]
                    8 |   bills: {hours: office, arrivals: {Mon-Fri: 60}, talk: 4m}
                      |   ^^^^^
                  hint: move the meeting, widen the window of a lunch, or give its skill to somebody else
                """#,
            ]),
        Slip(
            "a meeting without shifts",
            [
                ("timezone: UTC", "activities: [{name: huddle, start: 08:30, length: 15m}]\ntimezone: UTC"),
                (
                    "shifts:\n  day: {start: 08:00, length: 9h, lunch: {length: 30m, between: 11:00-14:00}}\nstaffing:\n  team: {Mon-Fri: {day: 12}}\n",
                    ""
                ), ("people: 20", "agents: 20"),
            ],
            says: [
                #"""
                a.yaml:1:14: error: an activity needs shifts, and no group has any [E114]
                    1 | activities: [{name: huddle, start: 08:30, length: 15m}]
                      |              ^
                  hint: write shifts under "staffing", or count the time as shrinkage
                """#
            ]),
        Slip(
            "shifts on a day when all is closed",
            [("{Mon-Fri: {day: 12}}", "{Mon-Sat: {day: 12}}")],
            says: [
                #"""
                a.yaml:10:3: warning: team is there Sat 2026-03-07 08:00-17:00, when nothing it serves is open [W313]
                   10 |   team: {skills: {calls: 1, bills: 1}, people: 20, wage: 20 per hour}
                      |   ^^^^
                  hint: change the hours of calls or bills, or who is there then
                """#
            ]),
        Slip(
            "a shrinkage for each group",
            [("timezone: UTC", "shrinkage: {team: 30%, chatters: 15%}\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:13: error: team and chatters are agent groups, and the parts of shrinkage are causes that hold for everybody [E114]
                    1 | shrinkage: {team: 30%, chatters: 15%}
                      |             ^^^^
                  expected: one share, or causes such as {leave: 10%, meetings: 2%}
                  hint: a shrinkage of single groups is not simulated yet: take it off the agents or shifts of a group
                """#
            ]),
        Slip(
            "tiers without shares, and a roster without tiers",
            [
                ("people: 20", "tiers: {new: {handle_time: 130%}, old: {}}, roster: roster.csv"),
                ("staffing:\n  team: {Mon-Fri: {day: 12}}\n", ""),
            ],
            files: ["roster.csv": "agent_id,tier,Mon-Fri\na1,new,day\na2,,day\na3,old,day\n"],
            says: [
                #"""
                roster.csv:3:1: error: a2 has no tier, and the tiers of team have no shares [E104]
                    3 | a2,,day
                      | ^^
                  expected: new or old in a column "tier" for everybody
                  hint: or give each tier a share, such as 30%
                """#
            ]),
        Slip(
            "tiers of which only some have a share",
            [
                ("people: 20", "tiers: {new: {share: 30%}, old: {}}, roster: roster.csv"),
                ("staffing:\n  team: {Mon-Fri: {day: 12}}\n", ""),
            ],
            files: ["roster.csv": "agent_id,tier,Mon-Fri\na1,new,day\na2,old,day\na3,old,day\n"],
            says: [
                #"""
                a.yaml:10:67: error: agent_groups.team.tiers.old lacks "share" [E104]
                   10 |   team: {skills: {calls: 1, bills: 1}, tiers: {new: {share: 30%}, old: {}}, roster: roster.csv, wage: 20 per hour}
                      |                                                                   ^^^
                  expected: share, such as 30%, or people, such as 4
                """#
            ]),
        Slip(
            "a roster with tiers that the group has not",
            [("people: 20", "roster: roster.csv"), ("staffing:\n  team: {Mon-Fri: {day: 12}}\n", "")],
            files: ["roster.csv": "agent_id,tier,Mon-Fri\na1,new,day\na2,,day\na3,,day\n"],
            says: [
                #"""
                roster.csv:2:4: warning: team has no tiers, so "new" is not used [W401]
                    2 | a1,new,day
                      |    ^^^
                  hint: write what sets them apart, such as "tiers: {new: {handle_time: 130%}}" in agent_groups.team
                """#
            ]),
        Slip(
            "an agents table without a row",
            [(", agents: 9", ", agents: staff.csv")],
            files: [
                "staff.csv":
                    "weekday,start,agent_group,agents\nMon-Fri,08:00,team,6\nMon-Fri,09:00,team,6\nMon-Fri,10:00,team,6\n"
            ],
            says: [
                #"""
                a.yaml:8:3: warning: chats is open Mon 2026-03-02 08:00-17:00, but nobody for it is scheduled (45 hours in all) [W310]
                    8 |   chats: {hours: office, arrivals: 60 per day, talk: 4m, channel: chat}
                      |   ^^^^^
                  hint: schedule someone then, or close it
                """#,
                #"""
                a.yaml:11:42: error: staff.csv has no row for chatters [E406]
                   11 |   chatters: {skills: {chats: 1}, agents: staff.csv}
                      |                                          ^^^^^^^^^
                  expected: rows whose agent_group is chatters
                  hint: write "agents: 0" if nobody is there
                """#,
            ]),
        Slip(
            "a shift of a schedule with other hours",
            [("staffing:\n  team: {Mon-Fri: {day: 12}}\n", "staffing: schedule.csv\n")],
            files: [
                "schedule.csv":
                    "weekday,agent_id,agent_group,shift,start,end\nMon-Fri,a1,team,day,08:00,16:00\nMon-Fri,a2,team,day,08:00,17:00\nMon-Fri,a3,team,dya,08:00,17:00\nMon-Fri,a4,team,own,08:00,15:00\n"
            ],
            says: [
                #"""
                schedule.csv:2:21: warning: day is 08:00 to 17:00: other hours have neither its lunch nor its breaks [W121]
                    2 | Mon-Fri,a1,team,day,08:00,16:00
                      |                     ^^^^^
                  hint: say when people are away in a table of activities
                """#
            ]),
        Slip(
            "a missing hour at midnight",
            [
                ("timezone: UTC", "timezone: Africa/Cairo"),
                ("from: 2026-03-02, to: 2026-03-08", "from: 2026-04-20, to: 2026-04-26"),
            ],
            says: [
                #"""
                a.yaml:2:32: warning: Fri 2026-04-24 has 23 hours: clocks go from 00:00 to 01:00 [W510]
                    2 | period: {from: 2026-04-20, to: 2026-04-26}
                      |                                ^^^^^^^^^^
                """#
            ]),
    ]
}
