import Queueing
import Testing

@testable import Center
@testable import Probability
@testable import Simulator
@testable import Tabular

/// A day small enough to follow by hand, one of its contacts, and that contact's story.
struct ContactStoryDay: CustomTestStringConvertible, Sendable {
    var name: String
    var contact: String
    var scenario: Scenario
    /// Without the headline.
    var story: String

    var testDescription: String { name }

    init(
        _ name: String, _ contact: String, _ types: [ContactType], _ groups: [AgentGroup],
        by routing: Routing = Routing(),
        rules: Rules = Rules(), _ story: String
    ) {
        self.name = name
        self.contact = contact
        self.story = story
        scenario = Scenario(
            id: "day", name: "Day", horizon: .plain(step: 900, count: 4), contactTypes: types, agentGroups: groups,
            routing: routing, rules: rules, experiment: ExperimentSettings(replications: 1))
    }

    /// Contacts at given seconds, which all take the same time.
    static func type(
        _ id: String, at times: [Double] = [], talk: Double, patience: Double? = nil, priority: Int = 5,
        channel: Channel = .phone, languages: [LanguageShare] = [], _ change: (inout ContactType) -> Void = { _ in }
    ) -> ContactType {
        var type = ContactType(
            id: id, channel: channel, priority: priority, languages: languages, open: [TimeSpan(0, 3600)],
            arrivals: times.map { ArrivalTimeSpan(TimeSpan($0, $0), contacts: 1) }, volumes: .actual,
            talk: .fixed(Fixed(talk)), patience: patience.map { .fixed(Fixed($0)) })
        change(&type)
        return type
    }

    static func agents(
        _ id: String, _ count: Double, _ skills: [Skill], from start: Double = 0, to end: Double = 3600,
        languages: [String] = [], licences: [String] = []
    ) -> AgentGroup {
        var group = AgentGroup(
            id: id, languages: languages, skills: skills,
            staffing: .curve([StaffingTimeSpan(TimeSpan(start, end), agents: count)]))
        group.licences = licences
        return group
    }
}

extension ContactStoryDay {
    private static let chat = Channel("chat", atOnce: 2, slowdown: 0)
    private static let mail = Channel("email", kind: .deferred)
    private static let desk = Channel("desk", kind: .deferred, isInterruptible: true)

    /// Stories that once named another reason than the one by which the contact waited or was taken.
    static let all: [ContactStoryDay] = handsFree + orders + promises + reserves + helpers + losses + people + others

    // MARK: A hand that is free for chats is none for calls

    private static let handsFree = [
        ContactStoryDay(
            "a chat is taken beside another, although a call has waited longer", "calls-000001",
            [type("calls", at: [10], talk: 60), type("chat", at: [0, 20], talk: 300, priority: 9, channel: chat)],
            [agents("agents", 1, [Skill(0), Skill(1)])], by: Routing(pickContact: .longestWait),
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with chat-000001 until 00:05:00
                      waits; nobody is before it
                      waits as long as it takes
            00:00:20  agents-01 takes chat-000002 beside 1 in hand: a hand for chat is free, and calls need somebody with nothing in
                      hand
            00:05:20  answered by agents-01 after 5m10s: talk 1m, until 00:06:20
                      while it waited: overtaken by 1 chat for which a hand was free
            """),
        ContactStoryDay(
            "of one priority, too", "calls-000001",
            [type("calls", at: [10], talk: 60), type("chat", at: [0, 20], talk: 300, channel: chat)],
            [agents("agents", 1, [Skill(0), Skill(1)])],
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with chat-000001 until 00:05:00
                      waits; nobody is before it
                      waits as long as it takes
            00:00:20  agents-01 takes chat-000002 beside 1 in hand: a hand for chat is free, and calls need somebody with nothing in
                      hand
            00:05:20  answered by agents-01 after 5m10s: talk 1m, until 00:06:20
                      while it waited: overtaken by 1 chat for which a hand was free
            """),
        ContactStoryDay(
            "a chat waits beside a free hand that is kept for a more urgent call", "chat-000002",
            [
                type("calls", at: [10], talk: 60), type("chat", at: [0, 20], talk: 300, priority: 9, channel: chat),
                type("long", at: [1], talk: 400),
            ],
            [agents("agents", 2, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:20  comes: chat, priority 9
                      agents: agents-01 with 1 in hand and room for more; agents-02 busy with long-000001 until 00:06:41
                      waits: hands are kept free for calls-000001, which is more urgent
                      waits as long as it takes
            00:05:00  agents-01 takes calls-000001, more urgent: priority 5 before 9
            00:06:00  answered by agents-01 after 5m40s: talk 5m, until 00:11:00
                      while it waited: overtaken by 1 calls of higher priority
            """),
        ContactStoryDay(
            "a hand that gets free is kept for a more urgent call", "chat-000003",
            [
                type("calls", at: [30], talk: 60),
                type("chat", at: [0, 1, 40], talk: 100, priority: 9, channel: chat),
                type("long", at: [20], talk: 400),
            ],
            [agents("agents", 1, [Skill(0), Skill(1)]), agents("slow", 1, [Skill(2), Skill(1)])],
            """
            00:00:40  comes: chat, priority 9
                      agents: agents-01 busy with chat-000001 until 00:01:40
                      slow: slow-01 busy with long-000001 until 00:07:00
                      waits behind 1 that is as urgent or more
                      waits as long as it takes
            00:01:40  agents-01 keeps a hand free for calls-000001, which is more urgent
            00:01:41  agents-01 takes calls-000001, more urgent: priority 5 before 9
            00:02:41  answered by agents-01 after 2m1s: talk 1m40s, until 00:04:21
                      while it waited: overtaken by 1 calls of higher priority, 1 hand kept free
            """),
        ContactStoryDay(
            "who already has a chat in hand takes the next, for others stay free for calls", "chat-000002",
            [type("calls", at: [500], talk: 60), type("chat", at: [0, 20], talk: 300, channel: chat)],
            [agents("agents", 2, [Skill(0), Skill(1)])],
            """
            00:00:20  comes: chat, priority 5
                      agents: 1 free; agents-01 with 1 in hand and room for more
                      answered at once by agents-01, one of 2 in hand, with the most in hand, so that others stay free: talk 5m,
                      until 00:05:20
            """),
        ContactStoryDay(
            "whoever has the fewest in hand takes the next", "chat-000003",
            [type("chat", at: [0, 20, 40], talk: 300, channel: chat)], [agents("agents", 2, [Skill(0)])],
            """
            00:00:40  comes: chat, priority 5
                      agents: 2 with room for more beside those in hand
                      answered at once by agents-01, one of 2 in hand, with the fewest in hand: talk 5m, until 00:05:40
            """),
    ]

    private static func portion(_ time: Double) -> ArrivalTimeSpan {
        ArrivalTimeSpan(TimeSpan(time, time), contacts: 1)
    }

    // MARK: Orders of routing

    private static let orders = [
        ContactStoryDay(
            "what the group is the first choice for goes first", "calls-000001",
            [type("billing", at: [0, 20], talk: 100), type("calls", at: [10], talk: 60)],
            [agents("agents", 1, [Skill(0, rank: 1), Skill(1, rank: 2)])], by: Routing(pickContact: .priorityThenRank),
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with billing-000001 until 00:01:40
                      waits; nobody is before it
                      waits as long as it takes
            00:01:40  agents-01 takes billing-000002, of rank 1 for the agent's group, before calls of rank 2
            00:03:20  answered by agents-01 after 3m10s: talk 1m, until 00:04:20
                      while it waited: 1 came first by the agents' skills
            """),
        ContactStoryDay(
            "who would go home stays for whoever waits on a line that has closed", "calls-000001",
            [
                type("billing", at: [0, 20], talk: 100) { $0.open = [TimeSpan(0, 60)] },
                type("calls", at: [10], talk: 60, priority: 1),
            ],
            [agents("agents", 1, [Skill(0), Skill(1)], to: 60)],
            """
            00:00:10  comes: calls, priority 1
                      agents: agents-01 busy with billing-000001 until 00:01:40
                      waits; nobody is before it
                      waits as long as it takes
            00:01:40  agents-01 takes billing-000002, whose line has closed, and goes home when nobody waits there
            00:03:20  agents-01 goes off duty
            01:00:00  still waits after 59m50s, when the run ends: nobody came any more
                      while it waited: 1 of a line that had closed, 1 agent went off duty
            """),
        ContactStoryDay(
            "a skill for idle moments goes last", "calls-000001",
            [type("chat", at: [0, 20], talk: 100, priority: 9), type("calls", at: [10], talk: 60)],
            [agents("agents", 1, [Skill(0), Skill(1, onlyWhenIdle: true)])],
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with chat-000001 until 00:01:40
                      waits; nobody is before it
                      waits as long as it takes
            00:01:40  agents-01 takes chat-000002: the skill for calls is only for when nothing else waits
            00:03:20  answered by agents-01 after 3m10s: talk 1m, until 00:04:20
                      while it waited: 1 came first by the agents' skills
            """),
        ContactStoryDay(
            "the most points go first", "calls-000001",
            [type("urgent", at: [0, 20], talk: 100, priority: 1), type("calls", at: [10], talk: 60)],
            [agents("agents", 1, [Skill(0), Skill(1)])], by: Routing(pickContact: .weightedScore()),
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with urgent-000001 until 00:01:40
                      waits; nobody is before it
                      waits as long as it takes
            00:01:40  agents-01 takes urgent-000002, with more points: 25.3 before 17.5
            00:03:20  answered by agents-01 after 3m10s: talk 1m, until 00:04:20
                      while it waited: 1 had more points
            """),
        ContactStoryDay(
            "who has aged goes first", "urgent-000001",
            [type("calls", at: [0, 10], talk: 1000, priority: 3), type("urgent", at: [800], talk: 60, priority: 1)],
            [agents("agents", 1, [Skill(0), Skill(1)])], by: Routing(pickContact: .ageing(step: 120)),
            """
            00:13:20  comes: urgent, priority 1
                      agents: agents-01 busy with calls-000001 until 00:16:40
                      waits; 1 waits already
                      waits as long as it takes
            00:16:40  agents-01 takes calls-000002, with more points: 5.0 before 0.0
            00:33:20  answered by agents-01 after 20m: talk 1m, until 00:34:20
                      while it waited: 1 had more points
            """),
        ContactStoryDay(
            "lots are drawn", "calls-000003", [type("calls", at: [0, 10, 20, 30], talk: 100)],
            [agents("agents", 1, [Skill(0)])],
            by: Routing(pickContact: .random),
            """
            00:00:20  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:01:40
                      waits; 1 waits already
                      waits as long as it takes
            00:01:40  agents-01 takes calls-000004, drawn by lot
            00:03:20  answered by agents-01 after 3m: talk 1m40s, until 00:05:00
                      while it waited: 1 came first by lot
            """),
        ContactStoryDay(
            "by any other policy nobody is said to be idle longest", "calls-000003",
            [type("calls", at: [0, 10, 500], talk: 100)], [agents("agents", 3, [Skill(0)])],
            by: Routing(pickAgent: .leastOccupied),
            """
            00:08:20  comes: calls, priority 5
                      agents: 3 free
                      answered at once by agents-03, least busy so far that day of 3 who were free: talk 1m40s, until 00:10:00
            """),
        ContactStoryDay(
            "a case that has waited goes before others by its new priority", "calls-000002",
            [
                type("calls", at: [0, 10], talk: 100, priority: 3),
                type("clinical", at: [20], talk: 60, priority: 4) {
                    $0.escalations = [Escalation(after: 60, priority: 2)]
                },
            ],
            [agents("agents", 1, [Skill(0), Skill(1)])],
            """
            00:00:10  comes: calls, priority 3
                      agents: agents-01 busy with calls-000001 until 00:01:40
                      waits; nobody is before it
                      waits as long as it takes
            00:01:40  agents-01 takes clinical-000001, more urgent: priority 2 before 3
            00:02:40  answered by agents-01 after 2m30s: talk 1m40s, until 00:04:20
                      while it waited: overtaken by 1 clinical of higher priority
            """),
    ]

    // MARK: Promised calls

    private static func promised(_ escalation: Escalation) -> [ContactType] {
        [
            type("calls", at: [0, 10], talk: 300) {
                $0.callback = Callback(offerAfter: 0, accepted: 1, contactType: 2)
            },
            type("billing", at: [5], talk: 60, priority: escalation.priority == nil ? 5 : 1),
            type("calls_callback", talk: 60, channel: .callback) {
                $0.target = ServiceTarget(share: 0.95, within: 600)
                $0.origin = .init(.callback, of: 0)
                $0.escalations = [escalation]
            },
        ]
    }

    /// Whom nobody reaches, with calls about bills at other times.
    private static func unreached(ringing: Double, billingAt times: [Double] = [5]) -> [ContactType] {
        var types = promised(Escalation(firstFrom: 200, to: 200))
        types[0].callback = Callback(
            offerAfter: 0, accepted: 1, contactType: 2, attempts: 2, noAnswer: 0.999999, retryAfter: 300,
            ringing: ringing)
        types[1].arrivals = times.map(portion)
        return types
    }

    private static let promises = [
        ContactStoryDay(
            "a promised call that is nearly due goes first of its priority", "billing-000001",
            promised(Escalation(firstFrom: 200, to: 200)), [agents("agents", 1, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:05  comes: billing, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      waits; nobody is before it
                      waits as long as it takes
            00:05:00  agents-01 takes calls-000002/c, a call promised within 10m, which goes first of its priority since 00:03:30
            00:06:00  answered by agents-01 after 5m55s: talk 1m, until 00:07:00
                      while it waited: overtaken by 1 calls_callback promised
            """),
        ContactStoryDay(
            "the promised call itself", "calls-000002/c",
            promised(Escalation(firstFrom: 200, to: 200)), [agents("agents", 1, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:10  is to be called back: calls_callback, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      waits behind 1 that is as urgent or more
                      waits as long as it takes
            00:03:30  goes first of its priority from now on: the time of the promise runs out
            00:05:00  begun by agents-01 after 4m50s: talk 1m, until 00:06:00

            Target 95% in 10m, counted by of_all_offered: this contact is one of those in time.
            Brought about by calls-000002, left the queue for a callback at 00:00:10.
            """),
        ContactStoryDay(
            "where the file says so, before everything", "billing-000001",
            promised(Escalation(after: 200, priority: 0)), [agents("agents", 1, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:05  comes: billing, priority 1
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      waits; nobody is before it
                      waits as long as it takes
            00:05:00  agents-01 takes calls-000002/c, a call promised within 10m, which goes before everything since 00:03:30
            00:06:00  answered by agents-01 after 5m55s: talk 1m, until 00:07:00
                      while it waited: overtaken by 1 calls_callback promised
            """),
        ContactStoryDay(
            "calls are made at certain hours", "calls-000002/c",
            promised(Escalation(firstFrom: 200, to: 200)).map {
                var type = $0
                if type.channel.id == "callback" { type.callable = [TimeSpan(1000, 2000)] }
                return type
            }, [agents("agents", 1, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:10  is to be called back: calls_callback, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      waits: no such calls are made before 00:16:40
                      waits as long as it takes
            00:16:40  such calls are made from now on
            00:16:40  begun by agents-01 after 16m30s: talk 1m, until 00:17:40

            Target 95% in 10m, counted by of_all_offered: this contact is not one of those in time.
            Brought about by calls-000002, left the queue for a callback at 00:00:10.
            """),
        ContactStoryDay(
            "nobody answers the first try", "calls-000002/c",
            unreached(ringing: 30),
            [agents("agents", 2, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:10  is to be called back: calls_callback, priority 5
                      agents: 2 busy, the first (agents-02, with billing-000001) until 00:01:05
                      waits; nobody is before it
                      waits as long as it takes
            00:01:05  is called after 55s by agents-02, and nobody answers for 30s

            Target 95% in 10m, counted by of_all_offered: this contact does not count.
            Brought about by calls-000002, left the queue for a callback at 00:00:10.
            Is called again: calls-000002/c.2, at 00:06:35.
            """),
        ContactStoryDay(
            "the second try", "calls-000002/c.2",
            unreached(ringing: 30),
            [agents("agents", 2, [Skill(0), Skill(1), Skill(2)])],
            """
            00:06:35  is to be called again: calls_callback, priority 5, try 2
                      agents: 2 free
                      is called at once by agents-02, and nobody answers for 30s

            Target 95% in 10m, counted by of_all_offered: this contact does not count.
            The call before: calls-000002/c, reached nobody at 00:01:05 after 55s.
            Is not called again.
            """),
        ContactStoryDay(
            "who lets it ring is busy", "billing-000002",
            unreached(ringing: 60, billingAt: [5, 330]),
            [agents("agents", 1, [Skill(0), Skill(1), Skill(2)])],
            """
            00:05:30  comes: billing, priority 5
                      agents: agents-01 busy with calls-000002/c until 00:06:00
                      waits behind 1 that is as urgent or more
                      waits as long as it takes
            00:06:00  agents-01 takes billing-000001, which has waited longer, since 00:00:05
            00:07:00  answered by agents-01 after 1m30s: talk 1m, until 00:08:00
                      while it waited: 1 had waited longer
            """),
    ]

    // MARK: Free people who are kept free

    private static let reserves = [
        ContactStoryDay(
            "one is free and kept free", "mail-000001",
            [
                type("calls", at: [0, 100], talk: 300),
                type("mail", at: [10], talk: 60, channel: mail) { $0.idleReserve = 1 },
                type("short", at: [50], talk: 30),
            ],
            [agents("agents", 2, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:10  comes: mail, priority 5
                      agents: 1 free; agents-01 busy with calls-000001 until 00:05:00
                      waits: 1 free, and 1 of those who may take it must stay free (reserve)
                      waits as long as it takes
            00:00:50  agents-02 takes short-000001, and not this one: 1 of those who may take mail must stay free (reserve)
            00:01:20  agents-02 is free and stays free: 1 of those who may take mail must stay free (reserve)
            00:01:40  agents-02 takes calls-000002, and not this one: 1 of those who may take mail must stay free (reserve)
            00:05:00  agents-01 is free and stays free: 1 of those who may take mail must stay free (reserve)
            00:06:40  begun by agents-02 after 6m30s: talk 1m, until 00:07:40
                      while it waited: 2 taken by agents who were kept free, 2 agents stayed free
            """),
        ContactStoryDay(
            "another is taken by one who is kept free", "mail-000001",
            [
                type("calls", at: [0], talk: 300),
                type("mail", at: [10], talk: 60, priority: 1, channel: mail) { $0.idleReserve = 1 },
                type("desk", at: [20], talk: 60, priority: 9, channel: mail),
            ],
            [agents("agents", 2, [Skill(0), Skill(1), Skill(2)])],
            """
            00:00:10  comes: mail, priority 1
                      agents: 1 free; agents-01 busy with calls-000001 until 00:05:00
                      waits: 1 free, and 1 of those who may take it must stay free (reserve)
                      waits as long as it takes
            00:00:20  agents-02 takes desk-000001, and not this one: 1 of those who may take mail must stay free (reserve)
            00:01:20  agents-02 is free and stays free: 1 of those who may take mail must stay free (reserve)
            00:05:00  begun by agents-01 after 4m50s: talk 1m, until 00:06:00
                      while it waited: 1 taken by agents who were kept free, 1 agent stayed free
            """),
    ]

    // MARK: Those who help

    private static let helpers = [
        ContactStoryDay(
            "others help after a wait", "calls-000002",
            [
                type("calls", at: [0, 10], talk: 300, patience: 200) {
                    $0.escalations = [Escalation(after: 60, groups: [1])]
                }
            ],
            [agents("agents", 1, [Skill(0)]), agents("helpers", 2, [])],
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      helpers (help after 1m): 2 free
                      waits; nobody is before it
                      patience 3m20s: hangs up at 00:03:30 if nobody answers
            00:01:10  helpers may take it from now on: it has waited 1m
            00:01:10  answered by helpers-01 after 1m, of helpers, who help after 1m: talk 5m, until 00:06:10
            """),
        ContactStoryDay(
            "others are lent when many wait", "calls-000002",
            [type("calls", at: [0, 10, 40], talk: 300) { $0.escalations = [Escalation(whenWaiting: 2, groups: [1])] }],
            [agents("agents", 1, [Skill(0)]), agents("helpers", 2, [])],
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      helpers (help when 2 wait): 2 free
                      waits; nobody is before it
                      waits as long as it takes
            00:00:40  helpers may take it from now on: 2 calls wait
            00:00:40  answered by helpers-01 after 30s, of helpers, who help when 2 wait: talk 5m, until 00:05:40
            """),
        ContactStoryDay(
            "who brings about that others are lent", "calls-000003",
            [type("calls", at: [0, 10, 40], talk: 300) { $0.escalations = [Escalation(whenWaiting: 2, groups: [1])] }],
            [agents("agents", 1, [Skill(0)]), agents("helpers", 2, [])],
            """
            00:00:40  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      helpers (help when 2 wait): 2 free
                      waits behind 1 that is as urgent or more
                      waits as long as it takes
            00:00:40  helpers may take it from now on: 2 calls wait
            00:00:40  answered by helpers-02 after 0s, of helpers, who help when 2 wait: talk 5m, until 00:05:40
            """),
        ContactStoryDay(
            "an interpreter helps after a wait", "calls-000002",
            [
                type("calls", at: [0, 10], talk: 300, languages: [LanguageShare("es", 1)]) {
                    $0.interpreter = Interpreter(languages: ["es"], after: 30, connect: 20)
                }
            ],
            [agents("bilingual", 1, [Skill(0)], languages: ["es"]), agents("reps", 1, [Skill(0)], languages: ["en"])],
            """
            00:00:10  comes: calls, priority 5, language es
                      bilingual: bilingual-01 busy with calls-000001 until 00:05:00
                      reps (with an interpreter, after 30s): 1 free
                      waits; nobody is before it
                      waits as long as it takes
            00:00:40  reps may take it with an interpreter from now on: it has waited 30s
            00:00:40  answered by reps-01 after 30s, of reps, who help after 30s with an interpreter: talk 5m, hold 20s, until
                      00:06:00
            """),
        ContactStoryDay(
            "an interpreter helps at once", "calls-000002",
            [
                type("calls", at: [0, 10], talk: 300, languages: [LanguageShare("es", 1)]) {
                    $0.interpreter = Interpreter(languages: ["es"], connect: 20)
                }
            ],
            [agents("bilingual", 1, [Skill(0)], languages: ["es"]), agents("reps", 1, [Skill(0)], languages: ["en"])],
            """
            00:00:10  comes: calls, priority 5, language es
                      bilingual: bilingual-01 busy with calls-000001 until 00:05:00
                      reps (with an interpreter): 1 free
                      answered at once by reps-01, with an interpreter, the only one free (since 00:00:00): talk 5m, hold 20s, until
                      00:05:30
            """),
        ContactStoryDay(
            "a helper takes another, who has waited longer", "calls-000003",
            [type("calls", at: [0, 10, 20], talk: 300) { $0.escalations = [Escalation(after: 60, groups: [1])] }],
            [agents("agents", 1, [Skill(0)]), agents("helpers", 1, [])],
            """
            00:00:20  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      helpers (help after 1m): 1 free
                      waits behind 1 that is as urgent or more
                      waits as long as it takes
            00:01:20  helpers may take it from now on: it has waited 1m
            00:05:00  answered by agents-01 after 4m40s: talk 5m, until 00:10:00
            """),
    ]

    // MARK: Lost

    private static let losses = [
        ContactStoryDay(
            "who balks heard the wait and did not stay", "calls-000003",
            [type("calls", at: [0, 10, 140], talk: 300, patience: 400) { $0.balking = Balking(share: 1, over: 120) }],
            [agents("agents", 1, [Skill(0)])],
            """
            00:02:20  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:05:00
                      hears of a wait of 2m10s, which whoever came first has waited, and does not stay

            Does not call again.
            """),
        ContactStoryDay(
            "a question is given up when nobody came for so long", "calls-000001/q",
            [
                type("calls", at: [20], talk: 100) {
                    $0.followOns = [
                        FollowOn(
                            .consult, share: 1, contactType: 1, handOver: HandOver(waitsAtMost: 60))
                    ]
                },
                type("nurses_consult", talk: 60, channel: .consult) { $0.origin = .init(.consult, of: 0) },
                type("nurses", at: [0], talk: 600),
            ],
            [agents("agents", 1, [Skill(0)]), agents("nurses", 1, [Skill(1), Skill(2)])],
            """
            00:02:00  is asked: nurses_consult, priority 5
                      nurses: nurses-01 busy with nurses-000001 until 00:10:00
                      waits; nobody is before it
                      agents-01 waits for a colleague, until 00:03:00 at most
            00:03:00  given up after 1m: nobody came, and agents-01 waits no longer

            Brought about by calls-000001, answered at 00:00:20.
            """),
        ContactStoryDay(
            "a caller who is handed over in person waits alone when nobody came for so long", "calls-000001/t",
            [
                type("calls", at: [20], talk: 100) {
                    $0.followOns = [
                        FollowOn(
                            .transfer, share: 1, contactType: 1, handOver: HandOver(together: 20, waitsAtMost: 60))
                    ]
                },
                type("nurses", at: [0], talk: 600, patience: 200),
            ],
            [agents("agents", 1, [Skill(0)]), agents("nurses", 1, [Skill(1)])],
            """
            00:02:00  is handed on: nurses, priority 5
                      nurses: nurses-01 busy with nurses-000001 until 00:10:00
                      waits; nobody is before it
                      agents-01 waits for a colleague, until 00:03:00 at most
                      patience 3m20s: hangs up at 00:05:20 if nobody answers
            00:03:00  agents-01 waits no more: the caller waits alone
            00:05:20  hangs up: patience has ended after 3m20s

            Brought about by calls-000001, answered at 00:00:20.
            Does not call again.
            """),
        ContactStoryDay(
            "an agent was found at once, and the first word came too late", "calls-000001",
            [type("calls", at: [0], talk: 100, patience: 20) { $0.setUp = 30 }], [agents("agents", 1, [Skill(0)])],
            """
            00:00:00  comes: calls, priority 5
                      agents: 1 free
                      finds agents-01 at once, and hangs up 20s later, before the first word

            Does not call again.
            """),
        ContactStoryDay(
            "an agent was found after a wait, and the first word came too late", "calls-000002",
            [type("calls", at: [0, 40], talk: 30, patience: 35) { $0.setUp = 30 }], [agents("agents", 1, [Skill(0)])],
            """
            00:00:40  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:01:00
                      waits; nobody is before it
                      patience 35s: hangs up at 00:01:15 if nobody answers
            00:01:15  hangs up before the first word of agents-01, found after 20s: patience has ended after 35s

            Does not call again.
            """),
        ContactStoryDay(
            "who is taken in vain is not free", "calls-000002",
            [type("calls", at: [0, 10], talk: 30, patience: 25) { $0.setUp = 30 }], [agents("agents", 1, [Skill(0)])],
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:00:25
                      waits; nobody is before it
                      patience 25s: hangs up at 00:00:35 if nobody answers
            00:00:35  hangs up before the first word of agents-01, found after 15s: patience has ended after 25s

            Does not call again.
            """),
        ContactStoryDay(
            "no line is free, though there is a limit of those who wait", "calls-000002",
            [type("calls", at: [0, 10], talk: 100, channel: Channel("phone", lines: 1)) { $0.blockedAt = 5 }],
            [agents("agents", 1, [Skill(0)])], rules: Rules(waitingLimit: 9),
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:01:40
                      blocked: all lines of phone are taken

            Does not call again.
            """),
        ContactStoryDay(
            "too many wait of all types", "calls-000002",
            [type("calls", at: [0, 10], talk: 100) { $0.blockedAt = 5 }, type("other", at: [1], talk: 10)],
            [agents("agents", 1, [Skill(0), Skill(1)])], rules: Rules(waitingLimit: 1),
            """
            00:00:10  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:01:40
                      blocked: 1 wait already, which is the limit for all types

            Does not call again.
            """),
    ]

    // MARK: People

    private static let people = [
        ContactStoryDay(
            "who has a name is one of a group, also past the end of the shift", "calls-000002",
            [type("calls", at: [50, 120], talk: 100)],
            [
                {
                    var group = agents("nurses", 0, [Skill(0)])
                    group.members = [Person(id: "early-1"), Person(id: "late-1")]
                    group.staffing = .shifts([
                        ShiftBlock(shift: "early", day: 0, timeSpan: TimeSpan(0, 100), people: 1, members: [0]),
                        ShiftBlock(shift: "late", day: 0, timeSpan: TimeSpan(200, 3600), people: 1, members: [1]),
                    ])
                    return group
                }()
            ],
            """
            00:02:00  comes: calls, priority 5
                      nurses: early-1 busy with calls-000001 until 00:02:30 and then leaves; the next comes on duty at 00:03:20
                      waits; nobody is before it
                      waits as long as it takes
            00:02:30  early-1 of nurses goes off duty
            00:03:20  answered by late-1 of nurses after 1m20s: talk 1m40s, until 00:05:00
                      while it waited: 1 agent went off duty
            """),
        ContactStoryDay(
            "who is on a contact longer than a staffing curve wants", "calls-000003",
            [type("calls", at: [50, 60, 120], talk: 100)],
            [
                {
                    var group = agents("nurses", 0, [Skill(0)])
                    group.staffing = .curve([
                        StaffingTimeSpan(TimeSpan(0, 100), agents: 2), StaffingTimeSpan(TimeSpan(100, 3600), agents: 1),
                    ])
                    return group
                }()
            ],
            """
            00:02:00  comes: calls, priority 5
                      nurses: 2 busy, the first (nurses-01, with calls-000001) until 00:02:30; 1 of them goes home when through
                      waits; nobody is before it
                      waits as long as it takes
            00:02:30  nurses-01 goes off duty
            00:02:40  answered by nurses-02 after 40s: talk 1m40s, until 00:04:20
                      while it waited: 1 agent went off duty
            """),
        ContactStoryDay(
            "the same person as before", "calls-000001/a",
            [
                type("calls", at: [0], talk: 100) {
                    $0.followOns = [FollowOn(.again, share: 1, contactType: 0, delay: .fixed(Fixed(500)))]
                }
            ],
            [agents("agents", 3, [Skill(0)])], by: Routing(isSticky: true),
            """
            00:10:00  comes again, not resolved: calls, priority 5
                      agents: 3 free
                      answered at once by agents-01, who has served this caller before: talk 1m40s, until 00:11:40

            Brought about by calls-000001, answered at 00:00:00.
            Comes again: calls-000001/aa, at 00:20:00.
            """),
    ]

    // MARK: Others

    private static let others = [
        ContactStoryDay(
            "work is left for a call", "calls-000001",
            [type("calls", at: [100], talk: 50), type("desk", at: [0], talk: 300, channel: desk)],
            [agents("agents", 1, [Skill(0), Skill(1)])],
            """
            00:01:40  comes: calls, priority 5
                      agents: agents-01 busy with desk-000001 until 00:05:00
                      answered at once by agents-01, who leaves desk-000001 for it: talk 50s, until 00:02:30
            """),
        ContactStoryDay(
            "work in a list does not stand before a call", "calls-000002",
            [type("calls", at: [0, 100], talk: 200), type("mail", at: [50], talk: 300, channel: mail)],
            [agents("agents", 1, [Skill(0), Skill(1)])],
            """
            00:01:40  comes: calls, priority 5
                      agents: agents-01 busy with calls-000001 until 00:03:20
                      waits; nobody is before it
                      waits as long as it takes
            00:03:20  answered by agents-01 after 1m40s: talk 3m20s, until 00:06:40
            """),
        ContactStoryDay(
            "nobody has the licence", "clinical-000001",
            [type("clinical", at: [0], talk: 50) { $0.licence = "rn" }], [agents("agents", 1, [Skill(0)])],
            """
            00:00:00  comes: clinical, priority 5
                      no agent group has the skill and the licence rn
                      waits; nobody is before it
                      waits as long as it takes
            01:00:00  still waits after 1h, when the run ends: nobody came any more
            """),
        ContactStoryDay(
            "work lies at the end although somebody is free", "mail-000001",
            [type("mail", at: [10], talk: 60, channel: mail) { $0.idleReserve = 2 }], [agents("agents", 2, [Skill(0)])],
            """
            00:00:10  comes: mail, priority 5
                      agents: 2 free
                      waits: 2 free, and 2 of those who may take it must stay free (reserve)
                      waits as long as it takes
            01:00:00  agents-01 goes off duty
            01:00:00  agents-02 goes off duty
            01:00:00  still waits after 59m50s, when the run ends: too few were free, for 2 of those who may take mail must stay
                      free (reserve)
                      while it waited: 2 agents went off duty
            """),
    ]
}
