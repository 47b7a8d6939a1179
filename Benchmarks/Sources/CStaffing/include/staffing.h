#pragma once

/// The smallest whole number of agents that answers `share` of all contacts within `wait` seconds, everybody waiting
/// until answered (Erlang C); load in erlangs, handling time in seconds.
int least_agents_erlang_c(double load, double handling, double wait, double share);
