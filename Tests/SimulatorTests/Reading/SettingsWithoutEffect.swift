import Testing

@testable import Simulator

extension Slip {
    /// Settings that change nothing where they stand.
    static let withoutEffect = [
        Slip(
            "a day shape beside a rate",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 18 per 30m, talk: 4m, target: 80% in 30s, day_shape: healthcare"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: warning: day_shape changes nothing: a rate is the same all day [W121]
                    6 |   calls: {hours: office, arrivals: 18 per 30m, talk: 4m, target: 80% in 30s, day_shape: healthcare}
                      |                                                                              ^^^^^^^^^
                  hint: leave it out, or give a day's total such as {Mon: 320, Tue-Fri: 260}
                """#
            ]),
        Slip(
            "a redial where nobody hangs up",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, patience: none, redial: {share: 40%}"
                )
            ],
            says: [
                #"""
                a.yaml:6:94: warning: redial changes nothing: nobody hangs up (patience: none) [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, patience: none, redial: {share: 40%}}
                      |                                                                                              ^^^^^^
                  hint: give a patience, or leave redial out
                """#
            ]),
        Slip(
            "a redial of those who find no line",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, redial: {share: 40%, when_blocked: 80%}"
                )
            ],
            says: [
                #"""
                a.yaml:6:99: warning: when_blocked changes nothing: nobody finds the lines taken [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, redial: {share: 40%, when_blocked: 80%}}
                      |                                                                                                   ^^^^^^^^^^^^
                  hint: add "lines" to the channel or "blocked_at" to the contact type, or leave it out
                """#
            ]),
        Slip(
            "a limit of hang-ups where nobody hangs up",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, patience: none, max_abandonment: 5%"
                )
            ],
            says: [
                #"""
                a.yaml:6:94: warning: max_abandonment is kept whatever happens: nobody hangs up (patience: none) [W122]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, patience: none, max_abandonment: 5%}
                      |                                                                                              ^^^^^^^^^^^^^^^
                  hint: give a patience, or leave it out
                """#
            ]),
        Slip(
            "a limit of hang-ups that is none",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, max_abandonment: 100%"
                )
            ],
            says: [
                #"""
                a.yaml:6:95: warning: a max_abandonment of 100% is kept whatever happens [W122]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, max_abandonment: 100%}
                      |                                                                                               ^^^^
                  hint: write "max_abandonment: none" if nothing is promised
                """#
            ]),
        Slip(
            "a target of nothing",
            [("80% in 30s", "0% in 30s")],
            says: [
                #"""
                a.yaml:6:66: warning: a target of 0% is met whatever happens [W122]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 0% in 30s}
                      |                                                                  ^^^^^^^^^
                  hint: write "target: none" if nothing is promised
                """#
            ]),
        Slip(
            "another try where the first succeeds",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, callback: {offer_after: 1m, accepted: 50%, retry_after: 5m}"
                )
            ],
            says: [
                #"""
                a.yaml:6:121: warning: retry_after changes nothing: somebody answers every try [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, callback: {offer_after: 1m, accepted: 50%, retry_after: 5m}}
                      |                                                                                                                         ^^^^^^^^^^^
                  hint: add no_answer, or leave it out
                """#
            ]),
        Slip(
            "a wait between one touch",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, follow_up: {share: 50%, work: 5m, wait: 1d}"
                )
            ],
            says: [
                #"""
                a.yaml:6:112: warning: wait changes nothing: the work is taken up once [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, follow_up: {share: 50%, work: 5m, wait: 1d}}
                      |                                                                                                                ^^^^
                  hint: add touches, such as 3, or leave it out
                """#
            ]),
        Slip(
            "voicemail where nobody comes while closed",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, when_closed: voicemail"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: warning: no new contact meets when_closed: the arrivals of calls all lie in its opening hours [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, when_closed: voicemail}
                      |                                                                              ^^^^^^^^^^^
                  hint: say which share comes outside, such as "outside_hours: 5%", or give a table
                """#
            ]),
        Slip(
            "a queue before opening where nobody comes then",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, queue_opens: 15m"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: warning: no new contact meets queue_opens: the arrivals of calls all lie in its opening hours [W121]
                    6 |   calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, queue_opens: 15m}
                      |                                                                              ^^^^^^^^^^^
                  hint: say which share comes outside, such as "outside_hours: 5%", or give a table
                """#
            ]),
        Slip(
            "a part outside opening hours, of a rate",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 18 per 30m, talk: 4m, target: 80% in 30s, outside_hours: 5%"
                )
            ],
            says: [
                #"""
                a.yaml:6:78: error: outside_hours is a part of a day's number, and a rate holds in opening hours [E114]
                    6 |   calls: {hours: office, arrivals: 18 per 30m, talk: 4m, target: 80% in 30s, outside_hours: 5%}
                      |                                                                              ^^^^^^^^^^^^^
                  hint: leave it out, or give a day's number such as {Mon: 320, Tue-Fri: 260}
                """#
            ]),
        Slip(
            "voicemail for a part outside opening hours",
            [
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, when_closed: voicemail, outside_hours: 5%"
                )
            ],
            says: []),
        Slip(
            "hours that nobody has",
            [("{office: ", "{night: daily 20:00-24:00, office: ")],
            says: [
                #"""
                a.yaml:3:9: warning: no contact type has the hours night [W121]
                    3 | hours: {night: daily 20:00-24:00, office: {Mon-Fri: 08:00-17:00}}
                      |         ^^^^^
                  hint: leave it out if that is meant
                """#
            ]),
        Slip(
            "a channel by which nothing comes",
            [("{chat: {at_once: 2}}", "{chat: {at_once: 2}, sms: {at_once: 3}}")],
            says: [
                #"""
                a.yaml:4:32: warning: no contact comes by the channel sms [W121]
                    4 | channels: {chat: {at_once: 2}, sms: {at_once: 3}}
                      |                                ^^^
                  hint: leave it out if that is meant
                """#
            ]),
        Slip(
            "a shift that nobody works",
            [("staffing:", "  late: {start: 10:00, length: 7h}\nstaffing:")],
            says: [
                #"""
                a.yaml:14:3: warning: nobody works the shift late [W121]
                   14 |   late: {start: 10:00, length: 7h}
                      |   ^^^^
                  hint: leave it out if that is meant
                """#
            ]),
        Slip(
            "gaps without a table",
            [("timezone: UTC", "gaps: zero\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:1: warning: gaps changes nothing: no arrivals come from a table [W121]
                    1 | gaps: zero
                      | ^^^^
                  hint: leave it out if that is meant
                """#
            ]),
        Slip(
            "a slowdown of one at a time",
            [("{at_once: 2}", "{at_once: 1, slowdown: 20%, loading: most_loaded}")],
            says: [
                #"""
                a.yaml:4:31: error: slowdown is about several contacts at once, and chat is handled one at a time [E114]
                    4 | channels: {chat: {at_once: 1, slowdown: 20%, loading: most_loaded}}
                      |                               ^^^^^^^^
                  expected: at_once, such as 2
                  hint: add at_once, or leave slowdown out
                """#,
                #"""
                a.yaml:4:46: warning: loading changes nothing: chat is handled one at a time [W121]
                    4 | channels: {chat: {at_once: 1, slowdown: 20%, loading: most_loaded}}
                      |                                              ^^^^^^^
                  hint: it says who gets the next of several at once: add at_once, or leave it out
                """#,
            ]),
        Slip(
            "a precision of a fixed number of runs",
            [("timezone: UTC", "experiment: {replications: 100, precision: 1 point, max: 500}\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:33: warning: precision changes nothing: replications is 100 [W121]
                    1 | experiment: {replications: 100, precision: 1 point, max: 500}
                      |                                 ^^^^^^^^^
                  hint: write "replications: auto", or leave precision out
                """#,
                #"""
                a.yaml:1:53: warning: max changes nothing: replications is 100 [W121]
                    1 | experiment: {replications: 100, precision: 1 point, max: 500}
                      |                                                     ^^^
                  hint: write "replications: auto", or leave max out
                """#,
            ]),
        Slip(
            "sticky where nobody comes again",
            [("timezone: UTC", "routing: {sticky: yes}\ntimezone: UTC")],
            says: [
                #"""
                a.yaml:1:11: warning: sticky changes nothing: nobody comes again or is handed on [W121]
                    1 | routing: {sticky: yes}
                      |           ^^^^^^
                  hint: leave it out if that is meant
                """#
            ]),
        Slip(
            "a licence that nothing needs",
            [(", agents: 9", ", agents: 9, licences: [rn]")],
            says: [
                #"""
                a.yaml:11:56: warning: no contact type needs the licence rn [W121]
                   11 |   chatters: {skills: {chats: 1}, agents: 9, licences: [rn]}
                      |                                                        ^^
                  hint: write "licence: rn" in the contact types that need it
                """#
            ]),
        Slip(
            "only when idle, with nothing else to do",
            [("{chats: 1}", "{chats: {only_when_idle: yes}}")],
            says: [
                #"""
                a.yaml:11:31: warning: only_when_idle changes nothing: chatters serves nothing else [W121]
                   11 |   chatters: {skills: {chats: {only_when_idle: yes}}, agents: 9}
                      |                               ^^^^^^^^^^^^^^
                  hint: leave it out, or add the skills that come first
                """#
            ]),
        Slip(
            "overtime without a wage",
            [(", wage: 20 per hour", ", overtime: 150%")],
            says: [
                #"""
                a.yaml:10:52: warning: overtime changes nothing: team has no wage [W121]
                   10 |   team: {skills: {calls: 1, bills: 1}, people: 20, overtime: 150%}
                      |                                                    ^^^^^^^^
                  hint: add a wage, such as 19.30 per hour
                """#
            ]),
        Slip(
            "people by an option, where shifts decide",
            options: [("agent_groups.team.people", "16")],
            says: [
                #"""
                --set agent_groups.team.people=16:1:32: warning: people changes no result: staffing.team says who is there [W121]
                    1 | --set agent_groups.team.people=16
                      |                                ^^
                  hint: change staffing.team
                """#
            ]),
        Slip(
            "a type that gets nothing",
            [("60 per day, talk: 4m, channel", "0 per day, talk: 4m, channel")],
            says: [
                #"""
                a.yaml:8:26: warning: chats gets no contacts in the period [W431]
                    8 |   chats: {hours: office, arrivals: 0 per day, talk: 4m, channel: chat}
                      |                          ^^^^^^^^
                  hint: see its arrivals, or leave the contact type out
                """#
            ]),
        Slip(
            "a type that is only asked",
            [
                ("arrivals: {Mon-Fri: 60}, talk: 4m", "arrivals: none, talk: 4m, target: 80% in 30s"),
                (
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s",
                    "calls: {hours: office, arrivals: 60 per day, talk: 4m, target: 80% in 30s, consult: {with: bills, share: 10%, takes: 2m}"
                ),
            ],
            says: [
                #"""
                a.yaml:7:52: warning: the target of bills is never measured: nobody contacts it, calls only asks its people [W431]
                    7 |   bills: {hours: office, arrivals: none, talk: 4m, target: 80% in 30s}
                      |                                                    ^^^^^^
                  hint: leave the target out; those who are asked have a row of their own
                """#
            ]),
    ]
}
