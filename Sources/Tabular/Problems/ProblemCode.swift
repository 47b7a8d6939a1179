/// Every code of a message, with the sentence that explains it: E1 form, E2 values, E3 references, E4 tables,
/// E5 calendar, E6 cannot be done, E7 command line; W warnings.
public enum ProblemCode {
    package static let syntax = "E101"
    package static let unknownSetting = "E102"
    package static let repeatedSetting = "E103"
    package static let missingSetting = "E104"
    package static let mixedForms = "E105"
    package static let wrongForm = "E106"
    static let encoding = "E107"
    package static let empty = "E108"
    /// The only kind that ends a command with exit code 66 rather than 65.
    package static let unreadable = "E711"
    package static let tab = "E110"
    package static let tag = "E111"
    package static let identifier = "E112"
    package static let includeLoop = "E113"
    package static let conflict = "E114"
    package static let range = "E204"
    package static let number = "E202"
    package static let choice = "E210"
    package static let randomDuration = "E211"
    package static let sum = "E212"
    package static let noValue = "E213"
    package static let promise = "E214"
    package static let contactType = "E301"
    package static let reference = "E302"
    package static let takenName = "E303"
    package static let header = "E401"
    package static let cells = "E402"
    package static let repeatedRow = "E403"
    static let ambiguousDates = "E404"
    package static let step = "E405"
    package static let emptyTable = "E406"
    package static let handlingTime = "E411"
    package static let zone = "E501"
    package static let missingHour = "E502"
    package static let period = "E503"
    package static let lunch = "E504"
    package static let endless = "E604"
    package static let unserved = "E605"
    package static let unlicensed = "E606"
    package static let notSimulated = "E610"
    package static let longRun = "E611"
    package static let memory = "E612"
    package static let overworked = "W341"
    package static let imprecise = "W611"
    package static let unsettled = "W612"
    package static let lostText = "W110"
    package static let synonym = "W120"
    package static let noEffect = "W121"
    package static let alwaysMet = "W122"
    package static let uncovered = "W310"
    package static let handedToClosed = "W314"
    package static let alone = "W311"
    package static let paidWhileClosed = "W313"
    package static let repeatedBreaks = "W320"
    package static let loop = "W330"
    package static let lateOffer = "W331"
    package static let tooMuchWork = "W340"
    package static let unusedColumn = "W401"
    package static let outsidePeriod = "W402"
    package static let oneStart = "W405"
    package static let dateLike = "W410"
    package static let gap = "W420"
    package static let closedVolume = "W430"
    package static let noContacts = "W431"
    package static let moreThanPeople = "W312"
    package static let oddDay = "W510"
    package static let dialect = "W001"

    /// Code and meaning, one sentence each.
    public static let catalogue: [(code: String, meaning: String)] = [
        (syntax, "the file is not YAML here: a bracket, quote, colon or indentation is wrong"),
        (unknownSetting, "there is no setting of this name in this place"),
        (repeatedSetting, "a setting stands twice in the same place"),
        (missingSetting, "a setting that has no default is missing"),
        (mixedForms, "short-form settings stand beside two or more contact types or agent groups"),
        (wrongForm, "a list, a map or a single value stands where another form is needed"),
        (encoding, "the file is not a text in UTF-8"),
        (empty, "the file holds nothing"),
        (unreadable, "the file does not exist or cannot be read"),
        (tab, "a tab stands where YAML wants spaces"),
        (tag, "YAML tags, anchors and aliases are not used in scenarios"),
        (identifier, "names of contact types, groups and shifts are lower case letters, digits and underscores"),
        (includeLoop, "files include each other in a circle"),
        (conflict, "two settings exclude each other"),
        ("E191", "a folder that was to be verified holds no result"),
        ("E192", "a file of a result is gone"),
        ("E193", "a file of a result is not as the run wrote it"),
        ("E194", "a result's id is not that of the files that lie with it"),
        ("E201", "a duration needs a number with a unit"),
        (number, "a plain number is needed"),
        ("E203", "a share needs a percent sign or a number from 0 to 1"),
        (range, "the value is outside what makes sense"),
        ("E205", "a rate needs an amount per stretch of time"),
        ("E206", "a clock time is written as 07:30 or 7:30 am"),
        ("E207", "days are written as Mon, Mon-Fri or daily"),
        ("E208", "dates are written as 2026-03-02"),
        ("E209", "a target names a share and a time, such as 80% in 30s"),
        (choice, "the setting takes one of a few words"),
        (randomDuration, "a random duration needs a mean, samples or an estimate"),
        (sum, "shares that are parts of a whole do not add up to 100%"),
        (noValue, "the setting has no value"),
        (promise, "a promised call would come sooner than the offer to make it"),
        (contactType, "no contact type has this name"),
        (reference, "nothing of this name is defined"),
        (takenName, "a contact type has the name of one that another type's setting brings about"),
        (header, "a table lacks a column that it needs"),
        (cells, "a row has more or fewer cells than the header, or a cell cannot be read"),
        (repeatedRow, "two rows speak of the same interval"),
        (ambiguousDates, "dates can be read as day first or month first"),
        (step, "the starts of a table's rows do not follow one step"),
        (emptyTable, "a table has no rows, or none that are about the type and the period"),
        ("E409", "a row of a table of staffing questions lacks what it needs"),
        ("E410", "two cells of a row of staffing questions contradict each other"),
        (handlingTime, "a table of arrivals without a scenario says nothing of the handling time"),
        (zone, "the time zone is not in the IANA list"),
        (missingHour, "a shift starts at a clock time that the change to summer time skips"),
        (period, "the period ends before it starts, or is too long"),
        (lunch, "lunch and breaks do not fit into the shift"),
        ("E601", "the agents given cannot keep up with the work, and callers would wait for ever"),
        ("E602", "no number of agents reaches what is promised"),
        (notSimulated, "the setting belongs to the file format, but this version does not simulate it yet"),
        (longRun, "the scenario cannot be played as one long run of this length"),
        (memory, "the run would need more memory than this computer has"),
        (imprecise, "the runs allowed did not reach the precision asked for"),
        (unsettled, "a long run did not settle, or its parts hang together too much for an interval"),
        ("E603", "no plan meets every target with the people there are"),
        (endless, "transfers and repeats bring about as many contacts as there are, so that they never end"),
        (unserved, "no agent group has the skill, or the language with it, that contacts need"),
        (unlicensed, "a group is to serve contacts that it has no licence for"),
        ("E701", "the command has no such option"),
        ("E702", "there is no such command"),
        ("E703", "an option that needs a value stands without one"),
        ("E704", "a word stands where the command expects none"),
        ("E705", "no command was given"),
        ("E706", "something the command needs was not given"),
        ("E707", "an option that takes no value was given one"),
        ("E708", "the value of an option is not one that it takes"),
        ("E709", "options contradict each other or ask for what makes no sense"),
        ("E712", "two options exclude each other, or one needs another"),
        ("E713", "an option is understood, but this version does not answer it yet"),
        ("E714", "the glossary has no such word"),
        ("E715", "a run has no contact of this name"),
        ("E721", "a file or folder for results cannot be made, or something else lies there"),
        ("E722", "the disk is full or cannot be written"),
        ("E731", "the port is taken"),
        ("E799", "a mistake of the program itself"),
        (lostText, "YAML takes text after \" #\" for a comment"),
        (synonym, "a word of the trade was read as the setting it means"),
        (noEffect, "something that is given changes nothing where it stands"),
        (alwaysMet, "what is promised is kept whatever happens"),
        ("W191", "a result is incomplete because its run was stopped"),
        (uncovered, "contacts can come while nobody with the skill or language is scheduled"),
        (handedToClosed, "contacts are handed on to a type that is closed then, and are turned away"),
        (alone, "at some time only one person on shift has a needed skill or language"),
        (moreThanPeople, "more people are asked for than there are"),
        (paidWhileClosed, "people are paid while nothing that they serve is open"),
        (repeatedBreaks, "breaks or lunch are counted in the shifts and in shrinkage"),
        (loop, "transfers can lead a contact back to where it was"),
        (lateOffer, "most callers have hung up before a callback is offered"),
        (tooMuchWork, "the work needs more than 85% of the time that agents are available"),
        (overworked, "people are busier, in a run, than max_occupancy lets them be"),
        (unusedColumn, "a table's column is not used"),
        (outsidePeriod, "no date of a table lies in the period"),
        (oneStart, "a table with one start a day does not say how long a row is"),
        (dateLike, "a spreadsheet would turn this name into a date"),
        (gap, "a table has no row for an interval or a day of opening hours; 0 is taken"),
        (closedVolume, "contacts are given for times at which the type is closed"),
        (noContacts, "a contact type gets no contacts in the period"),
        ("W602", "no number of agents reaches what a row of a table promises; its answer is left blank"),
        ("W610", "a simulated figure lies outside what formulas say of shared and of divided people"),
        (oddDay, "a day of the period has 23 or 25 hours because the clocks change"),
        (dialect, "how a table was read"),
    ]
}
