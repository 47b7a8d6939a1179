import Probability

/// Averages of flows over circumstances, each weighted with the contacts that meet it; ratios are formed afterwards.
///
/// The long-run service level over good and bad days is E[answered in time] / E[offered], not the mean of the days'
/// service levels (Steckley, Henderson, Mehrotra 2009).
extension ContactFlows {
    /// As places of a bundle, in which a wait without end is 0.
    var bundle: Bundle16 {
        var values = Bundle16(repeating: 0)
        values[0] = answeredAtOnce
        values[1] = answered
        values[2] = answeredInTime
        values[3] = waited
        values[4] = abandoned
        values[5] = blocked
        values[6] = stillWaiting
        values[7] = waitOfAnswered < .infinity ? waitOfAnswered : 0
        values[8] = waitOfAbandoned < .infinity ? waitOfAbandoned : 0
        return values
    }

    init(_ values: Bundle16) {
        self.init(
            answeredAtOnce: values[0], answered: values[1], answeredInTime: values[2], waited: values[3],
            abandoned: values[4], blocked: values[5], stillWaiting: values[6], waitOfAnswered: values[7],
            waitOfAbandoned: values[8])
    }
}
