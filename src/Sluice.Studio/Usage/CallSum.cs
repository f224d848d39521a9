namespace Sluice.Studio.Usage;

/// <summary>Calls of one model by one agent on one day, UTC.</summary>
internal sealed record CallSum(string Agent, string Model, DateOnly Day, UsageRow Used);
