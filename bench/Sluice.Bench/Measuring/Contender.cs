namespace Sluice.Bench.Measuring;

/// <summary>One of two that do the same work.</summary>
/// <param name="Work">Does a block of it.</param>
/// <param name="ServerCpu">The CPU that a server in a process of its own has used so far; zero without one.</param>
internal sealed record Contender(Func<Task> Work, Func<TimeSpan> ServerCpu);
